//! Discovery of videos: uploads of channels, charts and searches.

use super::{
    CLAIM_TTL, CONCURRENT_REQUESTS,
    videos::{next_check_of, store_observations},
};
use crate::{
    collector::Collector,
    error::CollectError,
    queries::{
        sources::{
            SourceRow, SuccessfulCheck, claim_sources, record_failure, record_postponed,
            record_success,
        },
        videos::{schedule_videos, track_videos},
    },
    round::{CollectionRound, WorkKind},
    settings::{MAX_CHART_PAGES, MAX_UPLOAD_PAGES},
    source::Source,
};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, stream};
use youtube::{
    Action, Availability, CacheValidators, ChannelId, FetchedFeed, Part, SearchQuery, VideoId,
    next_reset,
};

/// Maximum number of sources that are claimed together.
const CLAIM_LIMIT: u8 = 20;

/// Maximum age of a feed: YouTube caches feeds. If the oldest entry is newer than the last successful
/// check minus this age, uploads between them may be missing.
const MAX_FEED_AGE: TimeDelta = TimeDelta::hours(1);

/// Maximum number of pages of 50 uploads that are read after a gap.
const MAX_GAP_PAGES: usize = 20;

/// How long sources are overdue when discovery has fallen behind.
const OVERDUE: TimeDelta = TimeDelta::hours(1);

/// Maximum delay until a source that waits for the quota is tried again: an operator can raise the
/// limit. An attempt without quota sends no request.
const MAX_QUOTA_DELAY: TimeDelta = TimeDelta::hours(1);

/// How long the feed of a channel fails before its playlist is read, at the cost of a unit. Most
/// outages of feeds are shorter.
const FEED_OUTAGE: TimeDelta = TimeDelta::hours(6);

/// Maximum delay between two attempts of a failing source.
const MAX_RETRY_DELAY: TimeDelta = TimeDelta::hours(3);

/// Checks due sources. Those that fail or wait for the quota are added to `round`. Returns how many
/// did not fail.
pub(crate) async fn check_sources(
    collector: &Collector,
    round: &mut CollectionRound,
) -> Result<usize, CollectError> {
    let now = collector.clock.now();
    let connection = collector.pool.get().await?;
    let claimed = claim_sources(
        &connection,
        now,
        now + collector.clock.to_clock_time(CLAIM_TTL),
        CLAIM_LIMIT.into(),
    )
    .await?;
    drop(connection);
    round.has_overdue_sources = claimed.len() == usize::from(CLAIM_LIMIT)
        && claimed.iter().all(|row| now.signed_duration_since(row.next_check_at) > OVERDUE);
    let claimed: Vec<_> = claimed.into_iter().filter_map(parse_source).collect();
    let checks = stream::iter(&claimed).map(|(row, source)| async move {
        (row, source, check_source(collector, row, source, now).await)
    });
    // All before the results are recorded: checks in progress may hold all connections of the pool.
    let checks: Vec<_> = checks.buffer_unordered(CONCURRENT_REQUESTS).collect().await;
    let connection = collector.pool.get().await?;
    let (mut failed, mut is_outage) = (0, true);
    for (row, source, result) in checks {
        let interval = collector.settings.interval_of(source);
        let error = match result {
            Ok(checked) => {
                record_success(&connection, row.id, checked).await?;
                continue;
            }
            Err(error) => error,
        };
        if error.stopped_bucket().is_some() {
            let next = match source {
                // The feed costs no quota.
                Source::Channel(_) => now + interval,
                Source::Chart { .. } | Source::Search(_) => {
                    next_reset(now).min(now + MAX_QUOTA_DELAY)
                }
            };
            record_postponed(&connection, row.id, next, &error.to_string()).await?;
        } else {
            let next = now + retry_delay(interval, row.failures);
            record_failure(&connection, row.id, next, &public_reason(&error)).await?;
            failed += 1;
            is_outage &= error.action() != Some(Action::Skip);
        }
        collector.add_error(&source.to_string(), &error, round);
    }
    if failed > 0 && failed == claimed.len() && is_outage {
        round.failed_kinds.push(WorkKind::Sources);
    }
    Ok(claimed.len() - failed)
}

/// The error as the status page shows it, which is public: without addresses of servers.
fn public_reason(error: &CollectError) -> String {
    match error {
        CollectError::YouTube(error) => error.to_string(),
        _ => "the found videos cannot be stored; see the log of the collector".to_owned(),
    }
}

/// The interval, doubled for each earlier failure.
fn retry_delay(interval: TimeDelta, failures: i32) -> TimeDelta {
    let factor = 1 << failures.clamp(0, 8);
    interval.checked_mul(factor).unwrap_or(MAX_RETRY_DELAY).min(MAX_RETRY_DELAY.max(interval))
}

/// A row with its source. `None` for an invalid one, which is reported.
fn parse_source(row: SourceRow) -> Option<(SourceRow, Source)> {
    match row.source() {
        Ok(source) => Some((row, source)),
        Err(error) => {
            tracing::error!(id = row.id, "invalid row of collector_source: {error}");
            None
        }
    }
}

async fn check_source(
    collector: &Collector,
    row: &SourceRow,
    source: &Source,
    now: DateTime<Utc>,
) -> Result<SuccessfulCheck, CollectError> {
    let next = now + collector.settings.interval_of(source);
    let mut checked =
        SuccessfulCheck { at: now, next, title: None, validators: CacheValidators::default() };
    match source {
        Source::Channel(channel) => {
            (checked.title, checked.validators) =
                check_uploads(collector, row, channel, now).await?;
        }
        Source::Chart { region, category } => {
            check_chart(collector, region, *category, now).await?;
        }
        Source::Search(query) => {
            check_search(collector, query.clone(), row.last_success_at, now).await?;
        }
    }
    Ok(checked)
}

/// Tracks the uploads in the feed of a channel, and in its playlist at first, and since the last
/// successful check after a gap and during an outage of feeds. Returns the channel's name and the
/// validators of the feed.
async fn check_uploads(
    collector: &Collector,
    row: &SourceRow,
    channel: &ChannelId,
    now: DateTime<Utc>,
) -> Result<(Option<String>, CacheValidators), CollectError> {
    let known = row.validators();
    let since = row.last_success_at.map(|last| last - MAX_FEED_AGE);
    let fetched = match collector.client.feed(channel, &known).await {
        Ok(fetched) => fetched,
        Err(error) => {
            let is_outage = row
                .last_success_at
                .is_none_or(|last| now.signed_duration_since(last) >= FEED_OUTAGE);
            if !is_outage || error.action() != Action::RetryLater {
                return Err(error.into());
            }
            track_uploads(collector, channel, since, now).await?;
            return Ok((None, known));
        }
    };
    match fetched {
        FetchedFeed::NotModified => Ok((None, known)),
        FetchedFeed::Modified(feed, validators) => {
            let entries: Vec<_> = feed
                .entries
                .iter()
                .map(|entry| (entry.video_id.clone(), entry.published_at))
                .collect();
            track(collector, &entries, now).await?;
            let oldest = entries.iter().map(|(_, published_at)| *published_at).min();
            let has_gap = since.is_none_or(|since| oldest.is_some_and(|oldest| oldest > since));
            if has_gap {
                track_uploads(collector, channel, since, now).await?;
            }
            Ok((Some(feed.title), validators))
        }
    }
}

/// Tracks uploads in the playlist of a channel: those since `since`, at most of the last days.
async fn track_uploads(
    collector: &Collector,
    channel: &ChannelId,
    since: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), CollectError> {
    let (playlist, oldest) = (channel.uploads(), now - collector.settings.backfill());
    let pages = if since.is_none() { MAX_UPLOAD_PAGES } else { MAX_GAP_PAGES };
    let since = since.map_or(oldest, |since| since.max(oldest));
    let mut token = None;
    for _ in 0..pages {
        let page = collector.client.playlist_items(&playlist, token.as_ref()).await?;
        let is_last = page.items.last().is_none_or(|item| item.added_at < since);
        let available =
            page.items.into_iter().filter(|item| item.availability == Availability::Available);
        let uploads: Vec<_> = available
            .map(|item| (item.video_id, item.published_at.unwrap_or(item.added_at)))
            .filter(|(_, published_at)| *published_at >= since)
            .collect();
        track(collector, &uploads, now).await?;
        token = page.next;
        if is_last || token.is_none() {
            break;
        }
    }
    Ok(())
}

/// Stores the videos of a chart, which its response contains.
async fn check_chart(
    collector: &Collector,
    region: &str,
    category: Option<u16>,
    now: DateTime<Utc>,
) -> Result<(), CollectError> {
    let mut token = None;
    for _ in 0..MAX_CHART_PAGES {
        let page = collector.client.chart(region, category, &Part::ALL, token.as_ref()).await?;
        store_observations(collector, page.items.iter(), now).await?;
        let next: Vec<_> = page.items.iter().map(|video| next_check_of(video, now, now)).collect();
        schedule_videos(&*collector.pool.get().await?, &next, now).await?;
        token = page.next;
        if token.is_none() {
            break;
        }
    }
    Ok(())
}

async fn check_search(
    collector: &Collector,
    query: String,
    last: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), CollectError> {
    let published_after = Some(last.unwrap_or(now - collector.settings.backfill()));
    let search = SearchQuery { query, published_after, ..SearchQuery::default() };
    let page = collector.client.search(&search, None).await?;
    let found: Vec<_> =
        page.items.into_iter().map(|item| (item.video_id, item.published_at)).collect();
    track(collector, &found, now).await?;
    Ok(())
}

/// Tracks videos.
async fn track(
    collector: &Collector,
    videos: &[(VideoId, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> Result<(), CollectError> {
    let new = track_videos(&*collector.pool.get().await?, videos, now).await?;
    collector.metrics.discovered.inc_by(new as u64);
    Ok(())
}
