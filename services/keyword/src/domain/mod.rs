//! Rules without I/O.

mod history;
mod lift;
mod related;

pub(crate) use history::HistoryFilter;
pub(crate) use lift::{Cooccurrences, KeywordFrequency, RelatedKeyword, has_keyword, rank_related};
pub(crate) use related::{RelatedKeywords, Windows};
