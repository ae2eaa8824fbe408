//! Filters of lists, and counts from which views are forecast; no I/O.

use chrono::{DateTime, TimeDelta, Utc};
use common::{http::filters::LengthFilter, models::VideoViews, time::in_days};
use forecast::Count;

/// The valid parameters of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChartFilter {
    pub category: Option<i16>,
    pub length: Option<LengthFilter>,
}

/// The videos whose upload times are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BestTimesOf {
    /// Of a YouTube category id.
    Category(i16),
    /// Of the `idx` of a channel.
    Channel(i32),
    /// Of the key of a keyword (`common::keywords::keyword_key`).
    Keyword(String),
}

/// The last day of a forecast.
pub(crate) const LAST_DAY: u32 = 31;

/// The counts of a video before its last day of forecasts; none if it is older at `now`.
pub(crate) fn counts_of(
    uploaded_at: DateTime<Utc>,
    views: &[VideoViews],
    now: DateTime<Utc>,
) -> Vec<Count> {
    let last = TimeDelta::days(LAST_DAY.into());
    if now.signed_duration_since(uploaded_at) >= last {
        return Vec::new();
    }
    let count = |row: &VideoViews| {
        let age = row.check_time.signed_duration_since(uploaded_at);
        let is_usable = age > TimeDelta::zero() && age < last;
        let views = u64::try_from(row.views).ok().filter(|_| is_usable)?;
        Some(Count { age_days: in_days(age), views })
    };
    views.iter().filter_map(count).collect()
}
