//! Columns that both formats have.

use forecast::Subscribers;
use ingest::files::{Fields, RowIssue};

/// The optional column `is_short`: 1 for a Short, 0 for a long video.
pub(super) fn parse_is_short(
    fields: &Fields<'_>,
    column: Option<usize>,
) -> Result<Option<bool>, RowIssue> {
    match column.filter(|column| !fields.is_empty(*column)) {
        Some(column) => fields.integer(column).map(|number| Some(number != 0)),
        None => Ok(None),
    }
}

/// The subscribers of a channel. As in YouTube's API, 0 means no subscribers or a hidden number. Most are
/// hidden: such channels have more views than those with a few subscribers.
pub(super) fn count_or_hidden(count: u64) -> Subscribers {
    match count {
        0 => Subscribers::Hidden,
        count => Subscribers::Known(count),
    }
}
