//! The model file.

use crate::{Form, History, ModelError, Population};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The format that this program reads and writes. It grows when numbers in the file change
/// their meaning, those of the design's columns among them.
pub const FORMAT: u32 = 1;

/// All of a model file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// [`FORMAT`].
    pub format: u32,
    /// The name given at training, a date most often.
    pub name: String,
    /// Its sources, and its scores on later videos.
    pub training: Training,
    /// Effects of the form.
    pub form: Form,
    /// The weight of earlier videos.
    pub history: History,
    /// Videos of any kind.
    pub general: Population,
    /// Videos on the trending list.
    pub listed: Option<Population>,
}

/// The training of a model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// What it was trained on.
    pub sources: Vec<Source>,
    /// Scores of models that were trained on earlier videos only.
    pub validation: Vec<Score>,
}

/// A file or a database that a model was trained on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name, without folders.
    pub name: String,
    /// The videos used.
    pub videos: usize,
    /// The day of the first of their uploads.
    pub from: NaiveDate,
    /// The day of the last of their uploads.
    pub to: NaiveDate,
}

/// The accuracy of estimates of later videos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Which videos, and what was known of them.
    pub of: String,
    /// The first day of their uploads; the model was trained on earlier ones.
    pub from: NaiveDate,
    /// The last day of their uploads.
    pub to: NaiveDate,
    /// How many videos.
    pub videos: usize,
    /// The root of the mean squared error of ln(1 + views).
    pub rmsle: f64,
    /// The median of |estimate - views| / views, over videos with views.
    pub median_ape: f64,
    /// Spearman's rank correlation of estimates and views; `None` if all are equal.
    pub spearman: Option<f64>,
    /// The share of videos inside their 80 % interval.
    pub coverage: f64,
    /// RMSLE of the median of earlier videos.
    pub median_rmsle: f64,
    /// RMSLE of the line on the logarithm of subscribers.
    pub line_rmsle: Option<f64>,
}

impl ModelFile {
    /// Reads and checks a file.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        #[derive(Deserialize)]
        struct Versioned {
            format: u32,
        }
        let Versioned { format: found } = serde_json::from_slice(bytes)?;
        if found != FORMAT {
            return Err(ModelError::Format { found, wanted: FORMAT });
        }
        let file: Self = serde_json::from_slice(bytes)?;
        file.form.check()?;
        file.history.check().map_err(|fault| fault.at("history"))?;
        file.general.check("general")?;
        file.listed.iter().try_for_each(|listed| listed.check("listed"))?;
        Ok(file)
    }

    /// The file's text: readable JSON.
    pub fn write(&self) -> Result<String, ModelError> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}
