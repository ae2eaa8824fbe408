//! Videos of an import that are stored already.

use super::error::ImportError;
use crate::load::StoredIds;
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use tokio_postgres::{GenericClient, Row};

/// The upload times of stored videos, by YouTube id.
pub(super) type StoredUploadTimes = HashMap<String, DateTime<Utc>>;

/// The stored videos among some observations.
pub(super) struct StoredVideos {
    /// Upload times by YouTube id.
    pub uploads: StoredUploadTimes,
    /// Primary keys by YouTube id.
    pub ids: StoredIds,
}

/// Finds the videos `ids` that are stored.
pub(super) async fn find_stored_videos(
    client: &impl GenericClient,
    ids: impl Iterator<Item = &str>,
) -> Result<StoredVideos, ImportError> {
    let ids: Vec<&str> = ids.collect();
    let statement =
        "SELECT video_id, usable_time(upload_time), idx FROM video WHERE video_id = ANY ($1)";
    let stored = client.query(statement, &[&ids]).await?;
    let upload = |row: &Row| Some((row.get(0), row.get::<_, Option<_>>(1)?));
    let uploads = stored.iter().filter_map(upload).collect();
    let stored_ids = stored.iter().map(|row| (row.get(0), row.get(2))).collect();
    Ok(StoredVideos { uploads, ids: stored_ids })
}
