//! Preparation of the files of an import.

use super::{ImportOptions, error::ImportError};
use crate::{
    files::{
        DateOrder, FileError, Format, Input, ReadOptions, RowContext, Table, TableRow, join_names,
    },
    observation::{ChannelObservation, VideoObservation},
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use common::time::seoul_day;
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    os::unix::fs::MetadataExt,
    path::Path,
};

/// The maximum number of rows that are searched for several days.
const MAX_CHECKED_ROWS: usize = 200_000;

/// A file that was checked, with the options for reading it.
#[derive(Debug, Clone)]
pub(super) struct ImportFile {
    pub input: Input,
    pub options: ReadOptions,
}

/// The files of an import.
pub(super) struct ImportFiles {
    pub videos: Vec<ImportFile>,
    pub channels: Option<ImportFile>,
    /// Descriptions of the files, for the operator.
    pub descriptions: Vec<String>,
    /// Video files contain subscribers of channels.
    pub has_subscribers: bool,
}

impl ImportFiles {
    /// Opens every file, to fail before anything is imported.
    pub(super) fn prepare(options: &ImportOptions) -> Result<Self, ImportError> {
        let tomorrow = seoul_day(options.now) + Days::new(1);
        if let Some(day) = options.date.filter(|day| *day > tomorrow) {
            return Err(ImportError::FutureDate(day));
        }
        let mut inputs = options.files.iter().chain(&options.channels);
        if inputs.clone().filter(|input| *input == Path::new("-")).count() > 1 {
            return Err(ImportError::RepeatedStandardInput);
        }
        if let Some(rejects) = &options.rejects
            && inputs.any(|input| is_same_file(input, rejects))
        {
            return Err(ImportError::RejectsIsInput(rejects.clone()));
        }
        let mut descriptions = Vec::new();
        let mut has_subscribers = false;
        let mut videos = Vec::new();
        for name in &options.files {
            let (file, table) = open::<VideoObservation>(name, options, options.format)?;
            if options.date.is_none() && !table.has_observation_date() {
                check_days::<VideoObservation>(&file)?;
            }
            has_subscribers |= table.has_subscribers();
            descriptions.push(describe(&file, &table, options.date));
            videos.push(file);
        }
        let mut channels = None;
        if let Some(name) = &options.channels {
            let (file, table) = open::<ChannelObservation>(name, options, None)?;
            descriptions.push(describe(&file, &table, options.date));
            channels = Some(file);
        }
        Ok(Self { videos, channels, descriptions, has_subscribers })
    }

    /// The size of all video files in bytes.
    pub(super) fn video_bytes(&self) -> u64 {
        self.videos.iter().map(|file| file.input.size()).sum()
    }
}

/// Whether two paths are one existing file, also through links.
fn is_same_file(first: &Path, second: &Path) -> bool {
    let identity = |path: &Path| path.metadata().map(|file| (file.dev(), file.ino())).ok();
    identity(first).is_some_and(|first| identity(second) == Some(first))
}

fn open<T: TableRow>(
    name: &Path,
    options: &ImportOptions,
    format: Option<Format>,
) -> Result<(ImportFile, Table<T>), ImportError> {
    let last_day = seoul_day(options.now) + Days::new(1);
    let input = Input::prepare(name)?;
    let day = options.date.or_else(|| input.day_in_names().filter(|day| *day <= last_day));
    let context = RowContext {
        observed: day.map(|day| day.and_time(NaiveTime::MIN).and_utc()),
        last_day,
        ..RowContext::default()
    };
    let (encoding, separator) = (options.encoding, options.separator);
    let options = ReadOptions { format, encoding, separator, context };
    let table = Table::open(&input, options)?;
    Ok((ImportFile { input, options }, table))
}

/// An error if the day of the rows is only in the file's name, and a video occurs with different
/// views: then the rows are of several days.
fn check_days<T: TableRow>(file: &ImportFile) -> Result<(), ImportError> {
    let Some(observed) = file.options.context.observed else { return Ok(()) };
    let mut table = Table::<T>::open(&file.input, file.options)?;
    let mut undated_views = UndatedRows::new(Some(observed));
    for _ in 0..MAX_CHECKED_ROWS {
        let Some(parsed) = table.next_row() else { break };
        let Some(id) = parsed.row.and_then(|row| undated_views.add(&row)) else { continue };
        let day = observed.date_naive();
        let what = format!(
            "a file with {day} in its name, but with several days: the video {id:?} occurs with \
             different views, and no column with the day is recognized; name it collected_at, or \
             give `--date DAY` if all rows are of one day"
        );
        return Err(FileError::Unusable { file: file.input.name.clone(), what }.into());
    }
    Ok(())
}

/// Videos in the rows of a file that have no time.
pub(super) struct UndatedRows {
    default: Option<DateTime<Utc>>,
    hasher: RandomState,
    /// The hash of the id, and the views of the first row.
    videos: HashMap<u64, i64>,
}

impl UndatedRows {
    /// `default` is the time of rows without one.
    pub(super) fn new(default: Option<DateTime<Utc>>) -> Self {
        Self { default, hasher: RandomState::new(), videos: HashMap::new() }
    }

    /// Adds a row; returns the id of its video if an earlier row has other views of it.
    pub(super) fn add(&mut self, row: &impl TableRow) -> Option<String> {
        let (id, views) = row.undated_views(self.default?)?;
        let first = *self.videos.entry(self.hasher.hash_one(id)).or_insert(views);
        (first != views).then(|| id.to_owned())
    }
}

fn describe<T: TableRow>(file: &ImportFile, table: &Table<T>, date: Option<NaiveDate>) -> String {
    let name = file.input.name.display();
    let mut parts = vec![format!("{name}: {}", table.description(&file.input))];
    let is_dated = table.has_observation_date();
    let day = |time: DateTime<Utc>| time.date_naive();
    if let Some(day) = file.options.context.observed.map(day).filter(|_| !is_dated) {
        parts.push(format!("observed on {day}"));
    } else if let Some(day) = date {
        parts.push(format!("--date {day} is used only for rows without a day of observation"));
    }
    match table.date_order() {
        DateOrder::Unknown => {}
        DateOrder::DayFirst => parts.push("dates are day, month, year".to_owned()),
        DateOrder::MonthFirst => parts.push("dates are month, day, year".to_owned()),
    }
    let mut add = |label: &str, columns: Vec<String>| {
        if !columns.is_empty() {
            parts.push(format!("{label}: {}", join_names(&columns)));
        }
    };
    let is_csv = table.format() == Format::Csv;
    add(if is_csv { "columns not used" } else { "keys not used" }, table.unused_columns());
    add("repeated columns (the first one is used)", table.repeated_columns());
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        fs::{self, File},
        io::Write,
    };

    const VIDEOS: &str = "video_id,title,publishedAt,channelId,trending_date,view_count\n";

    #[test]
    fn day_in_the_name_of_an_archive_or_of_its_file_is_the_day_of_rows() {
        let folder = tempfile::tempdir().unwrap();
        let day = |archive: &str, member: &str| {
            let path = folder.path().join(archive);
            let mut writer = zip::ZipWriter::new(File::create(&path).unwrap());
            writer.start_file(member, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(VIDEOS.as_bytes()).unwrap();
            writer.finish().unwrap();
            Input::prepare(&path).unwrap().day_in_names()
        };
        let expected = NaiveDate::from_ymd_opt(2026, 11, 21);
        assert_eq!(day("a.zip", "videos-2026-11-21.csv"), expected);
        assert_eq!(day("20261121.zip", "videos.csv"), expected);
        assert_eq!(day("20261121.zip", "videos-2026-11-21.csv"), expected);
        assert_eq!(day("20261125.zip", "videos-2026-11-21.csv"), None);
    }

    #[test]
    fn imported_file_as_rejects_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let (videos, link) = (path("videos.csv"), path("link.csv"));
        fs::write(&videos, VIDEOS).unwrap();
        fs::hard_link(&videos, &link).unwrap();
        for rejects in [&videos, &path("./videos.csv"), &link] {
            let usual = ImportOptions::new(vec![videos.clone()]);
            let options = ImportOptions { rejects: Some(rejects.clone()), ..usual };
            let error = ImportFiles::prepare(&options).err().unwrap();
            assert!(matches!(error, ImportError::RejectsIsInput(_)), "{error}");
        }
        assert_eq!(fs::read_to_string(&videos).unwrap(), VIDEOS);
        for rejects in [path("new.txt"), path("other.txt")] {
            fs::write(path("other.txt"), "").unwrap();
            let usual = ImportOptions::new(vec![videos.clone()]);
            let options = ImportOptions { rejects: Some(rejects), ..usual };
            ImportFiles::prepare(&options).unwrap();
        }
    }
}
