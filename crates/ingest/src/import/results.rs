//! The results of each file: the number of valid rows, and the issues of the others.

use super::{chunks::Chunk, error::ImportError};
use crate::files::{IssueReporter, RowIssue};
use std::{collections::BTreeMap, path::PathBuf};

/// The rows of a file.
#[derive(Debug, Default)]
struct FileResult {
    name: PathBuf,
    /// Valid rows.
    rows: u64,
    /// Rejected rows.
    rejected: u64,
    /// The line from which the file was not read, and the reason.
    end: Option<(u64, RowIssue)>,
    /// By kind: the number of rows, the line of the first row, and its warning.
    warnings: BTreeMap<&'static str, (u64, u64, String)>,
}

/// The rows of all files.
pub(super) struct Results<'a> {
    pub reporter: IssueReporter<'a>,
    files: Vec<FileResult>,
    /// `null` elements of JSON.
    pub nulls: u64,
}

impl<'a> Results<'a> {
    pub(super) fn new(reporter: IssueReporter<'a>) -> Self {
        Self { reporter, files: Vec::new(), nulls: 0 }
    }

    /// Reports the issues of a chunk, and counts its rows by file.
    pub(super) fn add<T>(&mut self, chunk: &Chunk<T>) -> Result<(), ImportError> {
        let name = chunk.file.to_path_buf();
        self.nulls += chunk.nulls;
        let rejected = self.reporter.rejected;
        for row in &chunk.issues {
            self.reporter.add(&chunk.file, row.line, row.entry.as_deref(), &row.issues)?;
        }
        let rejected = self.reporter.rejected - rejected;
        if self.files.last().is_none_or(|result| result.name != name) {
            self.files.push(FileResult { name, ..FileResult::default() });
        }
        let Some(result) = self.files.last_mut() else { return Ok(()) };
        result.rows += chunk.rows.len() as u64 + chunk.ignored_rows;
        result.rejected += rejected;
        for row in &chunk.issues {
            if let Some(end) = row.issues.iter().find(|issue| issue.is_incomplete()) {
                result.end = Some((row.line, end.clone()));
            }
            for warning in row.issues.iter().filter(|issue| issue.is_warning()) {
                let first = || (0, row.line, warning.to_string());
                result.warnings.entry(warning.kind()).or_insert_with(first).0 += 1;
            }
        }
        Ok(())
    }

    /// Incomplete files, and files with more rejected than valid rows.
    pub(super) fn problems(&self) -> Vec<String> {
        self.files.iter().filter_map(FileResult::problem).collect()
    }

    /// Warnings of rows that are valid but look wrong, by file and kind.
    pub(super) fn warnings(&self) -> Vec<String> {
        self.files.iter().flat_map(FileResult::warnings).collect()
    }
}

impl FileResult {
    fn problem(&self) -> Option<String> {
        let Self { rows, rejected, .. } = self;
        let name = self.name.display();
        if let Some((line, issue)) = &self.end {
            Some(format!(
                "{name}: file incomplete: line {line}: {issue}; only the {rows} valid rows before \
                 it were read"
            ))
        } else if rejected > rows {
            Some(format!("{name}: {rejected} of {} rows were rejected", rows + rejected))
        } else {
            None
        }
    }

    fn warnings(&self) -> impl Iterator<Item = String> {
        let name = self.name.display();
        self.warnings.iter().map(move |(kind, (rows, line, first))| {
            format!("warning: {name}: {kind} in {rows} rows, first on line {line}: {first}")
        })
    }
}
