//! Entries of a watchlist.

use crate::queries::watchlist::{WatchRow, WatchTarget};
use common::{
    error::FieldErrors,
    http::Field,
    keywords::{compose, parse_keyword_key},
    time::OffsetTime,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Maximum length of a note in characters.
const MAX_NOTE: usize = 500;

/// The entry to add; replaces the note of an existing one.
#[derive(Deserialize, ToSchema)]
pub(crate) struct WatchRequest {
    /// `keyword` or `channel`.
    #[schema(value_type = String, example = "keyword", pattern = "^(keyword|channel)$")]
    kind: Field<String>,
    /// A keyword, or the `idx` of a channel. Case, width and spaces of a keyword do not matter.
    #[schema(value_type = String, example = "먹방", min_length = 1, max_length = 100)]
    target: Field<String>,
    /// Empty if missing or null.
    #[schema(value_type = Option<String>, example = "12월 기획", max_length = 500)]
    note: Field<String>,
}

impl WatchRequest {
    pub(crate) fn validate(self) -> Result<(WatchTarget, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let kind = self.kind.and_then(|kind| match kind.as_str() {
            "keyword" => Ok(true),
            "channel" => Ok(false),
            _ => Err("Expected keyword or channel."),
        });
        let target = self.target.not_blank();
        let target = match kind.required("kind", &mut errors) {
            Some(true) => {
                target.and_then(|text| keyword_target(&text)).required("target", &mut errors)
            }
            Some(false) => {
                target.and_then(|text| channel_target(&text)).required("target", &mut errors)
            }
            None => target.required("target", &mut errors).and(None),
        };
        let note = self.note.max_chars(MAX_NOTE).optional("note", &mut errors);
        match target {
            Some(target) if errors.is_empty() => Ok((target, note.unwrap_or_default())),
            _ => Err(errors),
        }
    }
}

fn keyword_target(text: &str) -> Result<WatchTarget, &'static str> {
    Ok(WatchTarget::Keyword { key: parse_keyword_key(text)?, keyword: compose(text) })
}

fn channel_target(text: &str) -> Result<WatchTarget, &'static str> {
    let idx = text.trim().parse().ok().filter(|idx| *idx > 0);
    idx.map(WatchTarget::Channel).ok_or("Expected the idx of a channel.")
}

/// The error of a channel that does not exist.
pub(crate) fn unknown_watched_channel() -> FieldErrors {
    FieldErrors::single("target", "No channel has this idx.")
}

/// The error of an entry beyond the limit.
pub(crate) fn watchlist_full() -> FieldErrors {
    FieldErrors::single("non_field_errors", "The watchlist is full: it has 100 entries.")
}

/// An entry of a watchlist.
#[derive(Serialize, ToSchema)]
pub(crate) struct WatchResponse {
    /// The id of the entry.
    #[schema(example = 5)]
    id: i32,
    /// `keyword` or `channel`.
    #[schema(example = "keyword")]
    kind: &'static str,
    /// The most frequent spelling of the keyword, or the name of the channel.
    #[schema(example = "먹방")]
    name: String,
    /// Database id of the channel.
    #[schema(example = json!(null))]
    channel_idx: Option<i32>,
    /// Thumbnail URL of the channel.
    #[schema(example = json!(null))]
    thumbnail_url: Option<String>,
    /// The user's note.
    #[schema(example = "12월 기획")]
    note: String,
    /// When it was added, in Seoul.
    #[schema(value_type = String, example = "2026-11-26T09:30:00+09:00")]
    created_at: OffsetTime,
}

impl From<WatchRow> for WatchResponse {
    fn from(row: WatchRow) -> Self {
        Self {
            id: row.id,
            kind: if row.channel_idx.is_some() { "channel" } else { "keyword" },
            name: row.name,
            channel_idx: row.channel_idx,
            thumbnail_url: row.thumbnail_url,
            note: row.note,
            created_at: OffsetTime(row.created_at),
        }
    }
}

/// A watchlist.
#[derive(Serialize, ToSchema)]
pub(crate) struct WatchlistResponse {
    /// Oldest first, at most 100.
    pub entries: Vec<WatchResponse>,
}

impl From<Vec<WatchRow>> for WatchlistResponse {
    fn from(rows: Vec<WatchRow>) -> Self {
        Self { entries: rows.into_iter().map(Into::into).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::http::Json;

    fn parse(body: &str) -> Result<(WatchTarget, String), Vec<String>> {
        let parsed = Json::<WatchRequest>::parse(body.as_bytes()).unwrap().0.validate();
        parsed.map_err(|errors| errors.0.into_keys().map(Into::into).collect())
    }

    #[test]
    fn watched_keyword_is_normalized_like_stored_keywords() {
        let (target, note) =
            parse(r#"{"kind":"keyword","target":" ＢＴＳ\u3000 Live","note":"a"}"#).unwrap();
        let expected = WatchTarget::Keyword { key: "btslive".into(), keyword: "BTS Live".into() };
        assert_eq!((target, note.as_str()), (expected, "a"));
        let channel = parse(r#"{"kind":"channel","target":"17","note":null}"#);
        assert_eq!(channel, Ok((WatchTarget::Channel(17), String::new())));
    }

    #[test]
    fn each_invalid_field_is_reported() {
        for (body, fields) in [
            ("{}", &["kind", "target"][..]),
            (r#"{"kind":"video","target":"a","note":1}"#, &["kind", "note"]),
            (r#"{"kind":"keyword","target":"yt:cc=on"}"#, &["target"]),
            (r#"{"kind":"keyword","target":" \u3000"}"#, &["target"]),
            (r#"{"kind":"keyword","target":"a\u0000"}"#, &["target"]),
            (r#"{"kind":"channel","target":"0"}"#, &["target"]),
            (r#"{"kind":"channel","target":"2147483648"}"#, &["target"]),
            (r#"{"kind":"channel","target":17}"#, &["target"]),
        ] {
            assert_eq!(
                parse(body),
                Err(fields.iter().map(ToString::to_string).collect()),
                "{body}"
            );
        }
        let long = |length| {
            format!(r#"{{"kind":"keyword","target":"a","note":"{}"}}"#, "먹".repeat(length))
        };
        assert!(parse(&long(500)).is_ok());
        assert_eq!(parse(&long(501)), Err(vec!["note".to_owned()]));
    }
}
