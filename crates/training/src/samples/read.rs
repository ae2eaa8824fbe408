//! Reading prepared files.

use super::{Sample, daily::OLDEST_FIRST_SEEN, past::fill_past, row::Row};
use common::settings::SettingsError;
use ingest::{
    files::{FileError, Reports, Table},
    progress::{Progress, Unit},
};
use std::{collections::BTreeMap, fs, path::Path};

/// Why samples cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A file cannot be read, or is of neither format.
    #[error(transparent)]
    File(#[from] FileError),
    /// A setting is missing or wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// PostgreSQL does not answer in time.
    #[error("PostgreSQL: no answer in time")]
    NoAnswer,
    /// PostgreSQL rejects the query.
    #[error("PostgreSQL: {}; is the database migrated? (`createtrend migrate`)", plain(.0))]
    Tables(#[from] tokio_postgres::Error),
}

/// The error with its cause: the error itself only says "db error".
fn plain(error: &tokio_postgres::Error) -> String {
    use std::error::Error;
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}

/// The videos of one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    /// The source's name, without folders.
    pub name: String,
    /// The videos, in the order of the source.
    pub videos: Vec<Sample>,
    /// Valid rows.
    pub rows: u64,
    /// Rows that were reported and skipped.
    pub bad_rows: u64,
    /// Videos skipped because they were first seen too long after their upload.
    pub seen_late: u64,
}

/// Reads prepared files, plain or gzip, of either format. Bad rows are reported to
/// `progress` with line and reason, and skipped.
pub fn read_files(
    files: &[impl AsRef<Path>],
    progress: &dyn Progress,
) -> Result<Vec<Samples>, SampleError> {
    files.iter().map(|file| read_file(file.as_ref(), progress)).collect()
}

fn read_file(file: &Path, progress: &dyn Progress) -> Result<Samples, SampleError> {
    let mut table = Table::<Row>::open(file)?;
    let mut reports = Reports::to(progress, None)?;
    let size = fs::metadata(file).map_or(0, |data| data.len());
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut task = progress.start(&format!("reading {name}"), Unit::Bytes, size);
    let mut samples = Samples::of(name);
    let mut places = BTreeMap::new();
    while let Some(parsed) = table.next_row() {
        reports.add(file, parsed.line, &parsed.reasons)?;
        samples.rows += u64::from(parsed.row.is_some());
        match parsed.row {
            Some(Row::Video(_, age)) if age > OLDEST_FIRST_SEEN => samples.seen_late += 1,
            Some(Row::Video(sample, _)) => samples.videos.push(sample),
            Some(Row::Count(video, sample)) => samples.add(&mut places, video, sample),
            None => {}
        }
        task.set_position(table.position());
    }
    reports.finish()?;
    samples.bad_rows = reports.rejected;
    for sample in &mut samples.videos {
        sample.points.sort_by(|one, other| one.age.total_cmp(&other.age));
    }
    fill_past(&mut samples.videos);
    task.finish();
    Ok(samples)
}

impl Samples {
    /// A source without videos.
    pub(super) fn of(name: String) -> Self {
        Self { name, videos: Vec::new(), rows: 0, bad_rows: 0, seen_late: 0 }
    }

    /// Adds a count to its video.
    fn add(&mut self, places: &mut BTreeMap<String, usize>, video: String, sample: Sample) {
        let place = *places.entry(video).or_insert(self.videos.len());
        match self.videos.get_mut(place) {
            Some(known) => known.points.extend(sample.points),
            None => self.videos.push(sample),
        }
    }
}
