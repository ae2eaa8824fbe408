//! Reading observations without storing them.

use super::{batch_builder::build_batch, shift::Shifts, stored_videos::StoredUploadTimes};
use crate::{
    files::{FileError, ReadOptions, Table},
    load::ObservationGranularity,
    observation::VideoObservation,
};
use chrono::TimeDelta;
use std::{io::BufRead, path::Path};

/// The observations in a video file, and the number of its invalid rows.
pub fn read_observations(
    content: impl BufRead,
) -> Result<(Vec<VideoObservation>, usize), FileError> {
    let mut table =
        Table::<VideoObservation, _>::read(Path::new("-"), content, ReadOptions::default())?;
    let (mut observations, mut invalid) = (Vec::new(), 0);
    while let Some(parsed) = table.next_row() {
        match parsed.row {
            Some(observation) => observations.push(observation),
            None => invalid += usize::from(!parsed.issues.is_empty()),
        }
    }
    Ok((observations, invalid))
}

/// Processes a file up to the rows of the tables, without a database. Returns the number of
/// valid and of invalid rows.
pub fn parse_and_batch(content: impl BufRead) -> Result<(usize, usize), FileError> {
    let (observations, invalid) = read_observations(content)?;
    let valid = observations.len();
    let shifts = Shifts::new(TimeDelta::days(1), Vec::new());
    build_batch(observations, &StoredUploadTimes::default(), &shifts, ObservationGranularity::Day);
    Ok((valid, invalid))
}

#[cfg(test)]
mod tests;
