//! `createtrend train`: fits a model to prepared files, to the database, or to both, and writes it
//! to a file. The result is deterministic.
//!
//! | module | contents |
//! |---|---|
//! | `general` | the model of any videos |
//! | `trending` | the model of videos on the trending list |
//! | `early` | the growth of published videos after their first counts |
//! | `effects`, `ridge` | parts of several models |
//! | `validation`, `comparison` | scores on later videos, of the new and of the current model |

mod comparison;
mod constants;
mod early;
mod effects;
mod error;
mod fit;
mod general;
mod ridge;
mod split;
mod trending;
mod validation;

pub use comparison::ModelComparison;
pub use error::TrainError;

use crate::samples::{Sample, SampleKind, Samples, read_sources};
use common::settings::PostgresSettings;
use forecast::{Model, ModelFile, Score, Training, TrainingSource};
use futures_util::{FutureExt, future::BoxFuture};
use ingest::progress::{Progress, Unit};
use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

/// Sources and output of a training.
#[derive(Debug, Clone)]
pub struct TrainOptions {
    /// Prepared files, plain or gzip.
    pub files: Vec<PathBuf>,
    /// The database, as an additional source.
    pub tables: Option<PostgresSettings>,
    /// The model file to write.
    pub out: PathBuf,
    /// The first part of the model's version.
    pub name: String,
    /// Replace this model only if the new one is better on the newest uploads.
    pub if_better_than: Option<Model>,
}

/// The result of a training. Its `Display` is the report for the operator.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainSummary {
    /// The model's version.
    pub version: String,
    /// Sources, and scores on later videos.
    pub training: Training,
    /// The comparison with the current model, if requested.
    pub comparison: Option<ModelComparison>,
    /// The reason that the models were not compared and the current one was kept.
    pub not_compared: Option<String>,
    /// The version of the current model if its part for videos of the trending list was kept, because the
    /// sources have no such videos.
    pub former_trending: Option<String>,
}

impl TrainSummary {
    /// The result if the current model is kept.
    fn unchanged(
        version: &str,
        comparison: Option<ModelComparison>,
        not_compared: Option<String>,
    ) -> Self {
        Self {
            version: version.to_owned(),
            training: Training::default(),
            comparison,
            not_compared,
            former_trending: None,
        }
    }
}

/// Trains a model and writes its file.
pub fn train<'a>(
    options: &'a TrainOptions,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<TrainSummary, TrainError>> {
    async move {
        check_name(&options.name)?;
        check_writable(&options.out)?;
        let sources = read_sources(&options.files, options.tables.as_ref(), progress).await?;
        if sources.is_empty() {
            return Err(TrainError::NoSource);
        }
        let samples: Vec<&Sample> = sources.iter().flat_map(|source| &source.videos).collect();
        let mut comparison = match &options.if_better_than {
            Some(current) => match comparison::compare(current, &samples, &options.name) {
                Err(error @ TrainError::TooFewNew { .. }) => {
                    let reason = error.to_string();
                    return Ok(TrainSummary::unchanged(current.version(), None, Some(reason)));
                }
                compared => Some(compared?),
            },
            None => None,
        };
        if let Some(comparison) = comparison.as_ref().filter(|comparison| !comparison.is_better) {
            comparison::record(&options.out, comparison)?;
            let current = &comparison.current;
            return Ok(TrainSummary::unchanged(current, Some(comparison.clone()), None));
        }
        let mut task = progress.start("training", Unit::Rows, validation::SPLITS + 1);
        let validation = validation::validate(&samples, || task.advance(1))?;
        let former = options.if_better_than.as_ref();
        let mut file =
            fit::fit_model(&samples, former.and_then(|former| former.file().trending.as_ref()))?;
        task.finish();
        file.name.clone_from(&options.name);
        file.training =
            Training { sources: sources.iter().filter_map(describe).collect(), validation };
        let model = Model::new(&file)?;
        write(&options.out, &file)?;
        let version = model.version().to_owned();
        if let Some(comparison) = &mut comparison {
            comparison.new.clone_from(&version);
            comparison::record(&options.out, comparison)?;
        }
        let is_former = |former: &&Model| {
            former.file().trending.is_some()
                && samples.iter().all(|sample| sample.kind == SampleKind::General)
        };
        let former_trending = former.filter(is_former).map(|former| former.version().to_owned());
        let training = file.training;
        Ok(TrainSummary { version, training, comparison, not_compared: None, former_trending })
    }
    .boxed()
}

fn check_name(name: &str) -> Result<(), TrainError> {
    let usable = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let fits = (1..=40).contains(&name.len()) && name.bytes().all(usable);
    if fits { Ok(()) } else { Err(TrainError::Name) }
}

fn describe(source: &Samples) -> Option<TrainingSource> {
    let days = || source.videos.iter().map(|sample| sample.plan.upload.day);
    let (name, hash) = (source.name.clone(), source.hash.clone());
    let videos = source.videos.len();
    Some(TrainingSource { name, videos, from: days().min()?, to: days().max()?, hash })
}

/// Fails before the training if its result could not be written.
fn check_writable(path: &Path) -> Result<(), TrainError> {
    let temporary = path.with_extension("part");
    let created = fs::write(&temporary, "").and_then(|()| fs::remove_file(&temporary));
    created.map_err(|source| TrainError::Unwritable { file: path.to_owned(), source })
}

/// Replaces the file atomically.
fn write(path: &Path, file: &ModelFile) -> Result<(), TrainError> {
    let unwritable = |source| TrainError::Unwritable { file: path.to_owned(), source };
    let temporary = path.with_extension("part");
    fs::write(&temporary, file.write()?).map_err(unwritable)?;
    fs::rename(&temporary, path).map_err(unwritable)
}

impl fmt::Display for TrainSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reason) = &self.not_compared {
            return write!(f, "{reason}\nmodel {} is kept", self.version);
        }
        if let Some(comparison) = &self.comparison {
            writeln!(f, "{comparison}")?;
            if !comparison.is_better {
                return write!(f, "model {} is kept", self.version);
            }
        }
        for source in &self.training.sources {
            let TrainingSource { name, videos, from, to: until, .. } = source;
            writeln!(f, "{name}: {videos} videos of {from} to {until}")?;
        }
        if let Some(version) = &self.former_trending {
            writeln!(f, "without videos of the trending list: their model of {version} is kept")?;
        }
        writeln!(f, "validation on later videos, with models trained on earlier ones:")?;
        for score in &self.training.validation {
            let Score { subset, from, to: until, videos, rmsle, coverage, .. } = score;
            let (rank, inside) = (score.spearman.unwrap_or_default(), coverage * 100.0);
            writeln!(
                f,
                "  {subset}: {videos} videos of {from} to {until}: RMSLE {rmsle:.3}, Spearman {rank:.3}, {inside:.1} % inside the interval"
            )?;
        }
        write!(f, "model {}", self.version)
    }
}
