//! `createtrend source import`.

use super::{
    Outcome, UNCHECKED,
    file::{ChannelFile, ChannelRow},
};
use crate::collect;
use chrono::Utc;
use collection::queries::sources::{insert_channels, list_source_channels};
use common::settings::Settings;
use diesel::QueryResult;
use diesel_async::AsyncPgConnection;
use ingest::progress::Progress;
use std::{
    collections::HashSet,
    error::Error,
    fmt::{self, Write},
};
use youtube::{ChannelId, ChannelRef, Client, Handle, MAX_IDS};

/// A channel and its title.
type Channel = (ChannelId, Option<String>);

/// The number of channels by outcome.
#[derive(Debug, Default)]
struct ImportCounts {
    added: usize,
    /// Channels that were sources before the import.
    stored: usize,
    /// Channels that do not exist on YouTube.
    unknown: usize,
    /// Rows without a valid channel.
    rejected: usize,
    /// Rows with the channel of an earlier row.
    duplicates: usize,
    /// Channels that were not checked, because YouTube is unavailable or the quota is used up.
    unchecked: usize,
}

impl ImportCounts {
    /// Whether all channels were checked, and at least half of the rows name an existing channel.
    const fn is_success(&self) -> bool {
        let valid = self.added + self.stored + self.duplicates;
        self.unchecked == 0 && valid >= self.unknown + self.rejected
    }
}

impl fmt::Display for ImportCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { added, stored, unknown, rejected, duplicates, unchecked } = self;
        write!(
            f,
            "{added} channels added, {stored} already there, {unknown} unknown to YouTube, {rejected} \
             rejected rows, {duplicates} duplicates"
        )?;
        if *unchecked > 0 {
            write!(f, ", {unchecked} not added")?;
        }
        Ok(())
    }
}

/// Adds the channels of a file that are not sources yet. With a key, channels that YouTube does not
/// know are reported and not added, at the cost of a unit for 50 ids and one for a handle.
pub(super) async fn import(
    file: ChannelFile,
    connection: &AsyncPgConnection,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Outcome, Box<dyn Error>> {
    let ChannelFile { rows, rejected } = file;
    let mut import = Import {
        connection,
        stored: list_source_channels(connection).await?,
        seen: HashSet::new(),
        counts: ImportCounts { rejected: usize::try_from(rejected)?, ..ImportCounts::default() },
        output: String::new(),
        stopped: None,
    };
    let (ids, handles) = import.split(rows);
    let client = match collect::open(settings).await {
        Ok(collector) => Some(collector.client()),
        Err(error) => {
            progress.message(&format!("{UNCHECKED}: {error}"));
            None
        }
    };
    match client {
        Some(client) => import.add_checked(&client, ids, handles).await?,
        None => import.add_unchecked(&ids, &handles).await?,
    }
    let Import { counts, mut output, stopped, .. } = import;
    writeln!(output, "{counts}")?;
    if counts.rejected > 0 {
        output.push_str(
            "a row names its channel by an id (UC…), a handle (@…), or the URL of a channel page with \
             one of them\n",
        );
    }
    if let Some(reason) = stopped {
        let count = counts.unchecked;
        writeln!(
            output,
            "{count} channels were not looked up at YouTube: {reason}; import the file again later"
        )?;
    }
    Ok(Outcome { text: output, is_success: counts.is_success() })
}

struct Import<'a> {
    connection: &'a AsyncPgConnection,
    stored: HashSet<String>,
    /// The channels of earlier rows.
    seen: HashSet<ChannelId>,
    counts: ImportCounts,
    /// A line for each channel that does not exist on YouTube.
    output: String,
    /// The reason why the rest is not looked up at YouTube.
    stopped: Option<String>,
}

impl Import<'_> {
    /// The ids and handles of a file, each once.
    fn split(&mut self, rows: Vec<ChannelRow>) -> (Vec<Channel>, Vec<(Handle, Option<String>)>) {
        let (mut ids, mut handles, mut names) = (Vec::new(), Vec::new(), HashSet::new());
        for ChannelRow { channel, title } in rows {
            match channel {
                ChannelRef::Id(id) if self.seen.insert(id.clone()) => ids.push((id, title)),
                ChannelRef::Handle(handle) if names.insert(handle.as_str().to_lowercase()) => {
                    handles.push((handle, title));
                }
                _ => self.counts.duplicates += 1,
            }
        }
        (ids, handles)
    }

    /// Adds the channels that exist on YouTube.
    async fn add_checked(
        &mut self,
        client: &Client,
        ids: Vec<Channel>,
        handles: Vec<(Handle, Option<String>)>,
    ) -> Result<(), Box<dyn Error>> {
        let (known, new): (Vec<_>, Vec<_>) =
            ids.into_iter().partition(|(id, _)| self.stored.contains(id.as_str()));
        self.insert(&known).await?;
        self.counts.unchecked = new.len() + handles.len();
        for chunk in new.chunks(MAX_IDS) {
            let ids: Vec<ChannelId> = chunk.iter().map(|(id, _)| id.clone()).collect();
            let missing = match client.channels(&ids).await {
                Ok(batch) => batch.missing,
                Err(error) => {
                    self.stopped = Some(error.to_string());
                    return Ok(());
                }
            };
            self.counts.unchecked -= chunk.len();
            let (unknown, found): (Vec<_>, Vec<_>) =
                chunk.iter().cloned().partition(|(id, _)| missing.contains(id));
            for (id, title) in &unknown {
                self.add_unknown(&format!("{id} {}", title.as_deref().unwrap_or_default()))?;
            }
            self.insert(&found).await?;
        }
        for (handle, title) in handles {
            let found = match client.channel_by_handle(&handle).await {
                Ok(found) => found,
                Err(error) => {
                    self.stopped = Some(error.to_string());
                    return Ok(());
                }
            };
            self.counts.unchecked -= 1;
            match found {
                None => self.add_unknown(&format!("@{handle}"))?,
                Some(channel) if self.seen.insert(channel.id.clone()) => {
                    self.insert(&[(channel.id, title)]).await?;
                }
                Some(_) => self.counts.duplicates += 1,
            }
        }
        Ok(())
    }

    /// Adds ids. Handles are not added, because only YouTube can resolve them.
    async fn add_unchecked(
        &mut self,
        ids: &[Channel],
        handles: &[(Handle, Option<String>)],
    ) -> QueryResult<()> {
        self.insert(ids).await?;
        self.counts.unchecked = handles.len();
        if !handles.is_empty() {
            self.stopped = Some("a handle needs an API key".to_owned());
        }
        Ok(())
    }

    async fn insert(&mut self, channels: &[Channel]) -> QueryResult<()> {
        let added = insert_channels(self.connection, channels, Utc::now()).await?;
        self.counts.added += added;
        self.counts.stored += channels.len() - added;
        Ok(())
    }

    fn add_unknown(&mut self, channel: &str) -> fmt::Result {
        self.counts.unknown += 1;
        writeln!(self.output, "{}: not added, it does not exist on YouTube", channel.trim_end())
    }
}
