//! Keys of the advisory locks in PostgreSQL, by which processes exclude each other. Each key is the
//! ASCII code of the text in its comment.

use tokio_postgres::{Client, Error};

/// Held while rows are loaded: `load`.
pub(crate) const LOADING: i64 = 0x6c6f_6164;

/// Held by a refresh of the comparisons of videos: `roll`.
pub const VIDEO_ROLLUP: i64 = 0x726f_6c6c;

/// Held by a refresh of the counts of keywords, and by an update of the suggested keywords: `keyw`.
pub const KEYWORD_ROLLUP: i64 = 0x6b65_7977;

/// Held by a reindex: `rein`.
pub const REINDEX: i64 = 0x7265_696e;

/// Acquires a lock without waiting, until the connection closes; `false` if another session holds it.
pub(crate) async fn try_lock(client: &Client, key: i64) -> Result<bool, Error> {
    Ok(client.query_one("SELECT pg_try_advisory_lock($1)", &[&key]).await?.get(0))
}
