//! Columns that both formats have.

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
