//! What is done with the bytes of strangers, a function a kind. Each must come to an end
//! without a panic, whatever the bytes are: `fuzz/` feeds them at random, the test of this
//! crate with what was kept.

#[expect(dead_code, reason = "its rules are the service's own; only what reads text is used here")]
#[path = "../../../services/channel/src/domain.rs"]
mod channel;
mod tokens;

pub use tokens::tokens;

use common::{
    http,
    keywords::impossible,
    prediction::{Details, UploadTime, read_views},
    search::{compose, normalise},
};
use thumbnail::{MAX_PIXELS, Source, decode, describe, shrink};

/// Within so many bytes every picture has a copy.
const MAX_COPY_BYTES: usize = 1024 * 1024;

/// What survives bytes.
pub type Survivor = fn(&[u8]);

/// Every kind, by its name in `fuzz/`.
pub const KINDS: [(&str, Survivor); 6] = [
    ("import_rows", import_rows),
    ("pictures", pictures),
    ("queries", queries),
    ("moments", moments),
    ("tokens", tokens),
    ("answers", answers),
];

/// A file that an operator imports.
pub fn import_rows(bytes: &[u8]) {
    admin::import::read_rows(bytes).ok();
}

/// A picture, on its own or in a data URL.
pub fn pictures(bytes: &[u8]) {
    look_at(bytes);
    if let Ok(Source::Inline(bytes)) = Source::parse(&text(bytes)) {
        look_at(&bytes);
    }
}

fn look_at(bytes: &[u8]) {
    if let Ok(picture) = decode(bytes) {
        let (width, height) = picture.size();
        assert!(u64::from(width) * u64::from(height) <= MAX_PIXELS);
        describe(&picture);
        assert!(shrink(bytes, MAX_COPY_BYTES).is_ok_and(|copy| copy.len() <= MAX_COPY_BYTES));
    }
}

/// A query string with a keyword in it.
pub fn queries(bytes: &[u8]) {
    let query = http::Query::parse(&text(bytes));
    let values = query.pairs().filter_map(|(_, value)| std::str::from_utf8(value).ok());
    for value in values {
        impossible(value);
        channel::NamePart::new(value);
        let normal = normalise(&compose(value));
        assert_eq!(normalise(&normal), normal, "{value:?}");
    }
    for name in ["search", "keyword", "page"] {
        query.text(name).ok();
    }
}

/// Dates, times and pages of requests.
pub fn moments(bytes: &[u8]) {
    let text = text(bytes);
    UploadTime::parse(&text);
    if let Some(page) = channel::Page::parse(&text) {
        assert!(page.offset() >= 0);
    }
    let (start, end) = text.split_once(['&', ' ']).unwrap_or((&text, &text));
    if let (Some(start), Some(end)) = (channel::parse_day(start), channel::parse_day(end))
        && let Some(period) = channel::Period::new(start, end)
    {
        let (from, until) = period.bounds();
        assert!(from <= until);
    }
}

/// What an AI server answers, and what it says beside it.
pub fn answers(bytes: &[u8]) {
    // Also negative numbers: what an AI server says is passed on.
    read_views(bytes).ok();
    Details::read(bytes);
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
