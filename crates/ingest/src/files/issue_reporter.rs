//! Reports of rejected and repaired rows.

use super::{error::FileError, row_issue::RowIssue};
use crate::progress::Progress;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// The maximum number of issues that are shown; others are counted by kind.
const MAX_MESSAGES: u64 = 20;

/// Reports the issues of rows, and counts rejected and repaired rows.
pub struct IssueReporter<'a> {
    progress: &'a dyn Progress,
    rejects: Option<(PathBuf, BufWriter<File>)>,
    shown: u64,
    suppressed: BTreeMap<&'static str, u64>,
    /// The number of rejected rows.
    pub rejected: u64,
    /// The number of rows that were repaired and imported.
    pub repaired: u64,
}

impl<'a> IssueReporter<'a> {
    /// Shows the first issues on `progress`, and writes all to the rejects file `rejects`.
    pub fn new(progress: &'a dyn Progress, rejects: Option<&Path>) -> Result<Self, FileError> {
        let open = |path: &Path| match File::create(path) {
            Ok(file) => Ok((path.to_owned(), BufWriter::new(file))),
            Err(source) => Err(FileError::Rejects { file: path.to_owned(), source }),
        };
        let rejects = rejects.map(open).transpose()?;
        let suppressed = BTreeMap::new();
        Ok(Self { progress, rejects, shown: 0, suppressed, rejected: 0, repaired: 0 })
    }

    /// Reports the issues of the row that starts on `line` of `source`; `entry` is its position in
    /// JSON. Warnings are not reported per row.
    pub fn add(
        &mut self,
        source: &Path,
        line: u64,
        entry: Option<&str>,
        issues: &[RowIssue],
    ) -> Result<(), FileError> {
        if issues.iter().all(RowIssue::is_row_imported) {
            self.repaired += u64::from(!issues.iter().all(RowIssue::is_warning));
        } else {
            self.rejected += 1;
        }
        let entry = entry.map(|entry| format!("{entry}: ")).unwrap_or_default();
        for issue in issues.iter().filter(|issue| !issue.is_warning()) {
            let suffix = if issue.is_row_imported() { "; the row is imported" } else { "" };
            let message = format!("{}:{line}: {entry}{issue}{suffix}", source.display());
            if let Some((path, file)) = &mut self.rejects {
                writeln!(file, "{message}").map_err(|source| failed(path, source))?;
            }
            if self.shown < MAX_MESSAGES {
                self.shown += 1;
                self.progress.message(&message);
            } else {
                *self.suppressed.entry(issue.kind()).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Shows the number of other issues by kind, and flushes the rejects file.
    pub fn finish(&mut self) -> Result<(), FileError> {
        for (kind, count) in std::mem::take(&mut self.suppressed) {
            self.progress.message(&format!("and {count} more: {kind}"));
        }
        if let Some((path, file)) = &mut self.rejects {
            file.flush().map_err(|source| failed(path, source))?;
        }
        Ok(())
    }
}

fn failed(path: &Path, source: std::io::Error) -> FileError {
    FileError::Rejects { file: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::NoProgress;

    #[test]
    fn issues_are_written_to_rejects_file_and_counted_per_row() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects");
        let progress = NoProgress;
        let mut reporter = IssueReporter::new(&progress, Some(&path)).unwrap();
        for line in 1..=25 {
            reporter.add(Path::new("a.csv"), line, None, &[RowIssue::UnclosedQuote]).unwrap();
        }
        let repairs = [RowIssue::LongTag { length: 101 }, RowIssue::LongTag { length: 150 }];
        reporter.add(Path::new("a.csv"), 30, Some("element 1"), &repairs).unwrap();
        assert_eq!((reporter.rejected, reporter.repaired), (25, 1));
        assert_eq!(reporter.suppressed["unclosed quote"], 5);
        reporter.finish().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 27);
        assert!(text.starts_with("a.csv:1: a quote is opened and never closed\n"));
        assert!(text.ends_with(
            "a.csv:30: element 1: a tag of 150 characters is removed; the row is imported\n"
        ));
    }
}
