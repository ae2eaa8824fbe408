//! Dates and times as exports, spreadsheets and trackers write them.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};

/// The minimum number that is read as seconds since 1970: 2001-09-09. Smaller ones are other
/// numbers.
const MIN_EPOCH_SECONDS: i64 = 1_000_000_000;

/// Names of time zones, and their offsets in hours.
const TIME_ZONES: [(&str, i32); 10] = [
    ("+0000 UTC", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("KST", 9),
    ("JST", 9),
    ("PST", -8),
    ("PDT", -7),
    ("EST", -5),
    ("EDT", -4),
];

/// Days since 1899-12-30, as spreadsheets store dates: 2000 to 2099.
const SERIAL_DAYS: std::ops::Range<f64> = 36_526.0..73_051.0;

/// The order of day and month in the dates of a file, such as `31/12/2025`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// Such dates are ambiguous.
    #[default]
    Unknown,
    /// `31/12/2025`.
    DayFirst,
    /// `12/31/2025`.
    MonthFirst,
}

impl DateOrder {
    /// The order of a date with a year of four digits, if its day is above 12.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let (first, _, rest) = number_and_separator(text)?;
        let (second, _, rest) = number_and_separator(rest)?;
        if leading_digits(rest) != 4 {
            return None;
        }
        match (first.parse().ok()?, second.parse().ok()?) {
            (13..=31, 1..=12) => Some(Self::DayFirst),
            (1..=12, 13..=31) => Some(Self::MonthFirst),
            (_, 0_u32..) => None,
        }
    }
}

/// The reason a text is not a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateError {
    /// Day and month are ambiguous.
    Order,
    /// The serial number of a spreadsheet.
    Serial,
    /// `26.06.05`.
    ShortYear,
    /// None of the supported formats.
    Invalid,
}

/// Parses ISO 8601 with or without offset, seconds and fractions, `2026/11/21`, Korean forms
/// (`2026. 11. 21.(토)`, `2026년 11월 21일 오후 3시 5분`), `Nov 21, 2026`, `21-Nov-26`, also after a
/// weekday, `11/21/2026` or `21.11.2026` in a known order, and seconds or milliseconds since 1970.
/// Without an offset it is UTC; a date is midnight. Years from 1970 to 2999.
pub(super) fn parse_timestamp(text: &str, order: DateOrder) -> Result<DateTime<Utc>, DateError> {
    let text = text.trim();
    let time = DateTime::parse_from_rfc3339(text)
        .or_else(|error| {
            if has_unknown_zone(text) { Err(error) } else { DateTime::parse_from_rfc2822(text) }
        })
        .map(|time| time.with_timezone(&Utc))
        .ok()
        .or_else(|| parse_digits(text))
        .or_else(|| parse_day_and_time(text, order))
        .filter(|time| (1970..3000).contains(&time.year()));
    let is_serial = || text.parse().is_ok_and(|days: f64| SERIAL_DAYS.contains(&days));
    let is_ambiguous = || {
        let parsed = |order| parse_day_and_time(text, order).is_some();
        let needs_order = order == DateOrder::Unknown && !parsed(order);
        needs_order && (parsed(DateOrder::DayFirst) || parsed(DateOrder::MonthFirst))
    };
    time.ok_or_else(|| match (is_serial(), is_ambiguous()) {
        (true, _) => DateError::Serial,
        (_, true) => DateError::Order,
        _ if has_short_year(text) => DateError::ShortYear,
        _ => DateError::Invalid,
    })
}

/// Parses `17.14.11` (year, day, month), as in Kaggle's data set of 2017.
pub(super) fn parse_year_day_month(text: &str) -> Option<DateTime<Utc>> {
    Some(midnight(NaiveDate::parse_from_str(text, "%y.%d.%m").ok()?))
}

/// Whether the text starts with a date of three numbers of one or two digits.
fn has_short_year(text: &str) -> bool {
    let numbers = || {
        let (first, separator, rest) = number_and_separator(text)?;
        let (second, second_separator, rest) = number_and_separator(rest)?;
        Some((separator == second_separator, [first.len(), second.len(), leading_digits(rest)]))
    };
    numbers().is_some_and(|(is_date, lengths)| {
        is_date && lengths.iter().all(|length| matches!(length, 1 | 2))
    })
}

/// `20261121`, `20261121030000`, or seconds or milliseconds since 1970; a fraction is ignored.
fn parse_digits(text: &str) -> Option<DateTime<Utc>> {
    let (digits, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(digits) || !is_number(fraction) || fraction != "0" && digits.len() != 10 {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    match digits.len() {
        8 => Some(midnight(NaiveDate::parse_from_str(digits, "%Y%m%d").ok()?)),
        14 => Some(NaiveDateTime::parse_from_str(digits, "%Y%m%d%H%M%S").ok()?.and_utc()),
        10 if number >= MIN_EPOCH_SECONDS => DateTime::from_timestamp(number, 0),
        13 if number >= 1_000 * MIN_EPOCH_SECONDS => DateTime::from_timestamp_millis(number),
        _ => None,
    }
}

fn parse_day_and_time(text: &str, order: DateOrder) -> Option<DateTime<Utc>> {
    let (day, rest) = parse_day(text, order).or_else(|| parse_named_month(text))?;
    let rest = skip_weekday(rest).trim_start_matches([',', 'T']).trim();
    if rest.is_empty() {
        return Some(midnight(day));
    }
    let (rest, offset) = split_offset(rest)?;
    let time = if rest.is_empty() { NaiveTime::MIN } else { parse_time(rest)? };
    Some(day.and_time(time).and_local_timezone(offset).single()?.with_timezone(&Utc))
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// Parses a date of three numbers. Returns it with the rest of the text.
fn parse_day(text: &str, order: DateOrder) -> Option<(NaiveDate, &str)> {
    let (first, separator, rest) = number_and_separator(text)?;
    let (second, second_separator, rest) = number_and_separator(rest)?;
    let digits = leading_digits(rest);
    let (third, rest) = rest.split_at(digits);
    let number = |text: &str| text.parse::<u32>().ok();
    let is_korean = separator == "년" && second_separator == "월";
    if !is_korean && separator.trim() != second_separator.trim() {
        return None;
    }
    let (year, month, day) = match (first.len(), second.len(), digits) {
        (4, 1 | 2, 1 | 2) => (number(first)?, number(second)?, number(third)?),
        (2, 1 | 2, 1 | 2) if is_korean_short(separator, second, rest) => {
            (2000 + number(first)?, number(second)?, number(third)?)
        }
        (1 | 2, 1 | 2, 4) => {
            let (first, second) = (number(first)?, number(second)?);
            let (month, day) = match order {
                DateOrder::MonthFirst => (first, second),
                DateOrder::DayFirst => (second, first),
                DateOrder::Unknown if first == second => (first, second),
                DateOrder::Unknown => return None,
            };
            (number(third)?, month, day)
        }
        _ => return None,
    };
    let rest = rest.strip_prefix('일').or_else(|| rest.strip_prefix('.')).unwrap_or(rest);
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some((day, rest))
}

/// Skips a Korean weekday after a date: `(금)`, `(금요일)`, `금요일` or `금`.
fn skip_weekday(text: &str) -> &str {
    let start = text.trim_start();
    let (start, end) = start.strip_prefix('(').map_or((start, ""), |start| (start, ")"));
    let after_weekday = start.strip_prefix(['월', '화', '수', '목', '금', '토', '일']);
    let rest =
        after_weekday.and_then(|rest| rest.strip_prefix("요일").unwrap_or(rest).strip_prefix(end));
    rest.filter(|rest| rest.is_empty() || rest.starts_with([' ', ','])).unwrap_or(text)
}

/// Splits off the leading digits and the separator after them, without surrounding white space
/// except in `. `.
fn number_and_separator(text: &str) -> Option<(&str, &str, &str)> {
    let (number, rest) = text.split_at(leading_digits(text));
    let end = rest.find(|character: char| character.is_ascii_digit())?;
    let (separator, rest) = rest.split_at(end);
    let separator = match separator {
        ". " => separator,
        _ => separator.trim(),
    };
    matches!(separator, "-" | "/" | "." | ". " | "년" | "월").then_some((number, separator, rest))
}

/// Whether a date with a year of two digits is Korean: `25. 8. 13.`, or without the last point if
/// the month has no leading zero. Czech and German have `13. 08. 25`.
fn is_korean_short(separator: &str, month: &str, rest: &str) -> bool {
    let ends_with_point = rest.starts_with('.');
    separator == ". " && (ends_with_point || !month.starts_with('0'))
}

fn leading_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Parses `Nov 21, 2026`, `Sat Nov 21 2026`, `21 November 2026` or `21-Nov-26`. Returns the date with the rest
/// of the text.
fn parse_named_month(text: &str) -> Option<(NaiveDate, &str)> {
    let after_weekday =
        text.split_once([' ', ',']).filter(|(day, _)| day.parse::<Weekday>().is_ok());
    let text = after_weekday.map_or(text, |(_, rest)| rest.trim_start());
    let formats =
        ["%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y"];
    formats.iter().find_map(|format| {
        let (day, rest) = NaiveDate::parse_and_remainder(text, format).ok()?;
        (day.year() >= 1970 && leading_digits(rest) == 0).then_some((day, rest))
    })
}

/// Splits a time into the time of day and its offset, by default UTC.
fn split_offset(text: &str) -> Option<(&str, FixedOffset)> {
    let utc = FixedOffset::east_opt(0)?;
    // JavaScript: `GMT+0900 (Korean Standard Time)`.
    let named = text.strip_suffix(')').and_then(|text| text.split_once(" ("));
    let text = match named {
        Some((time, zone)) if !has_offset(time) => {
            let offset = zone.strip_prefix("UTC").or_else(|| zone.strip_prefix("GMT"));
            if let Some(offset) = offset.and_then(parse_offset) {
                return Some((time.trim_end(), offset));
            }
            let (_, hours) = TIME_ZONES.iter().find(|(name, _)| *name == zone)?;
            return Some((time.trim_end(), FixedOffset::east_opt(hours * 3600)?));
        }
        Some((time, _)) => time,
        None => text,
    };
    for (suffix, hours) in TIME_ZONES {
        if let Some(time) = text.strip_suffix(suffix) {
            return Some((time.trim_end(), FixedOffset::east_opt(hours * 3600)?));
        }
    }
    match text.rfind(['+', '-']) {
        Some(start) => {
            let (time, offset) = text.split_at(start);
            let time = time.trim_end_matches("GMT").trim_end_matches("UTC").trim_end();
            Some((time, parse_offset(offset)?))
        }
        None => Some((text, utc)),
    }
}

/// Parses `+09:00`, `+0900`, `+09` or `+9`.
fn parse_offset(text: &str) -> Option<FixedOffset> {
    let (sign, digits) = text.split_at_checked(1)?;
    if matches!(digits.len(), 1 | 2) {
        return format!("{sign}{digits:0>2}:00").parse().ok();
    }
    text.parse().ok()
}

/// Whether a time ends with an offset or a zone.
fn has_offset(time: &str) -> bool {
    time.contains(['+', '-']) || TIME_ZONES.iter().any(|(name, _)| time.ends_with(name))
}

/// Whether the text ends with a zone that is not of RFC 2822, which `chrono` reads as UTC.
fn has_unknown_zone(text: &str) -> bool {
    let zone = text.rsplit(' ').next().unwrap_or_default();
    let is_name = !zone.is_empty() && zone.bytes().all(|byte| byte.is_ascii_alphabetic());
    let known = ["GMT", "UT", "UTC", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"];
    is_name && !known.contains(&zone)
}

fn parse_time(text: &str) -> Option<NaiveTime> {
    let korean = [("오전", "AM"), ("오후", "PM")].iter().find_map(|(korean, english)| {
        Some(format!("{} {english}", text.strip_prefix(korean)?.trim()))
    });
    let text = korean.as_deref().unwrap_or(text);
    let with_colons = replace_korean_units(text);
    let text = with_colons.as_deref().unwrap_or(text);
    ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}

/// `16:5` for `16시 5분`, `4:5:0 PM` for `4시 5분 0초 PM` and `16:00` for `16시`.
fn replace_korean_units(text: &str) -> Option<String> {
    let end = text.rfind(['시', '분', '초'])?;
    let unit = text[end..].chars().next()?;
    let (clock, half_day) = text.split_at(end + unit.len_utf8());
    let clock = clock.replace("시", ":").replace("분", ":").replace([' ', '초'], "");
    let minutes = if unit == '시' { "00" } else { "" };
    let clock = if unit == '시' { &clock } else { clock.trim_end_matches(':') };
    Some(format!("{clock}{minutes}{half_day}"))
}

/// The date in a file name: `2026-11-21`, `2026_11_21` or `20261121`. `None` if the name has
/// several dates, such as the first and the last day of the rows.
pub(super) fn day_in_name(name: &str) -> Option<NaiveDate> {
    let is_digit = |index: usize| name.as_bytes().get(index).is_some_and(u8::is_ascii_digit);
    let day_at = |start: usize| {
        if start > 0 && is_digit(start - 1) {
            return None;
        }
        [("%Y-%m-%d", 10), ("%Y_%m_%d", 10), ("%Y%m%d", 8)].iter().find_map(|(format, length)| {
            let text = name.get(start..start + length).filter(|_| !is_digit(start + length))?;
            let day = NaiveDate::parse_from_str(text, format).ok()?;
            (2005..2100).contains(&day.year()).then_some(day)
        })
    };
    let mut days = (0..name.len()).filter_map(day_at);
    let first = days.next()?;
    days.all(|day| day == first).then_some(first)
}

#[cfg(test)]
mod tests;
