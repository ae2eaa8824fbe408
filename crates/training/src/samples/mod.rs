//! Videos whose views were counted more than once: what models are trained on and
//! evaluated with. They come from prepared files or from the tables.

mod daily;
mod past;
mod read;
mod row;
mod tables;
mod trending;

pub use read::{SampleError, Samples, read_files};
pub use tables::read_tables;

use chrono::{DateTime, Utc};
use common::time::SEOUL;
use forecast::{Forecast, Model, ModelFile, Plan, Population, Upload};

/// What kind of videos a sample is of. Each has its own model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any videos: not chosen for success.
    General,
    /// Videos on the trending list.
    Trending,
}

impl Kind {
    /// The forecast for a video of this kind; nothing where the model knows none.
    pub fn forecast(self, model: &Model, plan: &Plan) -> Option<Forecast> {
        match self {
            Self::General => Some(model.forecast(plan)),
            Self::Trending => model.forecast_trending(plan),
        }
    }

    /// What a model knows of videos of this kind.
    pub fn population(self, file: &ModelFile) -> Option<&Population> {
        match self {
            Self::General => Some(&file.general),
            Self::Trending => file.listed.as_ref(),
        }
    }
}

/// A video, and how often it was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Of which kind it is.
    pub kind: Kind,
    /// What was known of it at its upload.
    pub plan: Plan,
    /// Its channel, where that is known.
    pub channel: Option<String>,
    /// When its views were counted: ages grow.
    pub points: Vec<Point>,
}

/// Views at one age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// What its source calls this age, in days: the number of days since it was first seen
    /// on its first day, or the age itself.
    pub day: f64,
    /// The age in days, as exactly as it is known.
    pub age: f64,
    /// Cumulative views.
    pub views: u64,
}

impl Sample {
    /// The point whose age is nearest to `age` days, as a ratio.
    pub fn nearest(&self, age: f64) -> Option<&Point> {
        let distance = |point: &&Point| (point.age / age).ln().abs();
        self.points.iter().min_by(|one, other| distance(one).total_cmp(&distance(other)))
    }
}

/// The upload at a moment, by the clocks of Seoul.
pub fn upload_at(moment: DateTime<Utc>) -> Upload {
    let local = moment.with_timezone(&SEOUL);
    Upload { day: local.date_naive(), time: Some(local.time()) }
}
