//! Metrics of a collector.

use crate::queries::{
    quota::UsageRow,
    status::{Backlog, SourceKindStatus},
};
use chrono::{DateTime, Utc};
use prometheus::{
    IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, core::Collector as Metric,
};
use youtube::{Bucket, Limits};

/// The collectors of `/metrics`. Clones share them.
#[derive(Clone)]
pub(crate) struct Metrics {
    errors: IntCounterVec,
    pub observations: IntCounter,
    pub discovered: IntCounter,
    used: IntGaugeVec,
    limit: IntGaugeVec,
    due: IntGauge,
    delay: IntGauge,
    sources: IntGaugeVec,
    failing: IntGaugeVec,
    last_success: IntGaugeVec,
    pub halted: IntGauge,
}

impl Metrics {
    pub(crate) fn new(limits: &Limits) -> Result<Self, prometheus::Error> {
        let counters = |name: &str, help: &str, label| {
            IntCounterVec::new(Opts::new(format!("createtrend_collector_{name}"), help), &[label])
        };
        let gauges = |name: &str, help: &str, label| {
            IntGaugeVec::new(Opts::new(format!("createtrend_collector_{name}"), help), &[label])
        };
        let counter =
            |name: &str, help: &str| IntCounter::new(format!("createtrend_collector_{name}"), help);
        let gauge =
            |name: &str, help: &str| IntGauge::new(format!("createtrend_collector_{name}"), help);
        let metrics = Self {
            errors: counters("errors_total", "Failed requests and writes, by kind", "kind")?,
            observations: counter("observations_total", "Stored observations of videos")?,
            discovered: counter("discovered_videos_total", "Videos that became tracked")?,
            used: gauges(
                "quota_used",
                "Units reserved today, by bucket; the limit if YouTube reports it as reached",
                "bucket",
            )?,
            limit: gauges("quota_limit", "Units per day, by bucket", "bucket")?,
            due: gauge("videos_due", "Videos whose check is due")?,
            delay: gauge("delay_seconds", "Delay of the most overdue video")?,
            sources: gauges("sources", "Sources, by kind", "kind")?,
            failing: gauges("sources_failing", "Sources whose last check failed, by kind", "kind")?,
            last_success: gauges(
                "last_success_timestamp_seconds",
                "Last successful check of a source, by kind",
                "kind",
            )?,
            halted: gauge("halted", "1 while the API key cannot be used")?,
        };
        for bucket in Bucket::ALL {
            metrics.limit.with_label_values(&[bucket.name()]).set(limits.of(bucket).into());
        }
        Ok(metrics)
    }

    /// All collectors.
    pub(crate) fn collectors(&self) -> Vec<Box<dyn Metric>> {
        let metrics = self.clone();
        vec![
            Box::new(metrics.errors),
            Box::new(metrics.observations),
            Box::new(metrics.discovered),
            Box::new(metrics.used),
            Box::new(metrics.limit),
            Box::new(metrics.due),
            Box::new(metrics.delay),
            Box::new(metrics.sources),
            Box::new(metrics.failing),
            Box::new(metrics.last_success),
            Box::new(metrics.halted),
        ]
    }

    pub(crate) fn count_error(&self, kind: &str) {
        self.errors.with_label_values(&[kind]).inc();
    }

    /// Updates the gauges from the tables.
    pub(crate) fn set_status(
        &self,
        usage: &[UsageRow],
        late: &Backlog,
        kinds: &[SourceKindStatus],
        now: DateTime<Utc>,
    ) {
        for bucket in Bucket::ALL {
            let label = [bucket.name()];
            let limit = self.limit.with_label_values(&label).get();
            let row = usage.iter().find(|row| row.bucket == bucket.name());
            let used = row.map_or(0, |row| if row.exhausted { limit } else { row.used.into() });
            self.used.with_label_values(&label).set(used);
        }
        self.due.set(late.due);
        let delay = late.oldest.map_or(0, |oldest| (now - oldest).num_seconds());
        self.delay.set(delay.max(0));
        // Removes kinds without sources.
        for gauges in [&self.sources, &self.failing, &self.last_success] {
            gauges.reset();
        }
        for status in kinds {
            let kind = [status.kind.as_str()];
            self.sources.with_label_values(&kind).set(status.sources);
            self.failing.with_label_values(&kind).set(status.failing);
            let last = status.last_success_at.map_or(0, |time| time.timestamp());
            self.last_success.with_label_values(&kind).set(last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_of_a_kind_without_sources_are_removed() {
        let metrics = Metrics::new(&Limits::default()).unwrap();
        let late = Backlog { due: 0, oldest: None };
        let status = |kind: &str| SourceKindStatus {
            kind: kind.into(),
            sources: 1,
            last_success_at: Some(Utc::now()),
            failing: 0,
        };
        let count = || {
            let families = [&metrics.sources, &metrics.failing, &metrics.last_success];
            families.map(|gauges| gauges.collect()[0].get_metric().len())
        };
        metrics.set_status(&[], &late, &[status("channel"), status("search")], Utc::now());
        assert_eq!(count(), [2; 3]);
        metrics.set_status(&[], &late, &[status("channel")], Utc::now());
        assert_eq!(count(), [1; 3]);
    }
}
