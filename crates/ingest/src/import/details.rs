//! Properties of a video: category, duration, live state, language and comments.

use super::columns::VideoColumns;
use crate::{
    files::{Fields, RowIssue, ignore_invalid, split_tags},
    observation::{LiveState, VideoDetails},
};
use jiff::{Span, SpanRelativeTo, Unit};

/// The maximum length of a language tag.
const MAX_LANGUAGE_BYTES: usize = 35;

/// YouTube's categories of videos, by their English names.
const CATEGORIES: [(i16, &str); 19] = [
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
    (43, "Shows"),
];

/// Parses the properties in a row; values in unknown forms are ignored, and reported except of the
/// language and the live state.
pub(super) fn parse_details(
    columns: &VideoColumns,
    fields: &Fields<'_>,
    repairs: &mut Vec<RowIssue>,
) -> VideoDetails {
    let text = |column: Option<usize>| {
        let column = column.filter(|column| !fields.is_missing(*column))?;
        Some(fields.text(column).trim().to_owned())
    };
    let has_no_comments = fields.is_true(columns.comments_disabled);
    let comments = columns.comments.map(|column| fields.optional_count(column));
    let comments = ignore_invalid(comments.unwrap_or(Ok(None)), repairs);
    let category = text(columns.category).and_then(|text| parse_category(&text));
    let duration = text(columns.duration).map(|text| (parse_seconds(&text), text));
    let mut report = |column: Option<usize>, expected| {
        let issue = column.map(|column| fields.unknown_value(column, expected));
        repairs.extend(issue.map(|issue| RowIssue::Ignored(Box::new(issue))));
    };
    if category.is_none() && text(columns.category).is_some() {
        report(columns.category, "a category of YouTube");
    }
    if let Some((None, text)) = &duration
        && !is_zero_duration(text)
    {
        report(columns.duration, "a duration");
    }
    VideoDetails {
        category,
        duration_seconds: duration.and_then(|(seconds, _)| seconds),
        language: text(columns.language).filter(|text| text.len() <= MAX_LANGUAGE_BYTES),
        comments: comments.filter(|count| *count > 0 || !has_no_comments),
        is_short: None,
        live_state: text(columns.live).and_then(|text| parse_live_state(&text)),
    }
}

/// Parses a category: a number (also `10.0`), a name, or the first name of a list.
fn parse_category(text: &str) -> Option<i16> {
    if let Ok(number) = text.strip_suffix(".0").unwrap_or(text).parse() {
        return Some(number).filter(|number| *number >= 0);
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

/// Parses a live state of yt-dlp or of the API.
fn parse_live_state(text: &str) -> Option<LiveState> {
    match text {
        "not_live" => Some(LiveState::None),
        "is_live" | "live" => Some(LiveState::Live),
        "was_live" | "post_live" => Some(LiveState::Ended),
        _ => None,
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
        assert_eq!(parse_live_state("was_live"), Some(LiveState::Ended));
        assert_eq!(parse_live_state("not_live"), Some(LiveState::None));
        assert_eq!(parse_live_state("is_upcoming"), None);
    }
}
