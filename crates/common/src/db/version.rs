//! The version of the data in PostgreSQL.

use super::{Pool, schema::data_version};
use crate::{Error, cache::VersionSource};
use diesel::QueryDsl;
use diesel_async::RunQueryDsl;

/// Invalidates cached responses of all services: the last statement of each
/// transaction that changes videos, channels or their statistics. Locks the one row of
/// `data_version` until the transaction ends.
pub const ADVANCE_DATA_VERSION: &str = "UPDATE data_version SET version = version + 1";

impl Pool {
    /// The version of the data, for caches.
    pub fn version_source(&self) -> VersionSource {
        let pool = self.clone();
        VersionSource::new("postgres", move || {
            let pool = pool.clone();
            async move { pool.data_version().await }
        })
    }

    async fn data_version(&self) -> Result<String, Error> {
        let mut connection = self.get().await?;
        let query = data_version::table.select(data_version::version);
        let version: i64 = query.first(&mut connection).await?;
        Ok(version.to_string())
    }
}
