//! `createtrend collect` and `createtrend quota`.

use chrono::{DateTime, Utc};
use collection::{
    CollectError, CollectionRound, Collector, CollectorSettings,
    queries::{quota::UsageRow, status::DueWork},
};
use common::{
    settings::{Settings, SettingsError},
    time::SEOUL,
};
use ingest::progress::Progress;
use std::{error::Error, fmt::Write};
use youtube::{Bucket, Limits, next_reset};

/// The name of the service whose section of the settings the command reads.
const SERVICE: &str = "collector";

/// Loads the settings of all commands; the section of the collector is permitted.
pub fn common_settings() -> Result<Settings, SettingsError> {
    Settings::load(SERVICE, "")
}

/// Loads the settings of the collector. The common settings are those of other commands: the role
/// in PostgreSQL is the operator's.
pub fn settings() -> Result<Settings, SettingsError> {
    let mut settings = Settings::load(SERVICE, collection::DEFAULTS)?;
    settings.common = common_settings()?.common;
    Ok(settings)
}

/// A collector with the key and the limits of the settings.
pub async fn open(settings: &Settings) -> Result<Collector, CollectError> {
    Collector::for_command(&settings.common, settings.service_section::<CollectorSettings>()?).await
}

/// Does all due work once, or prints what is due. Returns the output.
pub async fn collect(
    settings: &Settings,
    dry_run: bool,
    progress: &dyn Progress,
) -> Result<String, Box<dyn Error>> {
    let collector = open(settings).await?;
    if dry_run {
        return Ok(describe_plan(&collector.plan().await?));
    }
    let since = collector.mark_index().await?;
    let mut total = CollectionRound::default();
    loop {
        let round = collector.run_round().await;
        let is_last = round.is_idle() || round.failure.is_some();
        total += round;
        if is_last {
            break;
        }
        progress.message(&describe_round(&total));
    }
    let documents = collector.update_index(since).await?;
    let mut output = describe_round(&total);
    write!(output, "; {documents} documents updated")?;
    for bucket in &total.used_up {
        let reset = describe_time(next_reset(collector.now()));
        write!(output, "; the quota {bucket} is used up until {reset}")?;
    }
    if let Some(failure) = total.failure {
        return Err(format!("{output}; some work failed, last: {failure}").into());
    }
    output.push('\n');
    Ok(output)
}

/// Prints the quota of the day and what is due.
pub async fn quota(settings: &Settings) -> Result<String, Box<dyn Error>> {
    let collector = match open(settings).await {
        Err(CollectError::NoKey) => {
            return Ok("no API key (collector.key_file): nothing is collected\n".to_owned());
        }
        opened => opened?,
    };
    let limits = collector.settings().limits();
    let mut output = describe_usage(&collector.usage().await?, &limits);
    writeln!(output, "reset at {}", describe_time(next_reset(collector.now())))?;
    output.push_str(&describe_plan(&collector.plan().await?));
    Ok(output)
}

/// The usage of each bucket, a line each.
pub fn describe_usage(usage: &[UsageRow], limits: &Limits) -> String {
    let line = |bucket: Bucket| {
        let row = usage.iter().find(|row| row.bucket == bucket.name());
        let used = row.map_or(0, |row| row.used);
        let note = if row.is_some_and(|row| row.exhausted) { ", used up at YouTube" } else { "" };
        format!("{}: {used} of {} used{note}\n", bucket.name(), limits.of(bucket))
    };
    Bucket::ALL.into_iter().map(line).collect()
}

/// A time for operators.
pub(crate) fn describe_time(time: DateTime<Utc>) -> String {
    time.with_timezone(&SEOUL).format("%Y-%m-%d %H:%M in Seoul").to_string()
}

fn describe_plan(plan: &DueWork) -> String {
    let calls = plan.calls();
    format!(
        "due now: {} feeds (no quota), {} playlists of new channels, {} charts, {} searches, \
         {} videos, counts of {} videos, {} channels\n\
         planned: at most {} units, {} searches, {} calls of videos:batchGetStats\n",
        plan.feeds,
        plan.playlists,
        plan.charts,
        plan.searches,
        plan.videos,
        plan.counts,
        plan.channels,
        calls.units,
        calls.search,
        calls.batch_stats,
    )
}

fn describe_round(round: &CollectionRound) -> String {
    format!(
        "{} sources, {} videos and {} channels checked",
        round.sources, round.videos, round.channels
    )
}
