//! The freshness of the data.

use crate::queries::freshness::{
    DataSourceRow, FailingSourceRow, QuotaRow, SourceKindRow, TrackedVideosRow,
};
use common::time::OffsetTime;
use serde::Serialize;
use utoipa::ToSchema;

/// How current the data is.
#[derive(Serialize, ToSchema)]
pub(crate) struct FreshnessResponse {
    /// Some of the data is made by a generator or a simulator.
    is_simulated: bool,
    /// When the newest observation of any source was made.
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    newest_observation: Option<OffsetTime>,
    /// Where the data came from.
    sources: Vec<DataSource>,
    /// The sources that the collector follows, by kind.
    collected: Vec<SourceKind>,
    /// The sources that failed in their last check: the 20 with most failures.
    failing: Vec<FailingSource>,
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
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    newest_observation: Option<OffsetTime>,
    /// When rows of it were last stored.
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    stored_at: Option<OffsetTime>,
    /// Why it does not work at the moment; null if it works.
    problem: Option<String>,
}

/// Sources of one kind.
#[derive(Serialize, ToSchema)]
struct SourceKind {
    /// `channel`, `chart` or `search`.
    #[schema(example = "channel")]
    kind: String,
    /// The number of sources.
    #[schema(example = 500)]
    sources: i64,
    /// How many failed in their last check.
    #[schema(example = 2)]
    failing: i64,
    /// The time of the latest successful check.
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    last_success_at: Option<OffsetTime>,
}

/// A source that failed in its last check.
#[derive(Serialize, ToSchema)]
struct FailingSource {
    /// `channel`, `chart` or `search`.
    #[schema(example = "chart")]
    kind: String,
    /// The id of the channel, the region and category of the chart, or the query of the search.
    #[schema(example = "KR/22")]
    value: String,
    /// The name of the channel, if it is known.
    title: Option<String>,
    /// Failures since the last successful check.
    #[schema(example = 3)]
    failures: i32,
    /// The last successful check.
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    last_success_at: Option<OffsetTime>,
    /// Why the last check failed.
    #[schema(example = "chart not found: The chart is not available.")]
    reason: Option<String>,
}

/// The videos that the collector checks.
#[derive(Serialize, ToSchema)]
struct TrackedVideos {
    /// The number of tracked videos.
    #[schema(example = 15_000)]
    tracked: i64,
    /// How many are due or late.
    #[schema(example = 120)]
    due: i64,
    /// The time of the latest check.
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    last_checked_at: Option<OffsetTime>,
}

/// The usage of one quota on one day in Los Angeles.
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
    pub failing: Vec<FailingSourceRow>,
    pub videos: TrackedVideosRow,
    pub quota: Vec<QuotaRow>,
}

impl From<FreshnessRows> for FreshnessResponse {
    fn from(rows: FreshnessRows) -> Self {
        let FreshnessRows { sources, kinds, failing, videos, quota } = rows;
        let newest = sources.iter().filter_map(|row| row.newest_observation).max();
        Self {
            is_simulated: sources.iter().any(|row| row.is_simulated && row.stored_at.is_some()),
            newest_observation: newest.map(OffsetTime),
            sources: sources.into_iter().map(DataSource::from).collect(),
            collected: kinds.into_iter().map(SourceKind::from).collect(),
            failing: failing.into_iter().map(FailingSource::from).collect(),
            videos: videos.into(),
            quota: quota.into_iter().map(Quota::from).collect(),
        }
    }
}

impl From<DataSourceRow> for DataSource {
    fn from(row: DataSourceRow) -> Self {
        let DataSourceRow { name, is_simulated, newest_observation, stored_at, problem } = row;
        let [newest_observation, stored_at] =
            [newest_observation, stored_at].map(|time| time.map(OffsetTime));
        Self { name, is_simulated, newest_observation, stored_at, problem }
    }
}

impl From<SourceKindRow> for SourceKind {
    fn from(row: SourceKindRow) -> Self {
        let SourceKindRow { kind, sources, failing, last_success_at } = row;
        let last_success_at = last_success_at.map(OffsetTime);
        Self { kind, sources, failing, last_success_at }
    }
}

impl From<FailingSourceRow> for FailingSource {
    fn from(row: FailingSourceRow) -> Self {
        let FailingSourceRow { kind, value, title, failures, last_success_at, reason } = row;
        let last_success_at = last_success_at.map(OffsetTime);
        Self { kind, value, title, failures, last_success_at, reason }
    }
}

impl From<TrackedVideosRow> for TrackedVideos {
    fn from(row: TrackedVideosRow) -> Self {
        let TrackedVideosRow { tracked, due, last_checked_at } = row;
        Self { tracked, due, last_checked_at: last_checked_at.map(OffsetTime) }
    }
}

impl From<QuotaRow> for Quota {
    fn from(row: QuotaRow) -> Self {
        let QuotaRow { bucket, used, daily_limit, exhausted } = row;
        Self { bucket, used, daily_limit, exhausted }
    }
}
