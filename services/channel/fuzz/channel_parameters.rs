//! Fuzz target: request parameters `page`, `youtuber_name`, `start` and `end`.

use crate::domain::{NameFilter, Page, Period, parse_day};

/// Parses the text as each parameter.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    NameFilter::new(&text);
    if let Some(page) = Page::parse(&text) {
        assert!(page.offset() >= 0);
    }
    let (start, end) = text.split_once(['&', ' ']).unwrap_or((&text, &text));
    if let (Some(start), Some(end)) = (parse_day(start), parse_day(end))
        && let Some(period) = Period::new(start, end)
    {
        let range = period.range();
        assert!(range.start <= range.end);
    }
}
