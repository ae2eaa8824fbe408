//! Reading files in chunks, on a blocking thread.

use super::{
    error::ImportError,
    inputs::{ImportFile, UndatedRows},
};
use crate::files::{ParsedRow, RowIssue, Table, TableRow};
use std::{io::BufRead, path::Path, sync::Arc};
use tokio::{
    sync::mpsc::{Receiver, Sender, channel},
    task::spawn_blocking,
};

/// Chunks in the channel; with the one being filled and the one being loaded, at most three
/// are in memory.
const QUEUED_CHUNKS: usize = 1;

const MAX_CHUNK_BYTES: usize = 16 << 20;

const MAX_CHUNK_ISSUES: usize = 1_000;

/// Consecutive rows of one file.
pub(super) struct Chunk<T> {
    pub file: Arc<Path>,
    pub rows: Vec<T>,
    /// Rows with issues.
    pub issues: Vec<RowIssues>,
    /// Valid rows with nothing to store.
    pub ignored_rows: u64,
    /// `null` elements of JSON.
    pub nulls: u64,
    /// Bytes of all files read so far.
    pub position: u64,
}

/// The issues of a row.
pub(super) struct RowIssues {
    pub line: u64,
    /// Its position in JSON.
    pub entry: Option<String>,
    pub issues: Vec<RowIssue>,
}

/// Reads `files` in order. The thread ends when the receiver is dropped.
pub(super) fn read<T: TableRow>(
    files: Vec<ImportFile>,
    rows: usize,
) -> Receiver<Result<Chunk<T>, ImportError>> {
    let (sender, receiver) = channel(QUEUED_CHUNKS);
    spawn_blocking(move || {
        let mut previous_bytes = 0;
        for file in files {
            let mut table = match Table::<T>::open(&file.input, file.options) {
                Ok(table) => table,
                Err(error) => return drop(sender.blocking_send(Err(error.into()))),
            };
            let position = |table: &Table<T>| previous_bytes + table.position();
            if !send_all(&mut table, &file.input.name, rows, position, &sender) {
                return;
            }
            previous_bytes += table.position();
        }
    });
    receiver
}

/// Sends all rows of a table. False if the receiver was dropped.
pub(super) fn send_all<T: TableRow, R: BufRead>(
    table: &mut Table<T, R>,
    file: &Path,
    rows: usize,
    position: impl Fn(&Table<T, R>) -> u64,
    sender: &Sender<Result<Chunk<T>, ImportError>>,
) -> bool {
    let file: Arc<Path> = Arc::from(file);
    let mut undated = UndatedRows::new(table.default_observation());
    loop {
        let mut chunk = Chunk {
            file: Arc::clone(&file),
            rows: Vec::new(),
            issues: Vec::new(),
            ignored_rows: 0,
            nulls: 0,
            position: 0,
        };
        let more = fill(&mut chunk, table, rows, &mut undated);
        (chunk.position, chunk.nulls) = (position(table), table.take_nulls());
        if sender.blocking_send(Ok(chunk)).is_err() {
            return false;
        }
        if !more {
            return true;
        }
    }
}

/// Adds rows until the chunk is full. False at the end of the table.
fn fill<T: TableRow, R: BufRead>(
    chunk: &mut Chunk<T>,
    table: &mut Table<T, R>,
    rows: usize,
    undated: &mut UndatedRows,
) -> bool {
    let mut bytes = 0;
    while chunk.rows.len() + usize::try_from(chunk.ignored_rows).unwrap_or(usize::MAX) < rows
        && chunk.issues.len() < MAX_CHUNK_ISSUES
        && bytes < MAX_CHUNK_BYTES
    {
        let Some(parsed) = table.next_row() else {
            return false;
        };
        chunk.ignored_rows += u64::from(parsed.row.is_none() && parsed.issues.is_empty());
        let ParsedRow { line, entry, row, mut issues } = parsed;
        let repeated = row.as_ref().and_then(|row| undated.add(row));
        issues.extend(repeated.map(|id| RowIssue::RepeatedVideo { id }));
        if !issues.is_empty() {
            chunk.issues.push(RowIssues { line, entry, issues });
        }
        if let Some(row) = row {
            bytes += row.memory_bytes();
            chunk.rows.push(row);
        }
    }
    true
}

#[cfg(test)]
mod tests;
