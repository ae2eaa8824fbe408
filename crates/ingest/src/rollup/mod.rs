//! Rollups: tables that are computed from the rows and refreshed after they change. The formulas
//! are in `docs/METHODS.md`.

mod ages;
pub mod keywords;
mod outliers;
mod videos;

pub use videos::refresh;

use crate::{load::LoadError, progress::Progress};
use chrono::{DateTime, Utc};
use common::settings::PostgresSettings;
use keywords::RefreshScope;
use std::fmt;

/// Changes of a refresh.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RefreshSummary {
    /// Videos that changed since the last refresh.
    pub changed: u64,
    /// Videos whose views at a standard age changed.
    pub ages: u64,
    /// Videos whose comparison with others changed.
    pub outliers: u64,
}

impl fmt::Display for RefreshSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { changed, ages, outliers } = self;
        write!(
            f,
            "{changed} changed videos: views by age of {ages} and comparisons of {outliers} updated"
        )
    }
}

/// Updates the rollups of videos and of keywords after rows were loaded, as of `now`. Skips a
/// rollup that another process is refreshing, or whose rows it is loading: that process refreshes
/// it.
pub(crate) async fn refresh_loaded(
    settings: &PostgresSettings,
    now: DateTime<Utc>,
    progress: &dyn Progress,
) -> Result<(), LoadError> {
    match refresh(settings, false, progress).await {
        Ok(_) | Err(LoadError::Locked) => {}
        Err(error) => return Err(error),
    }
    keywords::refresh(settings, RefreshScope::Changes, now, progress).await?;
    Ok(())
}

/// The median of sorted values; of an even number, the mean of the two middle ones. `None` without
/// values.
fn median_of_sorted<T>(sorted: &[T], number: impl Fn(&T) -> f64) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = number(sorted.get(middle)?);
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(number(sorted.get(middle - 1)?), upper))
}
