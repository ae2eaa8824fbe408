//! `createtrend doctor`: checks settings, secrets and servers.

mod checks;

use common::settings::CommonSettings;
use std::fmt;

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The check passed.
    Fine(String),
    /// The check passed with a recommendation.
    Advice(String),
    /// The check failed.
    Wrong {
        /// The cause.
        what: String,
        /// How to fix it.
        remedy: String,
    },
}

/// A finding and its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What was checked.
    pub subject: &'static str,
    /// What was found.
    pub finding: Finding,
}

impl fmt::Display for Report {
    fn fmt(&self, line: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, finding } = self;
        match finding {
            Finding::Fine(what) => write!(line, "  ok    {subject}: {what}"),
            Finding::Advice(what) => write!(line, "  note  {subject}: {what}"),
            Finding::Wrong { what, remedy } => {
                write!(line, "  FAIL  {subject}: {what}\n        → {remedy}")
            }
        }
    }
}

/// Checks everything that the services need, in the order in which it is set up.
pub async fn examine(settings: &CommonSettings) -> Vec<Report> {
    let mut reports = vec![fine("settings", "read")];
    reports.extend(checks::secrets(&settings.tokens, &settings.passwords));
    reports.extend(checks::postgres(&settings.postgres).await);
    reports.extend(checks::elasticsearch(&settings.elasticsearch).await);
    reports.extend(checks::rabbitmq(&settings.rabbitmq).await);
    reports
}

/// Whether no check failed.
pub fn is_healthy(reports: &[Report]) -> bool {
    !reports.iter().any(|report| matches!(report.finding, Finding::Wrong { .. }))
}

fn fine(subject: &'static str, what: impl Into<String>) -> Report {
    Report { subject, finding: Finding::Fine(what.into()) }
}

fn advice(subject: &'static str, what: impl Into<String>) -> Report {
    Report { subject, finding: Finding::Advice(what.into()) }
}

fn wrong(subject: &'static str, what: impl Into<String>, remedy: impl Into<String>) -> Report {
    Report { subject, finding: Finding::Wrong { what: what.into(), remedy: remedy.into() } }
}
