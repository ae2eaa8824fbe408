//! Metrics of a worker.

use crate::outcome::Outcome;
use prometheus::{
    Histogram, HistogramOpts, IntCounterVec, IntGauge, IntGaugeVec, Opts, core::Collector,
};
use std::time::Duration;

/// Upper bounds of the histogram buckets, in seconds.
const DURATION_BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0, 20.0];

/// The collectors of a worker. Clones share them.
#[derive(Clone)]
pub(crate) struct Metrics {
    jobs: IntCounterVec,
    duration: Histogram,
    thumbnails: IntCounterVec,
    /// 1 while the worker is subscribed to a queue, by queue.
    pub subscribed: IntGaugeVec,
    /// Jobs in progress.
    pub in_progress: IntGauge,
}

impl Metrics {
    pub(crate) fn new() -> Result<Self, prometheus::Error> {
        let jobs = Opts::new("createtrend_ai_jobs_total", "Processed jobs, by outcome");
        let duration =
            HistogramOpts::new("createtrend_ai_job_duration_seconds", "Duration of a job");
        let thumbnails = Opts::new("createtrend_ai_thumbnails_total", "Thumbnails, by outcome");
        let subscribed = Opts::new(
            "createtrend_ai_subscribed",
            "1 while this worker is subscribed to the queue",
        );
        let metrics = Self {
            jobs: IntCounterVec::new(jobs, &["outcome"])?,
            duration: Histogram::with_opts(duration.buckets(DURATION_BUCKETS.into()))?,
            thumbnails: IntCounterVec::new(thumbnails, &["outcome"])?,
            subscribed: IntGaugeVec::new(subscribed, &["queue"])?,
            in_progress: IntGauge::new(
                "createtrend_ai_jobs_in_progress",
                "Jobs delivered to this worker and unacknowledged",
            )?,
        };
        // Exports outcomes that have not occurred as 0.
        for outcome in Outcome::ALL {
            metrics.jobs.with_label_values(&[outcome.name()]);
        }
        Ok(metrics)
    }

    /// All collectors, for `/metrics`.
    pub(crate) fn collectors(&self) -> Vec<Box<dyn Collector>> {
        let Self { jobs, duration, thumbnails, subscribed, in_progress } = self.clone();
        vec![
            Box::new(jobs),
            Box::new(duration),
            Box::new(thumbnails),
            Box::new(subscribed),
            Box::new(in_progress),
        ]
    }

    /// Counts a job and observes its duration.
    pub(crate) fn count(&self, outcome: Outcome, duration: Duration) {
        self.jobs.with_label_values(&[outcome.name()]).inc();
        self.duration.observe(duration.as_secs_f64());
    }

    pub(crate) fn count_thumbnail(&self, outcome: &str) {
        self.thumbnails.with_label_values(&[outcome]).inc();
    }
}
