//! Properties of a video: category, duration, live state, language and comments.

use super::columns::VideoColumns;
use crate::{
    column_fit::MAX_LANGUAGE,
    files::{Fields, RowIssue, ignore_invalid, split_tags},
    observation::{LiveState, VideoDetails},
};
use jiff::{Span, SpanRelativeTo, Unit};

/// YouTube's categories of videos, by their English names.
const CATEGORIES: [(i16, &str); 32] = [
    (1, "Film & Animation"),
    (2, "Autos & Vehicles"),
    (10, "Music"),
    (15, "Pets & Animals"),
    (17, "Sports"),
    (18, "Short Movies"),
    (19, "Travel & Events"),
    (20, "Gaming"),
    (21, "Videoblogging"),
    (22, "People & Blogs"),
    (23, "Comedy"),
    (24, "Entertainment"),
    (25, "News & Politics"),
    (26, "Howto & Style"),
    (27, "Education"),
    (28, "Science & Technology"),
    (29, "Nonprofits & Activism"),
    (30, "Movies"),
    (31, "Anime/Animation"),
    (32, "Action/Adventure"),
    (33, "Classics"),
    (34, "Comedy"),
    (35, "Documentary"),
    (36, "Drama"),
    (37, "Family"),
    (38, "Foreign"),
    (39, "Horror"),
    (40, "Sci-Fi/Fantasy"),
    (41, "Thriller"),
    (42, "Shorts"),
    (43, "Shows"),
    (44, "Trailers"),
];

/// Parses the properties in a row; unknown values are ignored and reported.
pub(super) fn parse_details(
    columns: &VideoColumns,
    fields: &Fields<'_>,
    issues: &mut Vec<RowIssue>,
) -> VideoDetails {
    let text = |column: Option<usize>| {
        let column = column.filter(|column| !fields.is_missing(*column))?;
        Some(fields.text(column).trim().to_owned())
    };
    let has_no_comments = fields.is_true(columns.comments_disabled);
    let comments = columns.comments.map(|column| fields.optional_count(column));
    let comments = ignore_invalid(comments.unwrap_or(Ok(None)), issues);
    let category = text(columns.category).and_then(|text| parse_category(&text));
    let language = text(columns.language);
    let is_language = |text: &String| is_language_tag(text);
    let live_state = text(columns.live).map(|text| parse_live_state(&text));
    let duration = text(columns.duration).map(|text| (parse_seconds(&text), text));
    let mut report = |column: Option<usize>, expected| {
        let issue = column.map(|column| fields.unknown_value(column, expected));
        issues.extend(issue.map(|issue| RowIssue::Ignored(Box::new(issue))));
    };
    if category.is_none() && text(columns.category).is_some() {
        report(columns.category, "a YouTube category");
    }
    if let Some((None, text)) = &duration
        && !is_zero_duration(text)
    {
        report(columns.duration, "a duration");
    }
    if language.as_ref().is_some_and(|text| !is_language(text)) {
        report(columns.language, "a language tag such as ko");
    }
    if live_state.is_some_and(|state| state.is_err()) {
        report(columns.live, "a live state");
    }
    VideoDetails {
        category,
        duration_seconds: duration.and_then(|(seconds, _)| seconds),
        language: language.filter(is_language),
        comments: comments.filter(|count| *count > 0 || !has_no_comments),
        is_short: None,
        live_state: live_state.and_then(Result::ok).flatten(),
    }
}

/// Parses a category: a number (also `10.0`), a name, or the first name of a list.
fn parse_category(text: &str) -> Option<i16> {
    if let Ok(number) = text.strip_suffix(".0").unwrap_or(text).parse() {
        return CATEGORIES.iter().any(|(known, _)| *known == number).then_some(number);
    }
    let name = split_tags(text, &mut Vec::new()).into_iter().next()?;
    let found = CATEGORIES.iter().find(|(_, known)| known.eq_ignore_ascii_case(&name));
    found.map(|(number, _)| *number)
}

/// Parses seconds, `4:13`, `1:04:13`, or ISO 8601 such as `PT4M13S`. `None` for 0, the duration of
/// live streams.
fn parse_seconds(text: &str) -> Option<i32> {
    let seconds = if let Ok(seconds) = text.parse::<f64>() {
        seconds
    } else if text.contains(':') {
        text.split(':')
            .try_fold(0.0, |sum, part| Some(sum * 60.0 + f64::from(part.parse::<u16>().ok()?)))?
    } else {
        let span: Span = text.parse().ok()?;
        span.total((Unit::Second, SpanRelativeTo::days_are_24_hours())).ok()?
    };
    let is_usable = (0.5..f64::from(i32::MAX)).contains(&seconds);
    #[expect(clippy::cast_possible_truncation, reason = "checked")]
    is_usable.then(|| seconds.round() as i32)
}

/// Whether a duration is 0, as of live streams.
fn is_zero_duration(text: &str) -> bool {
    text.chars().any(|character| character == '0')
        && text.chars().all(|c| matches!(c, '0' | '.' | ':' | 'P' | 'T' | 'D' | 'H' | 'M' | 'S'))
}

/// Whether a text has the form of a language tag (BCP 47), such as `ko`, `zh-Hans-CN` or `ko_KR`.
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let is_primary = |part: &str| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let is_subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    text.len() <= MAX_LANGUAGE && parts.next().is_some_and(is_primary) && parts.all(is_subtag)
}

/// A live state that is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct UnknownLiveState;

/// Parses a live state of yt-dlp or of the API. `None` before the start.
fn parse_live_state(text: &str) -> Result<Option<LiveState>, UnknownLiveState> {
    match text.to_ascii_lowercase().as_str() {
        "not_live" => Ok(Some(LiveState::None)),
        "is_live" | "live" => Ok(Some(LiveState::Live)),
        "was_live" | "post_live" => Ok(Some(LiveState::Ended)),
        "is_upcoming" | "upcoming" => Ok(None),
        _ => Err(UnknownLiveState),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn category_numbers_and_names_are_parsed() {
        for (text, category) in [
            ("10", Some(10)),
            ("24.0", Some(24)),
            ("Music", Some(10)),
            ("[\"People & Blogs\"]", Some(22)),
            ("['howto & style', 'Music']", Some(26)),
            ("-1", None),
            ("0", None),
            ("999", None),
            ("Cooking", None),
            ("", None),
        ] {
            assert_eq!(parse_category(text), category, "{text}");
        }
    }

    #[test]
    fn durations_are_parsed_in_all_formats() {
        for (text, seconds) in [
            ("253", Some(253)),
            ("253.4", Some(253)),
            ("PT4M13S", Some(253)),
            ("P1DT2H", Some(93_600)),
            ("4:13", Some(253)),
            ("1:04:13", Some(3_853)),
            ("0", None),
            ("P0D", None),
            ("-5", None),
            ("4:x", None),
            ("inf", None),
            ("long", None),
        ] {
            assert_eq!(parse_seconds(text), seconds, "{text}");
        }
    }

    #[test]
    fn zero_durations_are_known() {
        for text in ["0", "0.0", "P0D", "PT0S", "0:00", "00:00:00"] {
            assert!(is_zero_duration(text), "{text}");
        }
        assert!(!is_zero_duration("약 3분") && !is_zero_duration("-5") && !is_zero_duration("P"));
    }

    #[test]
    fn yt_dlp_live_states_are_parsed() {
        assert_eq!(parse_live_state("was_live"), Ok(Some(LiveState::Ended)));
        assert_eq!(parse_live_state("not_live"), Ok(Some(LiveState::None)));
        assert_eq!(parse_live_state("is_upcoming"), Ok(None));
        assert_eq!(parse_live_state("banana"), Err(UnknownLiveState));
    }

    #[test]
    fn language_tags_are_distinguished_from_names() {
        for tag in ["ko", "ko-KR", "ko_KR", "zh-Hans-CN", "fil", "zxx"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for text in ["Korean", "한국어", "k", "", "ko-", "ko KR"] {
            assert!(!is_language_tag(text), "{text}");
        }
    }
}
