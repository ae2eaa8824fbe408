//! `createtrend source`: the sources of the collector. `--help` prints the documentation of the
//! subcommands.

#![expect(clippy::doc_markdown, reason = "terminals show no markdown")]

mod file;
mod import;

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
use std::{error::Error, fmt::Write, path::PathBuf};
use youtube::{Action, ChannelId, ChannelRef, MAX_IDS, Part};

/// The subcommands of `source`.
#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Follow channels, charts or searches
    Add {
        /// Channel ids (UC…), handles (@…) or URLs of channel pages. A handle, and 50 ids, cost a
        /// unit of the quota
        #[arg(value_name = "CHANNEL")]
        channels: Vec<ChannelRef>,

        /// A chart: a region, or a region and a category, such as KR or KR/10 (music); costs a unit
        #[arg(long = "chart", value_name = "REGION[/CATEGORY]", value_parser = parse_chart)]
        charts: Vec<String>,

        /// The newest videos of a search; there are 100 calls a day
        #[arg(long = "search", value_name = "QUERY")]
        searches: Vec<String>,
    },

    /// List everything that is followed, with the last check and its error
    List,

    /// Stop following; collected data is kept. Exits with 1 if one of them is not followed
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

    /// Follow the channels of a file: CSV with a column channel_id, handle or url, and optionally
    /// title, or an id, handle or URL per line
    ///
    /// Encoding and separator are recognized as by `createtrend import`. Rows without a valid
    /// channel are reported and rejected. With an API key, channels that do not exist on YouTube are
    /// reported and not added (a unit of the quota for 50 ids, and one for a handle); channels that
    /// are sources already are not checked. Exits with 1 if most rows are rejected, or if YouTube
    /// is unavailable or the quota is used up: then the rest is added by importing the file again.
    Import {
        /// The file
        file: PathBuf,

        /// Accept a file that has only a header
        #[arg(long)]
        allow_empty: bool,
    },
}

const UNCHECKED: &str = "whether the channels exist on YouTube is not checked";

/// The result of a command.
#[derive(Debug)]
pub struct Outcome {
    /// The text for the standard output.
    pub text: String,
    /// Whether the command exits with 0.
    pub is_success: bool,
}

impl From<String> for Outcome {
    fn from(text: String) -> Self {
        Self { text, is_success: true }
    }
}

/// Executes a command.
pub async fn run(
    command: SourceCommand,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Outcome, Box<dyn Error>> {
    let connection = connect(&settings.common.postgres)
        .await
        .map_err(|error| format!("PostgreSQL cannot be reached: {error}"))?;
    match command {
        SourceCommand::List => Ok(list(&connection).await?.into()),
        SourceCommand::Add { channels, charts, searches } => {
            check_known(&channels, settings, progress).await?;
            check_charts(&charts, settings, progress).await?;
            let sources = resolve_all(channels, &charts, &searches, settings).await?;
            Ok(insert(&connection, &sources).await?.into())
        }
        SourceCommand::Remove { channels, charts, searches } => {
            let sources = resolve_all(channels, &charts, &searches, settings).await?;
            remove(&connection, &sources).await
        }
        SourceCommand::Import { file, allow_empty } => {
            let file = file::read(&file, allow_empty, progress)?;
            import::import(file, &connection, settings, progress).await
        }
    }
}

/// Fails if a channel with an id does not exist on YouTube; shows a message if YouTube is
/// unavailable or the quota is used up.
async fn check_known(
    channels: &[ChannelRef],
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<(), Box<dyn Error>> {
    let ids = channels.iter().filter_map(|channel| match channel {
        ChannelRef::Id(id) => Some(id.clone()),
        ChannelRef::Handle(_) => None,
    });
    let missing = match find_missing(&ids.collect::<Vec<_>>(), settings, progress).await {
        Err(error) if is_temporary(&error) => {
            progress.message(&format!("{UNCHECKED}: {error}"));
            return Ok(());
        }
        found => found?,
    };
    if missing.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = missing.iter().map(ChannelId::as_str).collect();
    Err(format!("no channel on YouTube has the id {}", ids.join(", ")).into())
}

/// Whether the same request can succeed later.
const fn is_temporary(error: &youtube::Error) -> bool {
    matches!(error.action(), Action::StopBucket(_) | Action::RetryLater)
}

/// Fails if YouTube has no such chart; shows a message if it cannot be checked.
async fn check_charts(
    charts: &[String],
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<(), Box<dyn Error>> {
    if charts.is_empty() {
        return Ok(());
    }
    let unchecked = |error: &dyn Error| {
        progress.message(&format!("whether YouTube has the charts is not checked: {error}"));
    };
    let client = match collect::open(settings).await {
        Ok(collector) => collector.client(),
        Err(error) => {
            unchecked(&error);
            return Ok(());
        }
    };
    for chart in charts {
        let Source::Chart { region, category } = Source::parse("chart", chart)? else { continue };
        match client.chart(&region, category, &[Part::Statistics], None).await {
            Ok(_) => {}
            Err(error) if is_temporary(&error) => {
                unchecked(&error);
                return Ok(());
            }
            Err(error) => return Err(format!("chart {chart}: {error}").into()),
        }
    }
    Ok(())
}

/// The sources that the arguments of a command name.
async fn resolve_all(
    channels: Vec<ChannelRef>,
    charts: &[String],
    searches: &[String],
    settings: &Settings,
) -> Result<Vec<Source>, Box<dyn Error>> {
    let mut sources = Vec::new();
    for channel in channels {
        sources.push(resolve(channel, settings).await?);
    }
    for chart in charts {
        sources.push(Source::parse("chart", chart)?);
    }
    for query in searches {
        sources.push(Source::parse("search", query)?);
    }
    if sources.is_empty() {
        return Err("name a channel, --chart or --search".into());
    }
    Ok(sources)
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
            let channel =
                found.ok_or_else(|| format!("no channel on YouTube has the handle @{handle}"))?;
            Ok(Source::Channel(channel.id))
        }
    }
}

async fn insert(
    connection: &AsyncPgConnection,
    sources: &[Source],
) -> Result<String, Box<dyn Error>> {
    let mut output = String::new();
    for source in sources {
        let is_new = insert_source(connection, source, None, Utc::now()).await?;
        writeln!(output, "{source}: {}", if is_new { "added" } else { "exists already" })?;
    }
    Ok(output)
}

async fn remove(
    connection: &AsyncPgConnection,
    sources: &[Source],
) -> Result<Outcome, Box<dyn Error>> {
    let (mut text, mut is_success) = (String::new(), true);
    for source in sources {
        let is_removed = delete_source(connection, source).await?;
        let outcome = if is_removed { "removed" } else { "not a source" };
        writeln!(text, "{source}: {outcome}")?;
        is_success &= is_removed;
    }
    Ok(Outcome { text, is_success })
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
            match row.failures {
                0 => write!(output, "\tpostponed: {error}")?,
                1 => write!(output, "\t1 failure: {error}")?,
                failures => write!(output, "\t{failures} failures: {error}")?,
            }
        }
        writeln!(output)?;
    }
    if output.is_empty() {
        output.push_str("no sources: add some with `createtrend source add`\n");
    }
    Ok(output)
}

/// Finds the channels that do not exist on YouTube, at the cost of a unit for 50 channels. Without a
/// key it returns none, and shows a message.
async fn find_missing(
    ids: &[ChannelId],
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Vec<ChannelId>, youtube::Error> {
    let mut missing = Vec::new();
    if ids.is_empty() {
        return Ok(missing);
    }
    let client = match collect::open(settings).await {
        Ok(collector) => collector.client(),
        Err(error) => {
            progress.message(&format!("{UNCHECKED}: {error}"));
            return Ok(missing);
        }
    };
    for chunk in ids.chunks(MAX_IDS) {
        missing.extend(client.channels(chunk).await?.missing);
    }
    Ok(missing)
}

/// Parses the value of `--chart`.
fn parse_chart(text: &str) -> Result<String, InvalidSource> {
    Source::parse("chart", text).map(|source| source.value())
}
