//! Texts of the feed's entries, in Korean and English.

use crate::{
    domain::secrets::sha256_hex,
    domain::week::Week,
    serializers::me::{AlertResponse, DigestResponse, atom::AtomEntry},
};
use std::fmt::Write;
use uuid::Uuid;

/// The language of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Korean,
    English,
}

impl Language {
    pub(crate) const fn code(self) -> &'static str {
        self.pick("ko", "en")
    }

    pub(crate) const fn feed_title(self) -> &'static str {
        self.pick("CreateTrend 관심 목록", "CreateTrend watchlist")
    }

    const fn pick(self, korean: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Korean => korean,
            Self::English => english,
        }
    }
}

/// The entry of an alert, which links to the keyword or the video. `base` is the dashboard's URL.
pub(crate) fn alert_entry(alert: &AlertResponse, language: Language, base: &str) -> AtomEntry {
    let title = alert_title(alert, language);
    let path = match &alert.video {
        Some(video) => format!("/videos/{}", video.idx),
        None => format!("/keyword?q={}", percent_encode(&alert.name)),
    };
    AtomEntry {
        id: alert.id,
        content: title.clone(),
        title,
        url: format!("{base}{path}"),
        updated: alert.created_at.0,
    }
}

fn alert_title(alert: &AlertResponse, language: Language) -> String {
    let name = &alert.name;
    let Some(video) = &alert.video else {
        let rank = alert.rising_rank.unwrap_or_default();
        return match language {
            Language::Korean => format!("‘{name}’ 키워드가 뜨고 있어요 ({rank}위)"),
            Language::English => format!("The keyword “{name}” is rising (rank {rank})"),
        };
    };
    format!("{name}: {}", outlier_text(&video.title, video.ratio(), language))
}

/// `ratio` is that of the views to the expected ones, if it is known.
fn outlier_text(title: &str, ratio: Option<f64>, language: Language) -> String {
    match (language, ratio) {
        (Language::Korean, Some(ratio)) => format!("{title} (평소의 {ratio:.1}배)"),
        (Language::English, Some(ratio)) => format!("{title} ({ratio:.1}× the usual views)"),
        (_, None) => title.to_owned(),
    }
}

/// The entry of a week's digest.
pub(crate) fn digest_entry(
    digest: &DigestResponse,
    week: Week,
    feed: Uuid,
    language: Language,
    base: &str,
) -> AtomEntry {
    let mut lines = String::new();
    for keyword in &digest.keywords {
        let (now, before) = (keyword.current.videos, keyword.previous.videos);
        let text = match language {
            Language::Korean => format!("영상 {now}개"),
            Language::English => count(now, "video"),
        };
        // Writing to a string is infallible.
        writeln!(lines, "{}: {text} ({:+})", keyword.name, now - before).ok();
    }
    for channel in &digest.channels {
        let name = channel.name.as_deref().unwrap_or_default();
        let (now, before) = (channel.current.uploads, channel.previous.uploads);
        let text = match language {
            Language::Korean => format!("업로드 {now}개"),
            Language::English => count(now, "upload"),
        };
        writeln!(lines, "{name}: {text} ({:+})", now - before).ok();
        for video in &channel.outliers {
            writeln!(lines, "  ★ {}", outlier_text(&video.title, video.ratio(), language)).ok();
        }
    }
    let title = match language {
        Language::Korean => format!("{week} 주간 요약"),
        Language::English => format!("Digest of week {week}"),
    };
    let url = format!("{base}/watchlist?week={week}");
    AtomEntry { id: digest_id(feed, week), title, url, updated: week.range().end, content: lines }
}

/// The same for each version of a week's digest.
fn digest_id(feed: Uuid, week: Week) -> Uuid {
    let hash = sha256_hex(format!("{feed} {week}").as_bytes());
    let bytes = hash.as_bytes().first_chunk().copied().unwrap_or_default();
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// A number and an English noun.
fn count(number: i64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

fn percent_encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlier_without_a_ratio_is_only_its_title() {
        assert_eq!(outlier_text("라면", Some(3.12), Language::Korean), "라면 (평소의 3.1배)");
        assert_eq!(outlier_text("라면", None, Language::Korean), "라면");
    }

    #[test]
    fn english_nouns_agree_with_their_number() {
        assert_eq!([0, 1, 2].map(|n| count(n, "video")), ["0 videos", "1 video", "2 videos"]);
    }
}
