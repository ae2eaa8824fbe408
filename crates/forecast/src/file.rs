//! The model file.

use crate::{
    ContentEffects, EarlyForecastModel, GeneralModel, History, Inputs, ModelError, TrendingModel,
    error::Invalid,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::ser::{Formatter, PrettyFormatter};
use std::io;

/// The supported format, incremented when numbers in the file, such as the columns of the design
/// matrix, change their meaning.
pub const FORMAT: u32 = 3;

/// The maximum of [`ModelFile::title_spread`]: a factor of 20.
const MAX_TITLE_SPREAD: f64 = 3.0;

/// The content of a model file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// The format; [`FORMAT`] is supported.
    pub format: u32,
    /// The name chosen at training; by default a date.
    pub name: String,
    /// Sources, and scores on later videos.
    pub training: Training,
    /// Effects of title, weekday, hour and thumbnail.
    #[serde(alias = "form")]
    pub content: ContentEffects,
    /// The standard deviation of ln(1 + views) that titles explain on later videos; of the model that
    /// ships with the project if the training data does not show it.
    pub title_spread: f64,
    /// The weight of earlier videos.
    pub history: History,
    /// The growth after the first counts.
    #[serde(alias = "continuation")]
    pub early: EarlyForecastModel,
    /// The same for each set of other known inputs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub early_of_inputs: Vec<EarlyForecastModel>,
    /// The model of any videos.
    pub general: GeneralModel,
    /// The model of videos on the trending list.
    #[serde(alias = "listed")]
    pub trending: Option<TrendingModel>,
}

/// The training of a model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// The files and databases that the model was trained on.
    pub sources: Vec<TrainingSource>,
    /// Scores of models that were trained on earlier videos only.
    pub validation: Vec<Score>,
}

/// A file or a database that a model was trained on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingSource {
    /// The file name.
    pub name: String,
    /// The number of videos.
    pub videos: usize,
    /// The day of the first upload.
    pub from: NaiveDate,
    /// The day of the last upload.
    pub to: NaiveDate,
    /// A hash of the videos and their counts, independent of the name and the compression.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hash: String,
}

/// The accuracy of estimates of later videos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// The evaluated videos, and the inputs of the model.
    #[serde(alias = "of")]
    pub subset: String,
    /// The first day of uploads; the model was trained on earlier ones.
    pub from: NaiveDate,
    /// The last day of uploads.
    pub to: NaiveDate,
    /// The number of videos.
    pub videos: usize,
    /// The root of the mean squared error of ln(1 + views).
    pub rmsle: f64,
    /// The median of |estimate - views| / views, over videos with views.
    pub median_ape: f64,
    /// Spearman's rank correlation of estimates and views; `None` if all are equal.
    pub spearman: Option<f64>,
    /// The share of videos inside their 80 % interval.
    pub coverage: f64,
    /// RMSLE of the baseline: the median of earlier videos.
    pub median_rmsle: f64,
    /// RMSLE of the baseline that is linear in ln(1 + subscribers).
    pub line_rmsle: Option<f64>,
}

impl ModelFile {
    /// Parses and validates a file.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        #[derive(Deserialize)]
        struct Versioned {
            format: u32,
        }
        let Versioned { format: found } = serde_json::from_slice(bytes)?;
        if found != FORMAT {
            return Err(ModelError::Format { found, expected: FORMAT });
        }
        let file: Self = serde_json::from_slice(bytes)?;
        file.content.check()?;
        if !(0.0..=MAX_TITLE_SPREAD).contains(&file.title_spread) {
            return Err(Invalid("it is outside [0, 3]").at("title_spread"));
        }
        file.history.check().map_err(|invalid| invalid.at("history"))?;
        for early in file.early_of_inputs.iter().chain([&file.early]) {
            early.check().map_err(|invalid| invalid.at("early"))?;
        }
        if file.early.inputs != Inputs::NONE {
            return Err(Invalid("it has inputs").at("early"));
        }
        file.general.check("general")?;
        file.trending.iter().try_for_each(TrendingModel::check)?;
        Ok(file)
    }

    /// Serializes to indented JSON, with the numbers of an array on one line.
    pub fn write(&self) -> Result<String, ModelError> {
        let mut bytes = Vec::new();
        let formatter = InlineArrays(PrettyFormatter::new());
        self.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, formatter))?;
        bytes.push(b'\n');
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// Indents objects only.
struct InlineArrays(PrettyFormatter<'static>);

impl Formatter for InlineArrays {
    fn begin_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}
