//! Whether this process can send requests: stopped buckets and a rejected key.

use crate::round::WorkKind;
use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use std::{collections::HashMap, sync::Arc};
use youtube::Bucket;

/// Delay after the second failure in a row, doubled for each further one.
const MIN_RETRY_DELAY: TimeDelta = TimeDelta::seconds(30);
const MAX_RETRY_DELAY: TimeDelta = TimeDelta::minutes(15);

/// State of the quota and the key. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct ApiStatus(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// Failures in a row of a kind of work, and when it is tried again.
    retries: HashMap<WorkKind, (u32, DateTime<Utc>)>,
    /// When stopped buckets can be used again.
    stopped: HashMap<Bucket, DateTime<Utc>>,
    /// Why no request is sent, and until when.
    halted: Option<(String, DateTime<Utc>)>,
}

impl ApiStatus {
    /// Sends no request of a bucket until `until`.
    pub(crate) fn stop(&self, bucket: Bucket, until: DateTime<Utc>) {
        self.0.lock().stopped.insert(bucket, until);
    }

    /// Sends no request until `until`.
    pub(crate) fn halt(&self, reason: String, until: DateTime<Utc>) {
        self.0.lock().halted = Some((reason, until));
    }

    /// Whether requests of a bucket can be sent.
    pub(crate) fn is_usable(&self, bucket: Bucket, now: DateTime<Utc>) -> bool {
        let mut state = self.0.lock();
        state.stopped.retain(|_, until| *until > now);
        let is_halted = state.halted.as_ref().is_some_and(|(_, until)| *until > now);
        !is_halted && !state.stopped.contains_key(&bucket)
    }

    /// Whether no request is sent because of the key.
    pub(crate) fn is_halted(&self, now: DateTime<Utc>) -> bool {
        self.0.lock().halted.as_ref().is_some_and(|(_, until)| *until > now)
    }

    /// Requests of this kind of work failed: each attempt costs quota, so that attempts during an
    /// outage become rare.
    pub(crate) fn record_failure(&self, kind: WorkKind, now: DateTime<Utc>) {
        let mut state = self.0.lock();
        let (failures, retry_at) = state.retries.entry(kind).or_insert((0, now));
        *failures += 1;
        if let Some(doublings) = failures.checked_sub(2) {
            let factor = 1 << doublings.min(8);
            *retry_at = now + (MIN_RETRY_DELAY * factor).min(MAX_RETRY_DELAY);
        }
    }

    /// Requests of this kind of work succeeded.
    pub(crate) fn record_success(&self, kind: WorkKind) {
        self.0.lock().retries.remove(&kind);
    }

    /// Whether this kind of work may be tried, after earlier failures.
    pub(crate) fn may_try(&self, kind: WorkKind, now: DateTime<Utc>) -> bool {
        self.0.lock().retries.get(&kind).is_none_or(|(_, retry_at)| *retry_at <= now)
    }

    /// Ends a halt; returns whether there was one.
    pub(crate) fn resume(&self) -> bool {
        self.0.lock().halted.take().is_some()
    }

    /// For `/health/ready`.
    pub(crate) fn check(&self) -> Result<(), String> {
        match &self.0.lock().halted {
            Some((reason, _)) => Err(reason.clone()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn delay_after_failures_doubles_until_a_success() {
        let (status, now) = (ApiStatus::default(), Utc::now());
        let mut delays = Vec::new();
        for _ in 0..9 {
            status.record_failure(WorkKind::Videos, now);
            let is_due = |seconds: &i64| {
                status.may_try(WorkKind::Videos, now + TimeDelta::seconds(*seconds))
            };
            delays.push((0..=900).find(is_due));
        }
        assert_eq!(delays, [0, 30, 60, 120, 240, 480, 900, 900, 900].map(Some));
        assert!(status.may_try(WorkKind::Channels, now));
        status.record_success(WorkKind::Videos);
        assert!(status.may_try(WorkKind::Videos, now));
    }

    #[test]
    fn stopped_bucket_is_usable_after_its_reset() {
        let (status, now) = (ApiStatus::default(), Utc::now());
        status.stop(Bucket::Units, now + TimeDelta::hours(1));
        assert!(!status.is_usable(Bucket::Units, now));
        assert!(status.is_usable(Bucket::Search, now));
        assert!(status.is_usable(Bucket::Units, now + TimeDelta::hours(1)));
        assert_eq!(status.check(), Ok(()));
    }

    #[test]
    fn rejected_key_stops_all_buckets_and_fails_the_health_check() {
        let (status, now) = (ApiStatus::default(), Utc::now());
        status.halt("the API key is invalid".into(), now + TimeDelta::minutes(10));
        assert!(Bucket::ALL.into_iter().all(|bucket| !status.is_usable(bucket, now)));
        assert_eq!(status.check(), Err("the API key is invalid".into()));
        // Tried again later; not ready until a request succeeds.
        assert!(status.is_usable(Bucket::Units, now + TimeDelta::minutes(10)));
        assert!(status.check().is_err());
        assert!(status.resume());
        assert_eq!(status.check(), Ok(()));
    }
}
