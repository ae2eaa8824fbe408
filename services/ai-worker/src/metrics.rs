//! What a worker counts.

use crate::consumer::Outcome;
use prometheus::{Histogram, HistogramOpts, IntCounterVec, Opts, core::Collector};
use std::time::Duration;

/// Upper ends of the histogram's buckets, in seconds.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0, 20.0];

/// Counters of jobs. Cloning shares them.
#[derive(Clone)]
pub(crate) struct Metrics {
    jobs: IntCounterVec,
    seconds: Histogram,
    thumbnails: IntCounterVec,
}

impl Metrics {
    /// All at zero.
    pub(crate) fn new() -> Result<Self, prometheus::Error> {
        let jobs = Opts::new("createtrend_ai_jobs_total", "Jobs, by what became of them");
        let seconds = HistogramOpts::new("createtrend_ai_job_seconds", "What a job took");
        let thumbnails =
            Opts::new("createtrend_ai_thumbnails_total", "Pictures, by what became of them");
        let metrics = Self {
            jobs: IntCounterVec::new(jobs, &["outcome"])?,
            seconds: Histogram::with_opts(seconds.buckets(SECONDS.into()))?,
            thumbnails: IntCounterVec::new(thumbnails, &["outcome"])?,
        };
        // What has not happened yet is 0, not missing.
        for outcome in Outcome::ALL {
            metrics.jobs.with_label_values(&[outcome.name()]);
        }
        Ok(metrics)
    }

    /// For `/metrics`.
    pub(crate) fn collectors(&self) -> Vec<Box<dyn Collector>> {
        let Self { jobs, seconds, thumbnails } = self.clone();
        vec![Box::new(jobs), Box::new(seconds), Box::new(thumbnails)]
    }

    /// Counts a job.
    pub(crate) fn count(&self, outcome: Outcome, took: Duration) {
        self.jobs.with_label_values(&[outcome.name()]).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// Counts a picture.
    pub(crate) fn count_thumbnail(&self, outcome: &str) {
        self.thumbnails.with_label_values(&[outcome]).inc();
    }
}
