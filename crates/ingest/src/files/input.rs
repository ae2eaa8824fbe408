//! Input files: plain, in a ZIP archive, or the standard input.

use super::{error::FileError, recognize::STUDIO_EXPORT, timestamp::day_in_name};
use chrono::NaiveDate;
use std::{
    borrow::Cow,
    fs::File,
    io::{self, Read, Seek},
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::{NamedTempFile, TempPath};
use zip::{ZipArchive, result::ZipError};

const ZIP: &[u8] = b"PK\x03\x04";

/// Prefixes of member names in ZIP archives that are documents, with descriptions.
const DOCUMENTS: [(&str, &str); 5] = [
    ("xl/", "an Excel workbook: save it as `CSV UTF-8`"),
    ("content.xml", "an OpenDocument file: save the table as CSV"),
    ("Index/Document.iwa", "a spreadsheet of Apple Numbers: export it as CSV"),
    ("word/", "a Word document: import the data that it was made from"),
    ("Takeout/", "an archive of Google Takeout, which has no counts of videos"),
];

/// The file names in an export of YouTube Studio.
const STUDIO_TABLES: [&str; 6] = [
    "Table data.csv",
    "Chart data.csv",
    "Totals.csv",
    "표 데이터.csv",
    "차트 데이터.csv",
    "합계.csv",
];

/// The maximum number of names in a message.
const MAX_NAMES: usize = 5;

/// A file that can be opened several times.
#[derive(Debug, Clone)]
pub struct Input {
    /// The path, as given.
    pub name: PathBuf,
    path: PathBuf,
    /// The name of the file in its ZIP archive.
    pub(super) archive_member: Option<String>,
    /// Deletes the copy of an archive member or of the standard input.
    copied: Option<Arc<TempPath>>,
}

impl Input {
    /// Copies the content of `-`, a pipe or the data file of a ZIP archive to a temporary file.
    pub fn prepare(name: &Path) -> Result<Self, FileError> {
        let mut input = Self {
            name: name.to_owned(),
            path: name.to_owned(),
            archive_member: None,
            copied: None,
        };
        let unreadable = |source| FileError::Unreadable { file: name.to_owned(), source };
        if name == Path::new("-") {
            input.copy(io::stdin().lock()).map_err(unreadable)?;
        } else {
            let file = File::open(name).map_err(unreadable)?;
            let kind = file.metadata().map_err(unreadable)?;
            if kind.is_dir() {
                return Err(input.unusable("a folder, not a file"));
            }
            if !kind.is_file() {
                input.copy(file).map_err(unreadable)?;
            }
        }
        let mut file = File::open(&input.path).map_err(unreadable)?;
        let mut magic = Vec::new();
        (&mut file).take(ZIP.len() as u64).read_to_end(&mut magic).map_err(unreadable)?;
        if magic == ZIP {
            file.rewind().map_err(unreadable)?;
            input.unzip(file)?;
        }
        Ok(input)
    }

    /// The path of the content.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The day in the names of the file and of the file in its archive; `None` if they have several.
    pub(crate) fn day_in_names(&self) -> Option<NaiveDate> {
        let name = self.name.file_name().unwrap_or_default().to_string_lossy();
        let member = self.archive_member.as_deref().unwrap_or_default();
        day_in_name(&format!("{name}/{member}"))
    }

    /// The size of the content in bytes, before decompression.
    pub fn size(&self) -> u64 {
        self.path.metadata().map_or(0, |metadata| metadata.len())
    }

    fn copy(&mut self, mut content: impl Read) -> io::Result<()> {
        let mut copy = NamedTempFile::new()?;
        io::copy(&mut content, &mut copy)?;
        let copy = copy.into_temp_path();
        self.path = copy.to_path_buf();
        self.copied = Some(Arc::new(copy));
        Ok(())
    }

    fn unzip(&mut self, file: File) -> Result<(), FileError> {
        let damaged = |error: &dyn std::fmt::Display| {
            format!("an incomplete or damaged ZIP archive ({error})")
        };
        let mut archive = ZipArchive::new(file).map_err(|error| self.unusable(damaged(&error)))?;
        let names: Vec<String> =
            archive.file_names().filter_map(Result::ok).map(Cow::into_owned).collect();
        let member = match choose_member(names.iter().map(String::as_str)) {
            Ok(member) => member,
            Err(what) => return Err(self.unusable(what)),
        };
        let content = archive.by_name(&member).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                self.unusable("an encrypted ZIP archive: unpack it with its password")
            }
            error => self.unusable(damaged(&error)),
        })?;
        self.copy(content).map_err(|error| self.unusable(damaged(&error)))?;
        self.archive_member = Some(member);
        Ok(())
    }

    fn unusable(&self, what: impl Into<String>) -> FileError {
        FileError::Unusable { file: self.name.clone(), what: what.into() }
    }
}

/// Chooses the only CSV file in an archive, or else the only JSON file, or else the only data file.
/// The error describes the archive.
fn choose_member<'a>(names: impl Iterator<Item = &'a str>) -> Result<String, String> {
    let names: Vec<&str> = names.collect();
    for (start, what) in DOCUMENTS {
        if names.iter().any(|name| name.starts_with(start)) {
            return Err(what.to_owned());
        }
    }
    let is_studio =
        |name: &&&str| STUDIO_TABLES.iter().any(|table| name.rsplit('/').next() == Some(*table));
    if names.iter().filter(is_studio).count() > 1 {
        return Err(STUDIO_EXPORT.to_owned());
    }
    let is_system_file = |name: &str| {
        name.starts_with("__MACOSX/")
            || name.rsplit('/').next().is_some_and(|base| base.starts_with('.'))
    };
    let files = |extensions: &[&str]| -> Vec<&str> {
        let has_extension = |name: &str| {
            let name = name.to_lowercase();
            let name = name.strip_suffix(".gz").unwrap_or(&name);
            extensions.iter().any(|extension| name.ends_with(extension))
        };
        let is_data = |name: &&str| !is_system_file(name) && has_extension(name);
        names.iter().copied().filter(is_data).collect()
    };
    let tables = files(&[".csv", ".tsv"]);
    let json = files(&[".json", ".jsonl", ".ndjson"]);
    let data = files(&[".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".txt"]);
    match (tables.as_slice(), json.as_slice(), data.as_slice()) {
        ([member], ..) | ([], [member], _) | ([], [], [member]) => Ok((*member).to_owned()),
        ([], [], []) => Err("a ZIP archive without a CSV or JSON file".to_owned()),
        _ => {
            let shown = data.iter().take(MAX_NAMES).copied().collect::<Vec<_>>().join(", ");
            let more = if data.len() > MAX_NAMES { ", …" } else { "" };
            Err(format!(
                "a ZIP archive of {} data files ({shown}{more}): unpack it and import the files \
                 that you need",
                data.len()
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(names: &[&str]) -> Result<String, String> {
        choose_member(names.iter().copied())
    }

    #[test]
    fn only_data_file_of_archive_is_chosen() {
        let member = |name: &str| Ok(name.to_owned());
        assert_eq!(chosen(&["a.csv"]), member("a.csv"));
        assert_eq!(
            chosen(&["data/", "data/KR.CSV", "__MACOSX/data/._KR.csv", "data/.x.csv", "README.md"]),
            member("data/KR.CSV")
        );
        assert_eq!(chosen(&["KR.csv", "KR_category_id.json"]), member("KR.csv"));
        assert_eq!(chosen(&["videos.jsonl.gz"]), member("videos.jsonl.gz"));
        assert_eq!(chosen(&["README.txt", "videos.json"]), member("videos.json"));
        assert_eq!(chosen(&["videos.txt"]), member("videos.txt"));
    }

    #[test]
    fn archive_without_single_data_file_is_rejected() {
        assert!(chosen(&["a.csv", "b.csv"]).unwrap_err().contains("2 data files (a.csv, b.csv)"));
        assert!(chosen(&["a.png"]).unwrap_err().contains("without a CSV"));
        assert!(chosen(&["[Content_Types].xml", "xl/workbook.xml"]).unwrap_err().contains("Excel"));
        assert!(chosen(&["Table data.csv", "Totals.csv"]).unwrap_err().contains("YouTube Studio"));
        assert!(chosen(&["Takeout/YouTube/history/a.json"]).unwrap_err().contains("Takeout"));
    }
}
