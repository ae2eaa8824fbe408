//! Reading without storing.

use super::{
    assemble::{Uploads, assemble},
    error::ImportError,
    video_row::VideoRow,
};
use crate::files::Table;
use chrono::TimeDelta;
use std::{io::BufRead, path::Path};

/// Reads what a file of the trending data set holds as an import does, and stores nothing:
/// how many of its rows are good, and how many bad.
pub fn read_rows(content: impl BufRead) -> Result<(usize, usize), ImportError> {
    let mut table = Table::<VideoRow, _>::read(Path::new("-"), content)?;
    let (mut good, mut bad) = (Vec::new(), 0);
    while let Some(parsed) = table.next() {
        match parsed.row {
            Some(row) => good.push(row),
            None => bad += 1,
        }
    }
    let count = good.len();
    assemble(good, &Uploads::default(), TimeDelta::days(1));
    Ok((count, bad))
}
