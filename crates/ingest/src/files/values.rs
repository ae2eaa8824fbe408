//! Ids and counts as exports and spreadsheets write them, and the lengths of texts.

use std::borrow::Cow;

/// The maximum count, 10¹²: no video has as many views.
pub(super) const MAX_COUNT: i64 = 1_000_000_000_000;

/// The reason a text is not a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CountError {
    /// `1.2E+08`: digits are lost.
    Rounded,
    /// More than [`MAX_COUNT`].
    TooLarge,
    /// `12.000`: ambiguous, a decimal number or thousands.
    Points,
    /// Not an integer of digits, or negative.
    NotANumber,
}

/// Separators of thousands besides the point, as spreadsheets of different languages write them.
const SEPARATORS: [char; 6] = [',', ' ', '\'', '’', '\u{a0}', '\u{202f}'];

/// Parses `1234567`, `1,234,567`, `12,34,567`, `1.234.567`, `1234567.0` and `조회수 1,234,567회`.
pub(super) fn parse_count(text: &str) -> Result<i64, CountError> {
    let text = text.strip_prefix('\'').unwrap_or(text);
    let text = text.strip_prefix("조회수").unwrap_or(text);
    let text = text.strip_suffix(['회', '명', '개']).unwrap_or(text).trim();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let points = text.matches('.').count();
    if points == 1 && has_points_as_thousands(text) {
        return Err(CountError::Points);
    }
    let integer = match text.split_once('.') {
        Some((integer, zeros)) if is_digits(zeros) && zeros.bytes().all(|byte| byte == b'0') => {
            integer
        }
        _ => text,
    };
    let digits = if is_digits(integer) {
        Cow::Borrowed(integer)
    } else if points > 1 && has_points_as_thousands(text) {
        Cow::Owned(text.replace('.', ""))
    } else if has_grouped_thousands(integer) {
        Cow::Owned(integer.replace(SEPARATORS, ""))
    } else if is_scientific(text) {
        return Err(CountError::Rounded);
    } else {
        return Err(CountError::NotANumber);
    };
    let count = digits.parse().map_err(|_| CountError::TooLarge)?;
    if count > MAX_COUNT { Err(CountError::TooLarge) } else { Ok(count) }
}

/// `1,234,567`, also grouped by other separators or as in India.
fn has_grouped_thousands(text: &str) -> bool {
    let separator = text.chars().find(|character| !character.is_ascii_digit());
    separator.is_some_and(|separator| {
        SEPARATORS.contains(&separator) && is_grouped_by(separator, text)
            || separator == ',' && is_grouped_in_lakhs(text)
    })
}

/// `12,34,567`: groups of two digits before the last one of three.
fn is_grouped_in_lakhs(text: &str) -> bool {
    let mut groups = text.rsplit(',');
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let has_thousands = groups.next().is_some_and(|last| last.len() == 3 && is_digits(last));
    let groups: Vec<&str> = groups.collect();
    let Some((first, others)) = groups.split_last() else { return false };
    has_thousands
        && (1..=2).contains(&first.len())
        && is_digits(first)
        && others.iter().all(|group| group.len() == 2 && is_digits(group))
}

/// `12.000` or `1.234.567`, as spreadsheets in German, Spanish or Indonesian write thousands.
fn has_points_as_thousands(text: &str) -> bool {
    text.contains('.') && is_grouped_by('.', text) && !text.starts_with("0.")
}

fn is_grouped_by(separator: char, text: &str) -> bool {
    let mut groups = text.split(separator);
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && is_digits(first))
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

/// `1.23E+10`.
fn is_scientific(text: &str) -> bool {
    let has_exponent = text.split_once(['e', 'E']).is_some_and(|(_, exponent)| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    has_exponent && text.parse::<f64>().is_ok()
}

/// Whether the text is the URL of a channel or a playlist, not of a video.
pub(super) fn is_url_of_other_page(text: &str) -> bool {
    let is_url = text.contains("://") || text.contains("youtube.com/");
    let is_video = ["v=", "youtu.be/", "/shorts/", "/embed/", "/live/", "/v/"];
    is_url && !is_video.iter().any(|part| text.contains(part))
}

/// The domains whose URLs have ids.
const YOUTUBE_DOMAINS: [&str; 3] = ["youtube.com", "youtu.be", "youtube-nocookie.com"];

/// Whether the text is a URL of another site than YouTube.
fn is_url_of_other_site(text: &str) -> bool {
    let address = text.split_once("//").map_or(text, |(_, address)| address);
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default().to_lowercase();
    let is_in = |domain: &&str| {
        host.strip_suffix(*domain).is_some_and(|name| name.is_empty() || name.ends_with('.'))
    };
    host.contains('.') && !YOUTUBE_DOMAINS.iter().any(is_in)
}

/// Extracts the id from a URL of YouTube or a spreadsheet-escaped cell (`'-abc`, `="abc"`).
pub(super) fn repair_id(text: &str) -> &str {
    let text = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let text = text.strip_prefix('\'').unwrap_or(text).trim();
    if !text.contains('/') || is_url_of_other_site(text) {
        return text;
    }
    let start = [
        "watch?v=",
        "&v=",
        "?v=",
        "youtu.be/",
        "/shorts/",
        "/embed/",
        "/live/",
        "/v/",
        "/channel/",
    ]
    .iter()
    .find_map(|prefix| Some(text.find(prefix)? + prefix.len()));
    let id = start.map_or(text, |start| &text[start..]);
    id.split(['&', '?', '#', '/']).next().unwrap_or_default()
}

/// The length of YouTube's video ids.
pub(crate) const VIDEO_ID_LENGTH: usize = 11;

/// Whether the text has only characters of YouTube ids, and at least one letter or digit.
pub(super) fn is_id(text: &str) -> bool {
    let usable = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !text.is_empty()
        && text.bytes().all(usable)
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_parsed_with_separators_and_zero_fraction() {
        for (text, count) in [
            ("0", 0),
            ("10", 10),
            ("10.0", 10),
            ("10.00", 10),
            ("1234.000", 1234),
            ("1,234.000", 1234),
            ("0.000", 0),
            ("1,234,567", 1_234_567),
            ("1,234,567.00", 1_234_567),
            ("1.234.567", 1_234_567),
            ("12.345.678", 12_345_678),
            ("1 234", 1234),
            ("1'234'567", 1_234_567),
            ("1’234’567", 1_234_567),
            ("1\u{202f}234\u{202f}567", 1_234_567),
            ("12,34,567", 1_234_567),
            ("1,00,00,000", 10_000_000),
            ("'12", 12),
            ("조회수 1,234회", 1234),
            ("1234 명", 1234),
            ("1000000000000", MAX_COUNT),
        ] {
            assert_eq!(parse_count(text), Ok(count), "{text}");
        }
    }

    #[test]
    fn invalid_counts_are_rejected_with_cause() {
        for (text, error) in [
            ("1.2E+08", CountError::Rounded),
            ("12e5", CountError::Rounded),
            ("1000000000001", CountError::TooLarge),
            ("9223372036854775808", CountError::TooLarge),
            ("-1", CountError::NotANumber),
            ("1.5", CountError::NotANumber),
            ("1,23", CountError::NotANumber),
            ("1234,567", CountError::NotANumber),
            ("12,34,56", CountError::NotANumber),
            ("12,345,67,890", CountError::NotANumber),
            ("1,234'567", CountError::NotANumber),
            ("12.000", CountError::Points),
            ("1.234", CountError::Points),
            ("1.234.56", CountError::NotANumber),
            ("1234.567.890", CountError::NotANumber),
            ("0.123.456", CountError::NotANumber),
            ("many", CountError::NotANumber),
            (".0", CountError::NotANumber),
            ("1.2만", CountError::NotANumber),
            ("1.2만회", CountError::NotANumber),
            ("조회수", CountError::NotANumber),
        ] {
            assert_eq!(parse_count(text), Err(error), "{text}");
        }
    }

    #[test]
    fn ids_are_found_in_urls_and_text_cells() {
        for text in [
            "abc-_123456",
            "'abc-_123456",
            "=\"abc-_123456\"",
            "https://www.youtube.com/watch?v=abc-_123456&t=10s",
            "https://www.youtube.com/watch?list=PL1&v=abc-_123456",
            "https://youtu.be/abc-_123456?si=x",
            "youtube.com/shorts/abc-_123456",
            "https://www.youtube.com/v/abc-_123456",
            "https://WWW.YouTube.com/watch?v=abc-_123456",
            "https://www.youtube-nocookie.com/embed/abc-_123456",
            "/watch?v=abc-_123456",
        ] {
            assert_eq!(repair_id(text), "abc-_123456", "{text}");
        }
        assert_eq!(repair_id("https://www.youtube.com/channel/UC12/videos"), "UC12");
    }

    #[test]
    fn urls_of_other_sites_have_no_ids() {
        for text in [
            "https://www.facebook.com/watch?v=12345678901",
            "facebook.com/watch/?v=12345678901",
            "https://notyoutube.com/watch?v=abc-_123456",
            "https://youtube.com.example.org/watch?v=abc-_123456",
            "https://example.org/shorts/abc-_123456",
        ] {
            assert!(!is_id(repair_id(text)), "{text}");
        }
    }

    #[test]
    fn spreadsheet_errors_and_text_are_rejected_as_ids() {
        for text in ["", "#NAME?", "1.23E+10", "a b", "=abc", "---", "채널", "a\u{200b}b"] {
            assert!(!is_id(text), "{text}");
        }
        assert!(is_id("-_abc") && is_id("UC-other"));
    }
}
