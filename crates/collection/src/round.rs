//! A round of due work: its results, and what its errors mean for further work.

use crate::{collector::Collector, error::CollectError, tasks};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{FutureExt, future::LocalBoxFuture};
use ingest::import::ImportError;
use std::{fmt, ops::AddAssign};
use youtube::{Action, Bucket, next_reset};

/// Interval at which a rejected key is tried again.
const KEY_RETRY_INTERVAL: TimeDelta = TimeDelta::minutes(10);

/// A kind of work in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkKind {
    /// Checks of sources.
    Sources,
    /// Statistics of videos.
    Videos,
    /// Statistics of channels.
    Channels,
    /// Classification of Shorts.
    Shorts,
}

impl fmt::Display for WorkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sources => "sources",
            Self::Videos => "videos",
            Self::Channels => "channels",
            Self::Shorts => "Shorts",
        })
    }
}

/// Failed work, which is due again later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// A source, or a kind of work.
    pub work: String,
    /// The text of the error.
    pub reason: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.work, self.reason)
    }
}

/// The results of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectionRound {
    /// Sources that were checked.
    pub sources: usize,
    /// Videos whose statistics were read.
    pub videos: usize,
    /// Channels whose statistics were read.
    pub channels: usize,
    /// Videos that were classified as Short or not.
    pub shorts: usize,
    /// Failed work. A used-up quota is not a failure.
    pub failures: Vec<Failure>,
    /// The kinds of work that would probably fail again.
    pub failed_kinds: Vec<WorkKind>,
    /// Buckets whose quota was exhausted in this round.
    pub exhausted_buckets: Vec<Bucket>,
    /// More sources are probably overdue, whose videos are not known yet.
    pub has_overdue_sources: bool,
}

impl CollectionRound {
    /// Whether nothing was due, or nothing that the quota allows.
    pub const fn is_idle(&self) -> bool {
        self.sources == 0
            && self.videos == 0
            && self.channels == 0
            && self.shorts == 0
            && self.exhausted_buckets.is_empty()
    }
}

impl AddAssign for CollectionRound {
    fn add_assign(&mut self, other: Self) {
        self.sources += other.sources;
        self.videos += other.videos;
        self.channels += other.channels;
        self.shorts += other.shorts;
        self.failures.extend(other.failures);
        self.failed_kinds.extend(other.failed_kinds);
        self.exhausted_buckets.extend(other.exhausted_buckets);
        self.has_overdue_sources = other.has_overdue_sources;
    }
}

impl Collector {
    /// Processes a batch of each kind of due work.
    pub fn run_round(&self) -> LocalBoxFuture<'_, CollectionRound> {
        self.run_round_without(&[])
    }

    /// Processes a batch of each kind of due work that is not in `skipped`.
    pub fn run_round_without<'a>(
        &'a self,
        skipped: &'a [WorkKind],
    ) -> LocalBoxFuture<'a, CollectionRound> {
        async move {
            let mut round = CollectionRound::default();
            let now = self.clock.now();
            let is_wanted = |kind| !skipped.contains(&kind) && self.status.may_try(kind, now);
            if self.status.is_halted(now) {
                return round;
            }
            if let Err(error) = self.check_data_kind().await {
                self.add_error("all work", &error, &mut round);
                return round;
            }
            // Feeds cost no quota; a chart or playlist that does is postponed.
            if is_wanted(WorkKind::Sources) {
                let sources = tasks::check_sources(self, &mut round).await;
                round.sources = self.apply_result(WorkKind::Sources, sources, &mut round);
            }
            if is_wanted(WorkKind::Videos) {
                let videos = tasks::check_videos(self, round.has_overdue_sources).await;
                round.videos = self.apply_result(WorkKind::Videos, videos, &mut round);
            }
            if is_wanted(WorkKind::Channels) && self.status.is_usable(Bucket::Units, now) {
                let channels = tasks::check_channels(self).await;
                round.channels = self.apply_result(WorkKind::Channels, channels, &mut round);
            }
            if is_wanted(WorkKind::Shorts) && self.status.is_usable(Bucket::Units, now) {
                let shorts = tasks::classify_shorts(self).await;
                round.shorts = self.apply_result(WorkKind::Shorts, shorts, &mut round);
            }
            round
        }
        .boxed_local()
    }

    /// Simulated and real data must not be mixed. The writer checks it again with its lock; here, no
    /// quota is used for data that cannot be stored.
    async fn check_data_kind(&self) -> Result<(), CollectError> {
        Ok(self.writer().await?.check_data_kind().await?)
    }

    /// Returns the number of processed rows; 0 after an error.
    fn apply_result(
        &self,
        kind: WorkKind,
        result: Result<usize, CollectError>,
        round: &mut CollectionRound,
    ) -> usize {
        match result {
            Ok(count) => {
                if count > 0 {
                    self.status.record_success(kind);
                }
                let is_halted = self.status.is_halted(self.clock.now());
                if count > 0 && !is_halted && self.status.resume() {
                    self.metrics.halted.set(0);
                }
                count
            }
            Err(error) => {
                if self.add_error(&kind.to_string(), &error, round) {
                    round.failed_kinds.push(kind);
                    if matches!(error, CollectError::YouTube(_)) {
                        self.status.record_failure(kind, self.clock.now());
                    }
                }
                0
            }
        }
    }

    /// Handles an error of `work`, and adds it to the results of the round. Returns whether it is a
    /// failure, not a quota that is used up.
    pub(crate) fn add_error(
        &self,
        work: &str,
        error: &CollectError,
        round: &mut CollectionRound,
    ) -> bool {
        let bucket = error.stopped_bucket();
        if let Some(bucket) = bucket {
            if self.status.is_usable(bucket, self.clock.now()) {
                round.exhausted_buckets.push(bucket);
            }
        } else {
            let (work, reason) = (work.to_owned(), error.to_string());
            round.failures.push(Failure { work, reason });
        }
        self.handle_error(work, error);
        bucket.is_none()
    }

    fn handle_error(&self, work: &str, error: &CollectError) {
        self.metrics.count_error(error.kind());
        let now = self.clock.now();
        let error = match error {
            CollectError::YouTube(error) => error,
            CollectError::Write(ImportError::MixedData { .. }) => {
                return self.halt(error.to_string(), now);
            }
            error => {
                tracing::warn!(work, "collection task failed: {error}");
                return;
            }
        };
        match error.action() {
            Action::StopBucket(bucket) => {
                let reset = next_reset(now);
                if self.status.is_usable(bucket, now) {
                    tracing::warn!(%bucket, %reset, "quota bucket exhausted: {error}");
                }
                self.status.stop(bucket, reset);
            }
            Action::Halt => self.halt(error.to_string(), now),
            Action::Skip | Action::RetryLater => tracing::warn!(work, "request failed: {error}"),
        }
    }

    /// Stops requests until an operator has solved the problem.
    fn halt(&self, reason: String, now: DateTime<Utc>) {
        tracing::error!("collection halted: {reason}");
        self.metrics.halted.set(1);
        self.status.halt(reason, now + KEY_RETRY_INTERVAL);
    }
}
