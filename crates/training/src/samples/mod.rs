//! Samples: videos with their view counts, from prepared files or from the tables.

mod counting;
mod daily;
mod fields;
mod past;
mod read;
mod row;
mod tables;
mod trending;

pub use read::{SampleError, Samples, read_files};
pub use tables::read_tables;

use chrono::{DateTime, Utc};
use common::{settings::PostgresSettings, time::SEOUL};
use forecast::{Estimate, Model, Plan, Upload};
use ingest::progress::Progress;
use std::path::PathBuf;

/// The kind of a video. Each kind has its own model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleKind {
    /// Any videos, not selected by success.
    General,
    /// Videos on the trending list.
    Trending,
}

impl SampleKind {
    /// The views of a video of this kind at an age; `None` if the model was not trained on it.
    pub fn estimate(self, model: &Model, plan: &Plan, age_days: f64) -> Option<Estimate> {
        match self {
            Self::General => Some(model.forecast(plan).at(age_days)),
            Self::Trending => model.trending_estimate(plan, age_days),
        }
    }
}

/// A video with its view counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The kind of the video.
    pub kind: SampleKind,
    /// The inputs known at the upload.
    pub plan: Plan,
    /// The index of the source among the sources of a training.
    pub source: usize,
    /// The channel, if known.
    pub channel: Option<String>,
    /// View counts, by ascending age.
    pub points: Vec<Point>,
}

/// Views at one age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The age in days as the source defines it: days since the first count, or since the
    /// upload.
    pub day: f64,
    /// The best estimate of the age in days.
    pub age: f64,
    /// Cumulative views.
    pub views: u64,
}

impl Sample {
    /// The point with the smallest ratio between its age and `age` days.
    pub fn nearest(&self, age: f64) -> Option<&Point> {
        let distance = |point: &&Point| (point.age / age).ln().abs();
        self.points.iter().min_by(|one, other| distance(one).total_cmp(&distance(other)))
    }
}

/// Reads files, and the database if its settings are given. Each video gets the index of its source.
pub(crate) async fn read_sources(
    files: &[PathBuf],
    tables: Option<&PostgresSettings>,
    progress: &dyn Progress,
) -> Result<Vec<Samples>, SampleError> {
    let mut sources = read_files(files, progress)?;
    if let Some(settings) = tables {
        sources.push(read_tables(settings, progress).await?);
    }
    for (index, source) in sources.iter_mut().enumerate() {
        source.videos.iter_mut().for_each(|sample| sample.source = index);
    }
    Ok(sources)
}

/// Converts a time to an upload in Seoul.
pub fn upload_at(time: DateTime<Utc>) -> Upload {
    let local = time.with_timezone(&SEOUL);
    Upload { day: local.date_naive(), time: Some(local.time()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A video of channel `a`, uploaded on `day`, with views by age in days.
    pub(super) fn sample(day: &str, points: &[(f64, u64)]) -> Sample {
        let point = |(age, views): &(f64, u64)| Point { day: *age, age: *age, views: *views };
        Sample {
            kind: SampleKind::General,
            plan: Plan::new(Upload { day: day.parse().unwrap(), time: None }),
            source: 0,
            channel: Some("a".to_owned()),
            points: points.iter().map(point).collect(),
        }
    }
}
