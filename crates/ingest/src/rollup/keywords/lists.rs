//! The tables `keyword_list` and `keyword_list_entry`.

use super::{
    best_times::BestTimes,
    counter::{KeywordCounter, KeywordUse, PREVIOUS_WINDOWS, WINDOWS},
    ranking::{CountedList, MIN_VIDEOS, Rankings},
    score::ScoreCollector,
};
use crate::{
    load::{LoadError, Session},
    progress::{Progress, Unit},
};
use chrono::{DateTime, TimeDelta, Utc};
use common::time::{days_ago, seoul_day};
use foldhash::HashMap;
use futures_util::TryStreamExt;
use std::pin::pin;
use tokio_postgres::{
    RowStream, Transaction,
    binary_copy::BinaryCopyInWriter,
    types::{ToSql, Type},
};

const DELETE: &str = "DELETE FROM keyword_list_entry; DELETE FROM keyword_list";

const COPY_LISTS: &str = "COPY keyword_list (idx, days, category, length, min_subscribers,
    below_subscribers, window_from, window_until, previous_from, videos, active_channels,
    previous_active_channels, rising, large) FROM STDIN BINARY";

const LIST_TYPES: [Type; 14] = [
    Type::INT4,
    Type::INT2,
    Type::INT2,
    Type::TEXT,
    Type::INT4,
    Type::INT4,
    Type::TIMESTAMPTZ,
    Type::TIMESTAMPTZ,
    Type::TIMESTAMPTZ,
    Type::INT4,
    Type::INT4,
    Type::INT4,
    Type::INT4,
    Type::INT4,
];

const COPY_ENTRIES: &str = "COPY keyword_list_entry (list_idx, keyword_idx, rising_rank,
    large_rank, videos, channels, largest_channel_videos, views, previous_videos,
    previous_channels, rate_ratio, rate_ratio_low) FROM STDIN BINARY";

const ENTRY_TYPES: [Type; 12] = [
    Type::INT4,
    Type::INT4,
    Type::INT2,
    Type::INT2,
    Type::INT4,
    Type::INT4,
    Type::INT4,
    Type::INT8,
    Type::INT4,
    Type::INT4,
    Type::FLOAT8,
    Type::FLOAT8,
];

/// Whether there are no lists, or their windows end before `time`.
pub(super) async fn is_outdated(session: &Session, time: DateTime<Utc>) -> Result<bool, LoadError> {
    let statement = "SELECT coalesce(max(window_until) < $1, true) FROM keyword_list";
    Ok(session.query_one(statement, &[&time]).await?.get(0))
}

/// The results of one pass over all uses.
pub(super) struct RankingResult {
    pub lists: Vec<CountedList>,
    pub scores: ScoreCollector,
    pub best_times: BestTimes,
}

/// Ranks the keywords of all windows that end at `now`, and updates the names of keywords.
pub(super) async fn rank_keywords(
    session: &Session,
    now: DateTime<Utc>,
    progress: &dyn Progress,
) -> Result<RankingResult, LoadError> {
    let longest = WINDOWS.into_iter().max().unwrap_or_default();
    let start = now - TimeDelta::days(i64::from(longest * (PREVIOUS_WINDOWS + 1)));
    let first_day = seoul_day(days_ago(now, longest.unsigned_abs().into()));
    let min_videos = i64::from(MIN_VIDEOS);

    let mut activity = KeywordCounter::default();
    let mut uploads =
        pin!(stream(session, include_str!("sql/uploads.sql"), &[&start, &now]).await?);
    while let Some(row) = uploads.try_next().await? {
        activity.add(&KeywordUse::from(&row));
    }
    let mut pass = KeywordPass::new(Rankings::new(&activity.finish()));

    let mut task = progress.start("ranking keywords", Unit::Rows, 0);
    let mut last: Option<KeywordUse> = None;
    let parameters: [&(dyn ToSql + Sync); 4] = [&start, &now, &first_day, &min_videos];
    let mut rows = pin!(stream(session, include_str!("sql/uses.sql"), &parameters).await?);
    while let Some(row) = rows.try_next().await? {
        let used = KeywordUse::from(&row);
        if let Some(last) = last
            && last.keyword != used.keyword
        {
            pass.finish_keyword(last.keyword);
        }
        pass.names.add(&used);
        // A video can have several spellings of a keyword.
        if last.is_none_or(|last| (last.keyword, last.video) != (used.keyword, used.video)) {
            pass.counter.add(&used);
            pass.scores.add(&used);
            pass.best_times.add(&row);
            task.advance(1);
        }
        last = Some(used);
    }
    if let Some(last) = last {
        pass.finish_keyword(last.keyword);
    }
    task.finish();
    pass.names.store(session).await?;
    let KeywordPass { rankings, scores, best_times, .. } = pass;
    Ok(RankingResult { lists: rankings.finish(), scores, best_times })
}

/// What one pass over all uses collects, keyword by keyword.
struct KeywordPass {
    rankings: Rankings,
    counter: KeywordCounter,
    names: SpellingCounts,
    scores: ScoreCollector,
    best_times: BestTimes,
}

impl KeywordPass {
    fn new(rankings: Rankings) -> Self {
        Self {
            rankings,
            counter: KeywordCounter::default(),
            names: SpellingCounts::default(),
            scores: ScoreCollector::default(),
            best_times: BestTimes::default(),
        }
    }

    /// Ends the uses of a keyword.
    fn finish_keyword(&mut self, keyword: i32) {
        self.rankings.add(keyword, &self.counter.finish());
        self.names.finish(keyword);
        self.scores.finish_keyword(keyword);
        self.best_times.finish_keyword(keyword);
    }
}

/// Streams the rows of a statement.
async fn stream(
    session: &Session,
    statement: &str,
    parameters: &[&(dyn ToSql + Sync)],
) -> Result<RowStream, LoadError> {
    Ok(session.query_raw(statement, parameters.iter().copied()).await?)
}

/// The most frequent spelling of each keyword.
#[derive(Default)]
struct SpellingCounts {
    /// The number of uses of each spelling of the current keyword.
    counts: HashMap<i32, u32>,
    keywords: Vec<i32>,
    spellings: Vec<i32>,
}

impl SpellingCounts {
    fn add(&mut self, used: &KeywordUse) {
        *self.counts.entry(used.spelling).or_insert(0) += 1;
    }

    /// Ends the current keyword. Of equally frequent spellings, the one that was stored first is
    /// used.
    fn finish(&mut self, keyword: i32) {
        let most = self.counts.drain().max_by_key(|(spelling, count)| (*count, -*spelling));
        if let Some((spelling, _)) = most {
            self.keywords.push(keyword);
            self.spellings.push(spelling);
        }
    }

    async fn store(&self, session: &Session) -> Result<(), LoadError> {
        let parameters: [&(dyn ToSql + Sync); 2] = [&self.keywords, &self.spellings];
        session.execute(include_str!("sql/set_names.sql"), &parameters).await?;
        Ok(())
    }
}

/// Replaces all lists.
pub(super) async fn replace_lists(
    transaction: &Transaction<'_>,
    lists: &[CountedList],
    now: DateTime<Utc>,
) -> Result<(), LoadError> {
    transaction.batch_execute(DELETE).await?;
    let sink = transaction.copy_in(COPY_LISTS).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &LIST_TYPES));
    for (idx, CountedList { key: (scope, range), counts, ranked }) in (1_i32..).zip(lists) {
        let days = TimeDelta::days(scope.days.into());
        let from = now - days;
        let row: [&(dyn ToSql + Sync); 14] = [
            &idx,
            &saturating_i16(scope.days.unsigned_abs() as usize),
            &scope.category,
            &scope.length.name(),
            &range.lowest(),
            &range.below(),
            &from,
            &now,
            &(from - days * PREVIOUS_WINDOWS),
            &saturating_i32(counts.videos),
            &saturating_i32(counts.channels),
            &saturating_i32(counts.previous_channels),
            &i32::from(saturating_i16(ranked.rising)),
            &i32::from(saturating_i16(ranked.large)),
        ];
        writer.as_mut().write(&row).await?;
    }
    writer.finish().await?;
    let sink = transaction.copy_in(COPY_ENTRIES).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &ENTRY_TYPES));
    for (idx, list) in (1_i32..).zip(lists) {
        for (entry, ranks) in list.ranked.entries.values() {
            let counts = &entry.counts;
            let rank = |rank: Option<usize>| rank.map(|rank| saturating_i16(rank + 1));
            let row: [&(dyn ToSql + Sync); 12] = [
                &idx,
                &entry.keyword,
                &rank(ranks.rising),
                &rank(ranks.large),
                &saturating_i32(counts.videos),
                &saturating_i32(counts.channels),
                &saturating_i32(counts.max_channel_videos),
                &counts.views,
                &saturating_i32(counts.previous_videos),
                &saturating_i32(counts.previous_channels),
                &entry.ratio.map(|ratio| ratio.estimate),
                &entry.ratio.map(|ratio| ratio.low),
            ];
            writer.as_mut().write(&row).await?;
        }
    }
    writer.finish().await?;
    Ok(())
}

fn saturating_i16(number: usize) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

fn saturating_i32(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
