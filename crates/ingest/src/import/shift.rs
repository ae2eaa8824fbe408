//! The shift of times of an import.

use super::{
    ImportOptions, chunks::read, error::ImportError, inputs::ImportFiles,
    stored_videos::find_stored_videos,
};
use crate::{
    observation::VideoObservation,
    progress::{Progress, Unit},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::time::seoul_day;
use tokio_postgres::GenericClient;

const RECORD: &str = "INSERT INTO import_shift (days) VALUES ($1) ON CONFLICT DO NOTHING";
const LIST: &str = "SELECT days FROM import_shift ORDER BY days";

/// The shift of all times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    /// A whole number of days.
    pub by: TimeDelta,
    /// Whether it is the shift of videos that are stored already.
    pub is_reused: bool,
}

/// The shifts of stored and new videos.
#[derive(Debug, Clone, Default)]
pub(super) struct Shifts {
    /// The shift of new videos.
    new: TimeDelta,
    /// The shifts of all imports, in ascending order; videos without a shift have 0.
    known: Vec<TimeDelta>,
}

impl Shifts {
    pub(super) fn new(new: TimeDelta, mut known: Vec<TimeDelta>) -> Self {
        known.extend([TimeDelta::zero(), new]);
        known.sort_unstable();
        Self { new, known }
    }

    /// The shift of a video. For a stored video, the known shift that is nearest to the difference
    /// between its stored and its actual upload time.
    pub(super) fn for_video(
        &self,
        stored: Option<DateTime<Utc>>,
        published: DateTime<Utc>,
    ) -> TimeDelta {
        let Some(stored) = stored else { return self.new };
        let distance = |by: &TimeDelta| (stored - published - *by).abs();
        self.known.iter().copied().min_by_key(distance).unwrap_or_default()
    }
}

/// The newest times in files.
#[derive(Debug, Default)]
pub(super) struct Newest {
    day: Option<NaiveDate>,
    /// The newest observation or publication.
    time: Option<DateTime<Utc>>,
    /// The newest shifted time of stored videos, with its shift.
    shifted: Option<(DateTime<Utc>, TimeDelta)>,
    /// The shift of the first stored video.
    reused_shift: Option<TimeDelta>,
    /// The rows of new videos.
    new_rows: u64,
}

/// Chooses the shift of `--shift-to-now`, and records it.
///
/// The newest day of all video files becomes today, or a day before if a time would be in the
/// future; times are never moved back. If a video of the files is stored already, its shift is used
/// again, so that repeating an import on another day does not mix two shifts. Without video files,
/// the shift is the only one of earlier imports.
///
/// Also returns a warning if new videos are not shifted but stored ones are.
pub(super) async fn choose_shift(
    client: &impl GenericClient,
    options: &ImportOptions,
    files: &ImportFiles,
    progress: &dyn Progress,
) -> Result<(Shift, Shifts, Option<String>), ImportError> {
    let days = client.query(LIST, &[]).await?;
    let known: Vec<TimeDelta> =
        days.iter().map(|row| TimeDelta::days(row.get::<_, i32>(0).into())).collect();
    let mut shift = Shift { by: TimeDelta::zero(), is_reused: false };
    if !options.shift_to_now && known.is_empty() {
        return Ok((shift, Shifts::default(), None));
    }
    if options.shift_to_now && files.videos.is_empty() {
        let [by] = known[..] else { return Err(ImportError::NoSingleShift(known.len())) };
        return Ok((Shift { by, is_reused: true }, Shifts::new(by, known), None));
    }
    let shifts = Shifts::new(TimeDelta::zero(), known.clone());
    let mut task = progress.start("determining the newest day", Unit::Bytes, files.video_bytes());
    let mut chunks = read::<VideoObservation>(files.videos.clone(), options.batch_rows);
    let mut newest = Newest::default();
    while let Some(chunk) = chunks.recv().await {
        let chunk = chunk?;
        let ids = chunk.rows.iter().map(|row| row.video_id.as_str());
        let stored = find_stored_videos(client, ids).await?.uploads;
        for row in &chunk.rows {
            newest.add(row, stored.get(&row.video_id).copied(), &shifts);
        }
        task.set_position(chunk.position);
    }
    task.finish();
    if options.shift_to_now {
        let by = newest.reused_shift.unwrap_or_else(|| newest.shift_to(options.now));
        shift = Shift { by, is_reused: newest.reused_shift.is_some() };
    }
    newest.check(shift.by, options.now)?;
    if shift.by > TimeDelta::zero() {
        let days = i32::try_from(shift.by.num_days()).unwrap_or(i32::MAX);
        client.execute(RECORD, &[&days]).await?;
    }
    let warning = newest.warning(shift.by);
    Ok((shift, Shifts::new(shift.by, known), warning))
}

impl Newest {
    pub(super) fn add(
        &mut self,
        row: &VideoObservation,
        stored: Option<DateTime<Utc>>,
        shifts: &Shifts,
    ) {
        let time = row.observed.max(row.published);
        if stored.is_some() {
            let by = shifts.for_video(stored, row.published);
            self.reused_shift.get_or_insert(by);
            if by > TimeDelta::zero() {
                self.shifted = self.shifted.max(Some((time + by, by)));
            }
        } else {
            self.new_rows += 1;
            self.day = self.day.max(Some(seoul_day(row.observed)));
            self.time = self.time.max(Some(time));
        }
    }

    /// The shift of `--shift-to-now` into an empty database.
    pub(super) fn shift_to(&self, now: DateTime<Utc>) -> TimeDelta {
        let by_day = self.day.map(|day| seoul_day(now) - day);
        let by_time = self.time.map(|time| TimeDelta::days((now - time).num_days()));
        by_day.min(by_time).unwrap_or_default().max(TimeDelta::zero())
    }

    /// A warning if new videos are not shifted, but stored ones are.
    fn warning(&self, by: TimeDelta) -> Option<String> {
        let (_, known) = self.shifted.filter(|_| by.is_zero() && self.new_rows > 0)?;
        Some(format!(
            "warning: {} rows of new videos are not shifted, but the stored videos of these files were, \
             by {} days: import such files with --shift-to-now from the start",
            self.new_rows,
            known.num_days()
        ))
    }

    /// Checks that no shifted time is in the future.
    fn check(&self, by: TimeDelta, now: DateTime<Utc>) -> Result<(), ImportError> {
        let new = self.time.filter(|_| by > TimeDelta::zero()).map(|time| (time + by, by));
        match new.max(self.shifted) {
            Some((newest, by)) if newest > now => Err(ImportError::ShiftedIntoFuture {
                days: by.num_days(),
                newest: seoul_day(newest),
            }),
            _ => Ok(()),
        }
    }
}
