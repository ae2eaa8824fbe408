//! `createtrend doctor`: checks settings, secrets and servers.

mod checks;

use common::settings::{CommonSettings, Settings};
use std::fmt;

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The check passed.
    Passed(String),
    /// The check passed with a recommendation.
    Note(String),
    /// The check failed.
    Failed {
        /// The error.
        detail: String,
        /// The remedy.
        remedy: String,
    },
}

/// The result of a check, with its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The checked component.
    pub subject: &'static str,
    /// The result.
    pub finding: Finding,
}

impl fmt::Display for Report {
    fn fmt(&self, line: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, finding } = self;
        match finding {
            Finding::Passed(detail) => write!(line, "  ok    {subject}: {detail}"),
            Finding::Note(detail) => write!(line, "  note  {subject}: {detail}"),
            Finding::Failed { detail, remedy } => {
                write!(line, "  FAIL  {subject}: {detail}\n        → {remedy}")
            }
        }
    }
}

/// Checks everything that the services need, in order of installation.
pub async fn run_checks(settings: &CommonSettings) -> Vec<Report> {
    let mut reports = vec![passed("settings", "valid")];
    reports.extend(checks::secrets(&settings.tokens, &settings.passwords));
    reports.extend(checks::postgres(&settings.postgres).await);
    reports.extend(checks::interrupted_import(&settings.postgres).await);
    reports.extend(checks::elasticsearch(&settings.elasticsearch).await);
    reports.extend(checks::rabbitmq(&settings.rabbitmq).await);
    reports
}

/// Checks the API key, the quota and the freshness of the collection.
pub async fn check_collection(settings: &Settings) -> Vec<Report> {
    checks::collection(settings).await
}

/// Whether no check failed.
pub fn is_healthy(reports: &[Report]) -> bool {
    !reports.iter().any(|report| matches!(report.finding, Finding::Failed { .. }))
}

fn passed(subject: &'static str, detail: impl Into<String>) -> Report {
    Report { subject, finding: Finding::Passed(detail.into()) }
}

fn note(subject: &'static str, detail: impl Into<String>) -> Report {
    Report { subject, finding: Finding::Note(detail.into()) }
}

fn failed(subject: &'static str, detail: impl Into<String>, remedy: impl Into<String>) -> Report {
    Report { subject, finding: Finding::Failed { detail: detail.into(), remedy: remedy.into() } }
}
