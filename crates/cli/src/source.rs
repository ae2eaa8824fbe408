//! `createtrend source`: what the collector follows. The documentation of the subcommands is what
//! `--help` prints.

#![expect(clippy::doc_markdown, reason = "terminals show no markdown")]

use crate::collect;
use chrono::Utc;
use clap::Subcommand;
use collection::{
    InvalidSource, Source,
    queries::sources::{delete_source, insert_source, list_sources},
};
use common::{db::connect, settings::Settings, time::SEOUL};
use diesel_async::AsyncPgConnection;
use ingest::progress::Progress;
use serde::Deserialize;
use std::{
    error::Error,
    fmt::Write,
    path::{Path, PathBuf},
};
use youtube::{ChannelId, ChannelRef, MAX_IDS};

/// The subcommands of `source`.
#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Follow channels, charts or searches
    Add {
        /// Channel ids (UC…), handles (@…) or URLs of channel pages. A handle costs a unit of the
        /// quota
        #[arg(value_name = "CHANNEL")]
        channels: Vec<ChannelRef>,

        /// A chart: a region, or a region and a category, such as KR or KR/10 (music)
        #[arg(long = "chart", value_name = "REGION[/CATEGORY]", value_parser = parse_chart)]
        charts: Vec<String>,

        /// The newest videos of a search; there are 100 calls a day
        #[arg(long = "search", value_name = "QUERY")]
        searches: Vec<String>,
    },

    /// List everything that is followed, with the last check and its error
    List,

    /// Stop following; collected data is kept
    Remove {
        /// Channel ids (UC…), handles (@…) or URLs of channel pages
        #[arg(value_name = "CHANNEL")]
        channels: Vec<ChannelRef>,

        /// A chart, such as KR or KR/10
        #[arg(long = "chart", value_name = "REGION[/CATEGORY]", value_parser = parse_chart)]
        charts: Vec<String>,

        /// A search
        #[arg(long = "search", value_name = "QUERY")]
        searches: Vec<String>,
    },

    /// Follow the channels of a CSV file with the column channel_id, and optionally title and category
    ///
    /// With an API key, channels that YouTube does not know are named and skipped.
    Import {
        /// The file
        file: PathBuf,
    },
}

/// A channel and its title.
type Channel = (ChannelId, Option<String>);

/// A row of a file of channels; other columns are ignored.
#[derive(Debug, Deserialize)]
struct ChannelRow {
    channel_id: String,
    title: Option<String>,
}

/// Executes a command. Returns its output.
pub async fn run(
    command: SourceCommand,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<String, Box<dyn Error>> {
    let connection = connect(&settings.common.postgres).await?;
    match command {
        SourceCommand::List => list(&connection).await,
        SourceCommand::Add { channels, charts, searches } => {
            let mut added = Vec::new();
            for channel in channels {
                added.push((resolve(channel, settings).await?, None));
            }
            let charts = charts.iter().map(|chart| Source::parse("chart", chart));
            let searches = searches.iter().map(|query| Source::parse("search", query));
            for source in charts.chain(searches) {
                added.push((source?, None));
            }
            if added.is_empty() {
                return Err("name a channel, --chart or --search".into());
            }
            insert(&connection, &added).await
        }
        SourceCommand::Remove { channels, charts, searches } => {
            let mut removed = Vec::new();
            for channel in channels {
                removed.push(resolve(channel, settings).await?);
            }
            for chart in &charts {
                removed.push(Source::parse("chart", chart)?);
            }
            for query in &searches {
                removed.push(Source::parse("search", query)?);
            }
            let mut output = String::new();
            for source in removed {
                let is_removed = delete_source(&connection, &source).await?;
                let outcome = if is_removed { "removed" } else { "not a source" };
                writeln!(output, "{source}: {outcome}")?;
            }
            Ok(output)
        }
        SourceCommand::Import { file } => import(&file, &connection, settings, progress).await,
    }
}

/// The channel as a source; a handle costs a unit of the quota.
async fn resolve(channel: ChannelRef, settings: &Settings) -> Result<Source, Box<dyn Error>> {
    match channel {
        ChannelRef::Id(id) => Ok(Source::Channel(id)),
        ChannelRef::Handle(handle) => {
            let client = collect::open(settings)
                .await
                .map_err(|error| format!("@{handle} cannot be resolved: {error}"))?
                .client();
            let found = client.channel_by_handle(&handle).await?;
            let channel = found.ok_or_else(|| format!("YouTube knows no channel @{handle}"))?;
            Ok(Source::Channel(channel.id))
        }
    }
}

async fn insert(
    connection: &AsyncPgConnection,
    sources: &[(Source, Option<String>)],
) -> Result<String, Box<dyn Error>> {
    let mut output = String::new();
    for (source, title) in sources {
        let is_new = insert_source(connection, source, title.as_deref(), Utc::now()).await?;
        writeln!(output, "{source}: {}", if is_new { "added" } else { "exists already" })?;
    }
    Ok(output)
}

async fn list(connection: &AsyncPgConnection) -> Result<String, Box<dyn Error>> {
    let mut output = String::new();
    for row in list_sources(connection).await? {
        let checked = row.last_success_at.map_or("never checked".to_owned(), |time| {
            format!("checked {}", time.with_timezone(&SEOUL).format("%Y-%m-%d %H:%M"))
        });
        write!(output, "{}\t{}\t{checked}", row.kind, row.value)?;
        if let Some(title) = row.title {
            write!(output, "\t{title}")?;
        }
        if let Some(error) = row.last_error {
            write!(output, "\t{} failures: {error}", row.failures)?;
        }
        writeln!(output)?;
    }
    if output.is_empty() {
        output.push_str("no sources: add some with `createtrend source add`\n");
    }
    Ok(output)
}

/// Adds the channels of a file. With a key, those that YouTube does not know are named and
/// skipped, at the cost of a unit for 50 channels.
async fn import(
    file: &Path,
    connection: &AsyncPgConnection,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<String, Box<dyn Error>> {
    let mut channels = read(file)?;
    let mut output = String::new();
    let count = channels.len();
    match collect::open(settings).await {
        Ok(collector) => {
            let mut known = Vec::with_capacity(count);
            for chunk in channels.chunks(MAX_IDS) {
                let ids: Vec<ChannelId> = chunk.iter().map(|(id, _)| id.clone()).collect();
                let batch = collector.client().channels(&ids).await?;
                for id in &batch.missing {
                    let title = chunk.iter().find(|(known, _)| known == id);
                    let title = title.and_then(|(_, title)| title.as_deref()).unwrap_or_default();
                    writeln!(output, "{id} {title}: skipped, YouTube does not know it")?;
                }
                known.extend(chunk.iter().filter(|(id, _)| !batch.missing.contains(id)).cloned());
            }
            channels = known;
        }
        Err(error) => progress.message(&format!("the channels are not checked: {error}")),
    }
    let mut added = 0;
    for (id, title) in &channels {
        let source = Source::Channel(id.clone());
        let is_new = insert_source(connection, &source, title.as_deref(), Utc::now()).await?;
        added += usize::from(is_new);
    }
    writeln!(output, "{added} of {count} channels added")?;
    Ok(output)
}

fn read(file: &Path) -> Result<Vec<Channel>, Box<dyn Error>> {
    let path = file.display();
    let mut reader = csv::Reader::from_path(file).map_err(|error| format!("{path}: {error}"))?;
    let mut channels = Vec::new();
    for (row, line) in reader.deserialize::<ChannelRow>().zip(2..) {
        let row = row.map_err(|error| format!("{path}: {error}"))?;
        let id = row.channel_id.parse().map_err(|error| format!("{path}, row {line}: {error}"))?;
        channels.push((id, row.title.filter(|title| !title.is_empty())));
    }
    Ok(channels)
}

/// Parses the value of `--chart`.
fn parse_chart(text: &str) -> Result<String, InvalidSource> {
    Source::parse("chart", text).map(|source| source.value())
}
