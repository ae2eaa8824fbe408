//! The freshness of the data.

use crate::queries::freshness::{DataSourceRow, QuotaRow, SourceKindRow, TrackedVideosRow};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// How current the data is.
#[derive(Serialize, ToSchema)]
pub(crate) struct FreshnessResponse {
    /// Some of the data is made by a generator or a simulator.
    is_simulated: bool,
    /// When the newest observation of any source was made.
    newest_observation: Option<DateTime<Utc>>,
    /// Where the data came from.
    sources: Vec<DataSource>,
    /// What the collector follows, by kind of source.
    collected: Vec<SourceKind>,
    /// The videos that the collector checks.
    videos: TrackedVideos,
    /// The quota of the YouTube Data API on the last day of collection.
    quota: Vec<Quota>,
}

/// A source of data.
#[derive(Serialize, ToSchema)]
struct DataSource {
    /// `demo`, `import` or `collector`.
    #[schema(example = "collector")]
    name: String,
    /// Made by a generator or a simulator.
    is_simulated: bool,
    /// When its newest observation was made.
    newest_observation: Option<DateTime<Utc>>,
    /// When rows of it were last stored.
    stored_at: Option<DateTime<Utc>>,
    /// Why it does not work at the moment; null if it works.
    problem: Option<String>,
}

/// Sources of one kind.
#[derive(Serialize, ToSchema)]
struct SourceKind {
    /// `channel`, `chart` or `search`.
    #[schema(example = "channel")]
    kind: String,
    /// How many there are.
    #[schema(example = 500)]
    sources: i64,
    /// How many failed in their last check.
    #[schema(example = 2)]
    failing: i64,
    /// The last successful check of any.
    last_success_at: Option<DateTime<Utc>>,
}

/// The videos that the collector checks.
#[derive(Serialize, ToSchema)]
struct TrackedVideos {
    /// How many there are.
    #[schema(example = 15_000)]
    tracked: i64,
    /// How many are due or late.
    #[schema(example = 120)]
    due: i64,
    /// The last check of any.
    last_checked_at: Option<DateTime<Utc>>,
}

/// A quota of a day in Los Angeles.
#[derive(Serialize, ToSchema)]
struct Quota {
    /// `units`, `search` or `batch_stats`.
    #[schema(example = "units")]
    bucket: String,
    /// Units or calls that were used.
    #[schema(example = 2_310)]
    used: i32,
    /// Units or calls per day.
    #[schema(example = 10_000)]
    daily_limit: i32,
    /// YouTube reported that the quota is used up.
    exhausted: bool,
}

/// The rows of a response.
pub(crate) struct FreshnessRows {
    pub sources: Vec<DataSourceRow>,
    pub kinds: Vec<SourceKindRow>,
    pub videos: TrackedVideosRow,
    pub quota: Vec<QuotaRow>,
}

impl From<FreshnessRows> for FreshnessResponse {
    fn from(rows: FreshnessRows) -> Self {
        let FreshnessRows { sources, kinds, videos, quota } = rows;
        Self {
            is_simulated: sources.iter().any(|row| row.is_simulated && row.stored_at.is_some()),
            newest_observation: sources.iter().filter_map(|row| row.newest_observation).max(),
            sources: sources.into_iter().map(DataSource::from).collect(),
            collected: kinds.into_iter().map(SourceKind::from).collect(),
            videos: videos.into(),
            quota: quota.into_iter().map(Quota::from).collect(),
        }
    }
}

impl From<DataSourceRow> for DataSource {
    fn from(row: DataSourceRow) -> Self {
        let DataSourceRow { name, is_simulated, newest_observation, stored_at, problem } = row;
        Self { name, is_simulated, newest_observation, stored_at, problem }
    }
}

impl From<SourceKindRow> for SourceKind {
    fn from(row: SourceKindRow) -> Self {
        let SourceKindRow { kind, sources, failing, last_success_at } = row;
        Self { kind, sources, failing, last_success_at }
    }
}

impl From<TrackedVideosRow> for TrackedVideos {
    fn from(row: TrackedVideosRow) -> Self {
        let TrackedVideosRow { tracked, due, last_checked_at } = row;
        Self { tracked, due, last_checked_at }
    }
}

impl From<QuotaRow> for Quota {
    fn from(row: QuotaRow) -> Self {
        let QuotaRow { bucket, used, daily_limit, exhausted } = row;
        Self { bucket, used, daily_limit, exhausted }
    }
}
