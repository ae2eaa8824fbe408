//! `createtrend collect`, `createtrend quota` and `createtrend check-key`.

use chrono::{DateTime, Utc};
use collection::{
    CollectError, CollectionRound, Collector, CollectorSettings,
    queries::{quota::UsageRow, status::DueWork},
    read_key_file,
};
use common::{
    settings::{Settings, SettingsError},
    time::SEOUL,
};
use ingest::progress::Progress;
use std::{error::Error, fmt::Write, path::Path};
use youtube::{Action, Bucket, Limits, next_reset};

/// The name of the service whose section of the settings the command reads.
const SERVICE: &str = "collector";

/// The maximum number of listed failures.
const MAX_FAILURES: usize = 20;

/// Loads the common settings. The file may have a section for the collector.
pub fn common_settings() -> Result<Settings, SettingsError> {
    Settings::load(SERVICE, "")
}

/// Loads the settings of the collector, with the common settings of other commands: the role in
/// PostgreSQL is the operator's.
pub fn settings() -> Result<Settings, SettingsError> {
    let mut settings = Settings::load(SERVICE, collection::DEFAULTS)?;
    settings.common = common_settings()?.common;
    Ok(settings)
}

/// A collector with the key and the limits of the settings.
pub async fn open(settings: &Settings) -> Result<Collector, CollectError> {
    Collector::for_command(&settings.common, settings.service_section::<CollectorSettings>()?).await
}

/// Does all due work once, or only describes it. Returns the output.
pub async fn collect(
    settings: &Settings,
    dry_run: bool,
    progress: &dyn Progress,
) -> Result<String, Box<dyn Error>> {
    let collector = open(settings).await?;
    if dry_run {
        return Ok(describe_due_work(&collector.due_work().await?));
    }
    let since = collector.mark_index_pending().await?;
    let mut total = CollectionRound::default();
    loop {
        // A kind of work that failed is not retried; the others continue.
        let round = collector.run_round_without(&total.failed_kinds).await;
        let is_last = round.is_idle();
        total += round;
        if is_last {
            break;
        }
        progress.message(&describe_round(&total));
    }
    let indexed = collector.update_index(since).await;
    let mut output = describe_round(&total);
    if let Ok(documents) = &indexed {
        write!(output, "; {documents} documents updated")?;
    }
    for bucket in &total.exhausted_buckets {
        let reset = describe_time(next_reset(collector.now()));
        write!(output, "; the quota {bucket} is used up until {reset}")?;
    }
    if !total.failures.is_empty() {
        write!(output, "; failed:")?;
        for failure in total.failures.iter().take(MAX_FAILURES) {
            write!(output, "\n  {failure}")?;
        }
        if let Some(more @ 1..) = total.failures.len().checked_sub(MAX_FAILURES) {
            write!(output, "\n  and {more} more, see `createtrend source list`")?;
        }
    }
    if let Err(error) = &indexed {
        write!(
            output,
            "\nthe search index is not updated: {error}; a collector, or `createtrend reindex`, updates it"
        )?;
    }
    if indexed.is_err() || !total.failures.is_empty() {
        return Err(output.into());
    }
    output.push('\n');
    Ok(output)
}

/// Describes the quota of the day and the due work.
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
    output.push_str(&describe_due_work(&collector.due_work().await?));
    Ok(output)
}

/// Checks a file with an API key, and the key by a request, at the cost of a unit. Fails if
/// YouTube rejects the key, but not if YouTube cannot be reached.
pub async fn check_key(file: &Path, settings: &Settings) -> Result<String, Box<dyn Error>> {
    read_key_file(file)?;
    let path = file.display();
    let collector_settings = settings.service_section::<CollectorSettings>()?;
    let collector_settings =
        CollectorSettings { key_file: Some(file.to_owned()), ..collector_settings };
    let api = collector_settings.api_name();
    let unchecked = |error: &dyn Error| {
        Ok(format!("{path}: the API key was not checked with {api}: {error}\n"))
    };
    let collector = match Collector::for_command(&settings.common, collector_settings).await {
        Err(error @ CollectError::Simulator(_)) => return unchecked(&error),
        opened => opened?,
    };
    match collector.client().video_categories("KR", "ko").await {
        Ok(_) => Ok(format!("{path}: {api} accepts the API key\n")),
        Err(error) if error.action() == Action::Halt => {
            Err(format!("{path}: {api} rejects the API key: {error}").into())
        }
        Err(error) => unchecked(&error),
    }
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

/// Formats a time in Seoul for operators.
pub(crate) fn describe_time(time: DateTime<Utc>) -> String {
    time.with_timezone(&SEOUL).format("%Y-%m-%d %H:%M in Seoul").to_string()
}

fn describe_due_work(due: &DueWork) -> String {
    let cost = due.max_cost();
    format!(
        "due now: {} feeds (which cost no quota), {} playlists of new channels, {} charts, {} searches, \
         {} videos, counts of {} videos, {} channels\n\
         planned: at most {} units, {} searches, {} calls of videos:batchGetStats\n",
        due.feeds,
        due.playlists,
        due.charts,
        due.searches,
        due.videos,
        due.counts,
        due.channels,
        cost.units,
        cost.search,
        cost.batch_stats,
    )
}

fn describe_round(round: &CollectionRound) -> String {
    format!(
        "{} sources, {} videos and {} channels checked",
        round.sources, round.videos, round.channels
    )
}
