//! Reading files on a thread of its own, a portion at a time.

use super::error::ImportError;
use crate::files::{Reason, Table, TableRow};
use std::{
    io::BufRead,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{
    sync::mpsc::{Receiver, Sender, channel},
    task::spawn_blocking,
};

/// Portions that wait for the reader's other side; with the one being filled and the one
/// being loaded, there are never more than three.
const WAITING: usize = 1;

/// A portion is full at this many bytes of texts, whatever its number of rows, ...
const FULL_BYTES: usize = 16 << 20;

/// ... or with this many reports.
const FULL_REPORTS: usize = 1_000;

/// Rows of one file that follow each other.
pub(super) struct Portion<T> {
    /// The file.
    pub file: Arc<Path>,
    /// Good rows, in their order.
    pub rows: Vec<T>,
    /// What is to be reported, by line.
    pub reports: Vec<(u64, Vec<Reason>)>,
    /// How many bytes have been read, of all files so far.
    pub position: u64,
}

/// Reads `files` one after the other. The thread ends when nobody receives any more.
pub(super) fn read<T: TableRow>(
    files: Vec<PathBuf>,
    rows: usize,
) -> Receiver<Result<Portion<T>, ImportError>> {
    let (sender, receiver) = channel(WAITING);
    spawn_blocking(move || {
        let mut before = 0;
        for file in files {
            let mut table = match Table::<T>::open(&file) {
                Ok(table) => table,
                Err(error) => return drop(sender.blocking_send(Err(error.into()))),
            };
            let position = |table: &Table<T>| before + table.position();
            if !send_all(&mut table, &file, rows, position, &sender) {
                return;
            }
            before += table.position();
        }
    });
    receiver
}

/// Sends all rows of a table. False when nobody receives them.
pub(super) fn send_all<T: TableRow, R: BufRead>(
    table: &mut Table<T, R>,
    file: &Path,
    rows: usize,
    position: impl Fn(&Table<T, R>) -> u64,
    sender: &Sender<Result<Portion<T>, ImportError>>,
) -> bool {
    let file: Arc<Path> = Arc::from(file);
    loop {
        let mut portion =
            Portion { file: Arc::clone(&file), rows: Vec::new(), reports: Vec::new(), position: 0 };
        let more = fill(&mut portion, table, rows);
        portion.position = position(table);
        if sender.blocking_send(Ok(portion)).is_err() {
            return false;
        }
        if !more {
            return true;
        }
    }
}

/// Adds rows until the portion is full. False at the end of the table.
fn fill<T: TableRow, R: BufRead>(
    portion: &mut Portion<T>,
    table: &mut Table<T, R>,
    rows: usize,
) -> bool {
    let mut bytes = 0;
    while portion.rows.len() < rows && portion.reports.len() < FULL_REPORTS && bytes < FULL_BYTES {
        let Some(parsed) = table.next() else {
            return false;
        };
        if !parsed.reasons.is_empty() {
            portion.reports.push((parsed.line, parsed.reasons));
        }
        if let Some(row) = parsed.row {
            bytes += row.size();
            portion.rows.push(row);
        }
    }
    true
}

#[cfg(test)]
#[path = "portions_tests.rs"]
mod tests;
