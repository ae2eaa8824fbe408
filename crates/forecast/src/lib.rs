//! Forecasts the daily views of a planned video, with a model fitted by `createtrend train`.
//!
//! A [`Model`] is read from one JSON file. It computes a [`Forecast`] for a [`Plan`]:
//! cumulative views at any age with an 80 % interval, and the factors of the estimate.
//!
//! All effects add up on the scale of ln(1 + views):
//! - a level, the views at the age of [`ANCHOR_DAYS`], linear in splines of the logarithms
//!   of subscribers and uploads, with slopes of each category ([`Level`]). There is one
//!   level for each set of known inputs, so that accuracy degrades gracefully with missing ones;
//! - small effects of title, weekday and hour ([`ContentEffects`]);
//! - the residuals of the channel's earlier videos, shrunk by their correlation ([`History`]);
//! - one growth curve: the views at other ages as a share of the views at the anchor ([`Curve`]).
//!
//! Published videos are forecast from their first counts, the same curve and the inputs of a level
//! ([`EarlyForecastModel`]), and videos of the trending list by boosted trees ([`TrendingModel`]).
//!
//! By construction, estimates and both ends of intervals are monotonic in age and in the number of
//! subscribers. Those of the trending list are not.
//! Forecasts of published videos are monotonic in age, but not in the number of subscribers:
//! with the same views, the video of a larger channel can grow less.

mod curve;
mod design;
mod early;
mod early_features;
mod effects;
mod error;
mod file;
mod forecast;
mod general;
mod history;
mod interval;
mod level;
mod model;
mod plan;
mod reloadable;
mod title;
mod trees;
mod trending;

pub use curve::Curve;
pub use design::{column_count, columns, free_columns};
pub use early::{Count, EarlyForecast, EarlyForecastModel, MIN_COUNT_AGE_DAYS};
pub use effects::{ContentEffects, LinearEffect, hour_features, weekday_features};
pub use error::ModelError;
pub use file::{FORMAT, ModelFile, Score, Training, TrainingSource};
pub use forecast::{Estimate, Factor, Forecast};
pub use general::{Baselines, GeneralModel, KnownInputs};
pub use history::{History, MAX_PAST_VIDEOS};
pub use interval::Interval;
pub use level::{Inputs, Level, SubscriberKind, UploadRange};
pub use model::Model;
pub use plan::{PastVideo, Plan, Subscribers, ThumbnailFeatures, Upload};
pub use reloadable::{RELOAD_INTERVAL, ReloadableModel};
pub use title::{TITLE_FEATURES, title_features};
pub use trees::{Tree, Trees};
pub use trending::{
    CategoryBounds, LogEstimate, TRENDING_FEATURES, TrendingModel, trending_features,
};

/// The minimum number of stored videos of a channel for use as its number of uploads. With fewer the
/// database may be incomplete: an import of a trending list contains a single video even of the
/// largest channels.
const MIN_KNOWN_UPLOADS: u64 = 20;

/// The number of uploads of a channel: as YouTube counts them, but at least the `stored` videos.
/// `None` if YouTube's count is unknown and few videos are stored.
pub fn known_uploads(upload_count: Option<i64>, stored: i64) -> Option<u64> {
    let (published, stored) = (upload_count.map(i64::unsigned_abs), stored.unsigned_abs());
    published
        .map_or((stored >= MIN_KNOWN_UPLOADS).then_some(stored), |count| Some(count.max(stored)))
}

/// The age in days of the views that levels estimate.
pub const ANCHOR_DAYS: f64 = 7.0;

/// ln(1 + n), the scale of views, subscribers and uploads.
#[expect(clippy::cast_precision_loss, reason = "counts of views are far below 2^52")]
pub fn log_count(count: u64) -> f64 {
    (count as f64).ln_1p()
}
