//! A loaded model.

use crate::{
    Count, EarlyForecast, EarlyForecastModel, Estimate, Forecast, Inputs, KnownInputs, ModelError,
    ModelFile, PastVideo, Plan, Subscribers,
    forecast::AnchorEstimate,
    history::{Effect, usable_past},
};
use std::{fs, path::Path};
use xxhash_rust::xxh3::xxh3_64;

const SHIPPED: &[u8] = include_bytes!("../../../deploy/model/model.json");

/// The minimum ratio of two forecasts that differ.
const MIN_RATIO: f64 = 1.05;

/// A validated model.
#[derive(Debug, Clone)]
pub struct Model {
    file: ModelFile,
    version: String,
}

impl Model {
    /// The model that ships with the project, `deploy/model/model.json`.
    pub fn shipped() -> Result<Self, ModelError> {
        Self::from_json(SHIPPED)
    }

    /// Reads the model file at `path`.
    pub fn load(path: &Path) -> Result<Self, ModelError> {
        let unreadable = |source| ModelError::Unreadable { file: path.to_owned(), source };
        let unusable =
            |error| ModelError::Unusable { file: path.to_owned(), source: Box::new(error) };
        Self::from_json(&fs::read(path).map_err(unreadable)?).map_err(unusable)
    }

    /// The model of the configured `file`. Without a file, or until it exists, the model that ships
    /// with the project.
    pub fn configured(file: Option<&Path>) -> Result<Self, ModelError> {
        file.filter(|file| file.exists()).map_or_else(Self::shipped, Self::load)
    }

    /// The model of `file`. Serializes it, because the version depends on a hash of the file.
    pub fn new(file: &ModelFile) -> Result<Self, ModelError> {
        Self::from_json(file.write()?.as_bytes())
    }

    /// Parses and validates the content of a model file.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ModelError> {
        let file = ModelFile::read(bytes)?;
        let version = format!("{}-{:08x}", file.name, xxh3_64(bytes) >> 32);
        Ok(Self { file, version })
    }

    /// The name chosen at training, and eight digits of a hash of the file.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The content of the file.
    pub fn file(&self) -> &ModelFile {
        &self.file
    }

    /// Whether it was trained with thumbnails, so that they affect forecasts.
    pub fn uses_thumbnails(&self) -> bool {
        self.file.content.thumbnail.is_some()
    }

    /// The minimum ratio of two forecasts that differ: one standard deviation of the effect of
    /// titles on later videos, and at least 1.05.
    pub fn comparison_ratio(&self) -> f64 {
        self.file.title_spread.exp().max(MIN_RATIO)
    }

    /// The forecast for a planned video.
    pub fn forecast(&self, plan: &Plan) -> Forecast {
        let general = &self.file.general;
        let known = KnownInputs::from(plan);
        let typical = known.level(general, Inputs::NONE);
        let mut effects = known.effects(general, typical);
        let history = self.history(plan);
        effects.push(("channel_history", history.shift));
        effects.push(("shorts", self.file.content.shorts_effect(plan)));
        let content = self.file.content.effects(plan);
        effects.extend(content.map(|(name, effect)| (name, effect * general.content_share)));
        let estimate = typical + effects.iter().map(|(_, effect)| effect).sum::<f64>();
        let level = general.level(known.inputs(), plan.category);
        let (low, high) = level.interval.bounds(estimate);
        let anchor = AnchorEstimate {
            low: estimate - (estimate - low) * history.narrowing,
            estimate,
            high: estimate + (high - estimate) * history.narrowing,
        };
        Forecast::new(&general.curve, anchor, typical, effects)
    }

    /// The forecast for a published video from its counts, in any order; `None` without counts of
    /// at least [`MIN_COUNT_AGE_DAYS`](crate::MIN_COUNT_AGE_DAYS).
    pub fn forecast_from_counts(
        &self,
        counts: &[Count],
        known: KnownInputs,
    ) -> Option<EarlyForecast> {
        let fits = |model: &&EarlyForecastModel| model.has_inputs_of(known);
        let preference = |model: &&EarlyForecastModel| model.inputs.preference();
        let of_inputs = self.file.early_of_inputs.iter().filter(fits).max_by_key(preference);
        let model = of_inputs.unwrap_or(&self.file.early);
        EarlyForecast::new(&self.file.general.curve, model, counts, known)
    }

    /// The views of a video that is on the trending list at an age in days; `None` if the model was not
    /// trained on such videos. They can fall with age: other videos are listed later.
    pub fn trending_estimate(&self, plan: &Plan, age_days: f64) -> Option<Estimate> {
        self.file.trending.as_ref().map(|trending| trending.estimate_at(plan, age_days))
    }

    /// The effect of the channel's newest earlier videos.
    fn history(&self, plan: &Plan) -> Effect {
        let general = &self.file.general;
        let now = KnownInputs::from(plan);
        let residual = |past: &PastVideo| {
            let then = match (now.subscribers, past.subscribers) {
                (Subscribers::Known(_), Some(count)) => Subscribers::Known(count),
                (now, _) => now,
            };
            let known = KnownInputs { subscribers: then, ..now };
            let level = known.level(general, known.inputs());
            general.curve.at_anchor(past.age_days, past.views) - level
        };
        self.file.history.effect(&usable_past(plan).map(residual).collect::<Vec<_>>())
    }
}
