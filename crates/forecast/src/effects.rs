//! Effects of title, weekday, hour and thumbnail.

use crate::{
    Plan, TITLE_FEATURES, ThumbnailFeatures, Upload,
    error::{Invalid, ModelError, finite},
    title_features,
};
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// Effects on ln(1 + views), each with mean 0 over its training videos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContentEffects {
    /// The title, by [`title_features`].
    pub title: LinearEffect,
    /// The weekday, by [`weekday_features`].
    pub weekday: LinearEffect,
    /// The hour, by [`hour_features`].
    pub hour: LinearEffect,
    /// The effects of long videos and of Shorts, in this order; `None` if the training data has too
    /// few of either.
    pub shorts: Option<[f64; 2]>,
    /// Brightness, contrast, colorfulness and sharpness of the thumbnail; `None` if the model was
    /// trained without them.
    #[serde(alias = "picture")]
    pub thumbnail: Option<LinearEffect>,
}

/// A linear effect of centered features.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinearEffect {
    /// The means of the features.
    pub means: Vec<f64>,
    /// The change of ln(1 + views) per unit of each feature.
    pub coefficients: Vec<f64>,
}

impl LinearEffect {
    /// A zero effect of this number of features.
    pub fn zero(count: usize) -> Self {
        Self { means: vec![0.0; count], coefficients: vec![0.0; count] }
    }

    /// The effect of `features`.
    pub fn effect(&self, features: &[f64]) -> f64 {
        let centered = features.iter().zip(&self.means).map(|(value, mean)| value - mean);
        centered.zip(&self.coefficients).map(|(value, factor)| value * factor).sum()
    }

    fn check(&self, count: usize) -> Result<(), Invalid> {
        if self.means.len() != count || self.coefficients.len() != count {
            return Err(Invalid("the numbers of coefficients and features differ"));
        }
        finite(&self.means)?;
        finite(&self.coefficients)
    }
}

/// One-hot encoding of the weekday, from Monday.
pub fn weekday_features(upload: Upload) -> [f64; 7] {
    let mut features = [0.0; 7];
    features[upload.weekday()] = 1.0;
    features
}

/// The time of day as sine and cosine with periods of a day and half a day.
pub fn hour_features(upload: Upload) -> Option<[f64; 4]> {
    let angle = upload.fraction()? * TAU;
    Some([angle.sin(), angle.cos(), (2.0 * angle).sin(), (2.0 * angle).cos()])
}

impl ContentEffects {
    /// Zero effects.
    pub fn zero() -> Self {
        let [title, weekday, hour] = [TITLE_FEATURES, 7, 4].map(LinearEffect::zero);
        Self { title, weekday, hour, shorts: None, thumbnail: None }
    }

    /// The sum of the effects on a plan.
    pub fn total(&self, plan: &Plan) -> f64 {
        self.effects(plan).iter().map(|(_, effect)| effect).sum()
    }

    /// The effects on a plan, by name; 0 for unknown features.
    ///
    /// Excludes the effect of Shorts, which is not scaled by `content_share`.
    pub(crate) fn effects(&self, plan: &Plan) -> [(&'static str, f64); 4] {
        let title = plan.title.as_deref().map(title_features);
        let hour = hour_features(plan.upload);
        let thumbnail = self.thumbnail.as_ref().zip(plan.thumbnail);
        let thumbnail = thumbnail.map(|(part, features)| {
            let ThumbnailFeatures { brightness, contrast, colorfulness, sharpness } = features;
            part.effect(&[brightness, contrast, colorfulness, sharpness])
        });
        [
            ("title", title.map_or(0.0, |title| self.title.effect(&title))),
            ("weekday", self.weekday.effect(&weekday_features(plan.upload))),
            ("hour", hour.map_or(0.0, |hour| self.hour.effect(&hour))),
            ("thumbnail", thumbnail.unwrap_or_default()),
        ]
    }

    /// The effect of a Short or of a long video; 0 if unknown.
    pub(crate) fn shorts_effect(&self, plan: &Plan) -> f64 {
        let of = |(effects, is_short): ([f64; 2], bool)| effects[usize::from(is_short)];
        self.shorts.zip(plan.is_short).map_or(0.0, of)
    }

    pub(crate) fn check(&self) -> Result<(), ModelError> {
        finite(&self.shorts.unwrap_or_default()).map_err(|invalid| invalid.at("content"))?;
        let parts = [(&self.title, TITLE_FEATURES), (&self.weekday, 7), (&self.hour, 4)];
        let thumbnail = self.thumbnail.iter().map(|part| (part, 4));
        for (part, count) in parts.into_iter().chain(thumbnail) {
            part.check(count).map_err(|invalid| invalid.at("content"))?;
        }
        Ok(())
    }
}
