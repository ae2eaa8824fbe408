//! Reading prepared files.

use super::{
    Sample, counting::remove_incomparable_counts, daily::MAX_FIRST_SEEN_DAYS, past::fill_past,
    row::Row,
};
use common::{error::root_cause, settings::SettingsError};
use forecast::Plan;
use ingest::{
    files::{FileError, Input, IssueReporter, ReadOptions, Table},
    progress::{Progress, Unit},
};
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Path, PathBuf},
};
use xxhash_rust::xxh3::Xxh3;

/// Reading samples failed.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A file is unreadable or has an unknown format.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file is truncated or damaged.
    #[error("{}:{line}: {reason}", .file.display())]
    Incomplete {
        /// The path of the file.
        file: PathBuf,
        /// The line after the last readable line.
        line: u64,
        /// The reason.
        reason: String,
    },
    /// A file is listed twice: its videos would count twice.
    #[error("{} is the same file as {}", .second.display(), .first.display())]
    SameFile {
        /// The path that was listed first.
        first: PathBuf,
        /// The path that was listed again.
        second: PathBuf,
    },
    /// A setting is missing or wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The connect timeout has passed.
    #[error("PostgreSQL: connection timed out")]
    TimedOut,
    /// PostgreSQL rejects the query.
    #[error("PostgreSQL: {}; is the database migrated? (`createtrend migrate`)", root_cause(.0))]
    Tables(#[from] tokio_postgres::Error),
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
    /// Rows that were reported and rejected.
    pub rejected_rows: u64,
    /// Videos that were skipped because they were first seen too long after their upload.
    pub seen_late: u64,
    /// A hash of the videos and their counts, independent of the name and the compression.
    pub hash: String,
}

/// Reads prepared files, plain or gzip, of either format. Invalid rows are reported to
/// `progress` with line and reason, and rejected; a truncated file is an error.
pub fn read_files(
    files: &[impl AsRef<Path>],
    progress: &dyn Progress,
) -> Result<Vec<Samples>, SampleError> {
    let mut known: HashMap<PathBuf, &Path> = HashMap::new();
    for file in files.iter().map(AsRef::as_ref) {
        // A missing file is reported when it is opened.
        let path = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        if let Some(first) = known.insert(path, file) {
            return Err(SampleError::SameFile { first: first.to_owned(), second: file.to_owned() });
        }
    }
    files.iter().map(|file| read_file(file.as_ref(), progress)).collect()
}

fn read_file(file: &Path, progress: &dyn Progress) -> Result<Samples, SampleError> {
    let mut table = Table::<Row>::open(&Input::prepare(file)?, ReadOptions::default())?;
    let mut reporter = IssueReporter::new(progress, None)?;
    let size = fs::metadata(file).map_or(0, |data| data.len());
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut task = progress.start(&format!("reading {name}"), Unit::Bytes, size);
    let mut samples = Samples::of(name);
    let mut indexes = BTreeMap::new();
    while let Some(parsed) = table.next_row() {
        if let Some(issue) = parsed.issues.iter().find(|issue| issue.is_incomplete()) {
            let (file, reason) = (file.to_owned(), issue.to_string());
            return Err(SampleError::Incomplete { file, line: parsed.line, reason });
        }
        reporter.add(file, parsed.line, parsed.entry.as_deref(), &parsed.issues)?;
        samples.rows += u64::from(parsed.row.is_some());
        match parsed.row {
            Some(Row::Video(_, age)) if age > MAX_FIRST_SEEN_DAYS => samples.seen_late += 1,
            Some(Row::Video(sample, _)) => samples.videos.push(sample),
            Some(Row::Count(video, sample)) => samples.add(&mut indexes, video, sample),
            None => {}
        }
        task.set_position(table.position());
    }
    reporter.finish()?;
    samples.rejected_rows = reporter.rejected;
    for sample in &mut samples.videos {
        sample.points.sort_by(|one, other| one.age.total_cmp(&other.age));
    }
    remove_incomparable_counts(&mut samples.videos);
    fill_past(&mut samples.videos);
    samples.set_hash();
    task.finish();
    Ok(samples)
}

impl Samples {
    pub(super) fn of(name: String) -> Self {
        let hash = String::new();
        Self { name, videos: Vec::new(), rows: 0, rejected_rows: 0, seen_late: 0, hash }
    }

    /// Computes the hash of the videos.
    pub(super) fn set_hash(&mut self) {
        let mut hasher = Xxh3::new();
        for Sample { plan, channel, points, .. } in &self.videos {
            let Plan { subscribers, upload, category, uploads, is_short, title, .. } = plan;
            let known = (subscribers, upload, category, uploads, is_short, title);
            hasher.update(format!("{known:?} {channel:?} {points:?}\n").as_bytes());
        }
        self.hash = format!("{:016x}", hasher.digest());
    }

    fn add(&mut self, indexes: &mut BTreeMap<String, usize>, video: String, sample: Sample) {
        let index = *indexes.entry(video).or_insert(self.videos.len());
        match self.videos.get_mut(index) {
            Some(known) => known.points.extend(sample.points),
            None => self.videos.push(sample),
        }
    }
}
