//! Quota accounting: the cost of a call, the day for which it counts, and the remaining units.

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use jiff::{
    Timestamp,
    civil::Date,
    tz::{TimeZone, get},
};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::{error::Error as StdError, fmt};

/// A daily quota of a Google Cloud project. Each method counts against one bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// Units of all methods without a separate bucket.
    Units,
    /// Calls of `search.list`.
    Search,
    /// Calls of `videos:batchGetStats`.
    BatchStats,
}

impl Bucket {
    /// All buckets, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Units, Self::Search, Self::BatchStats];

    /// The name in metrics and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Search => "search",
            Self::BatchStats => "batch_stats",
        }
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A request that the client sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// `videos.list`, by id or chart.
    VideosList,
    /// `videos:batchGetStats`.
    VideosBatchGetStats,
    /// `channels.list`.
    ChannelsList,
    /// `playlistItems.list`.
    PlaylistItemsList,
    /// `search.list`.
    SearchList,
    /// `videoCategories.list`.
    VideoCategoriesList,
    /// The Atom feed of a channel.
    Feed,
}

impl Method {
    /// All methods, also those without a cost.
    pub const ALL: [Self; 7] = [
        Self::VideosList,
        Self::VideosBatchGetStats,
        Self::ChannelsList,
        Self::PlaylistItemsList,
        Self::SearchList,
        Self::VideoCategoriesList,
        Self::Feed,
    ];

    /// The name in YouTube's documentation, for logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VideosList => "videos.list",
            Self::VideosBatchGetStats => "videos.batchGetStats",
            Self::ChannelsList => "channels.list",
            Self::PlaylistItemsList => "playlistItems.list",
            Self::SearchList => "search.list",
            Self::VideoCategoriesList => "videoCategories.list",
            Self::Feed => "feed",
        }
    }

    /// The cost of one request, that is of each page and each attempt, also if it is invalid;
    /// `None` for feeds.
    pub const fn cost(self) -> Option<Cost> {
        let bucket = match self {
            Self::VideosBatchGetStats => Bucket::BatchStats,
            Self::SearchList => Bucket::Search,
            Self::Feed => return None,
            _ => Bucket::Units,
        };
        Some(Cost { bucket, units: 1 })
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The quota cost of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// The quota against which the request counts.
    pub bucket: Bucket,
    /// Units, or calls in buckets that count calls.
    pub units: u32,
}

/// The daily limits of a project; by default the limits of a new project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Limit of [`Bucket::Units`].
    pub units: u32,
    /// Limit of [`Bucket::Search`].
    pub search: u32,
    /// Limit of [`Bucket::BatchStats`].
    pub batch_stats: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { units: 10_000, search: 100, batch_stats: 10_000 }
    }
}

impl Limits {
    /// The limit of a bucket.
    pub const fn of(&self, bucket: Bucket) -> u32 {
        match bucket {
            Bucket::Units => self.units,
            Bucket::Search => self.search,
            Bucket::BatchStats => self.batch_stats,
        }
    }
}

/// The time zone at whose midnight quotas are reset.
static LOS_ANGELES: TimeZone = get!("America/Los_Angeles");

/// A day in Los Angeles, for which quotas count. It has 23, 24 or 25 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PacificDay(NaiveDate);

impl PacificDay {
    /// The day of an instant.
    pub fn of(instant: DateTime<Utc>) -> Self {
        let earliest_or_latest =
            if instant.timestamp() < 0 { Timestamp::MIN } else { Timestamp::MAX };
        let timestamp = Timestamp::from_second(instant.timestamp()).unwrap_or(earliest_or_latest);
        let date = LOS_ANGELES.to_datetime(timestamp).date();
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        let date = NaiveDate::from_ymd_opt(date.year().into(), month.into(), day.into());
        Self(date.unwrap_or_default())
    }

    /// The date, as stored in the ledger.
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// The day after it.
    pub fn next(self) -> Self {
        Self(self.0.succ_opt().unwrap_or(self.0))
    }

    /// Its first instant: 07:00 UTC in summer, 08:00 UTC in winter.
    pub fn start(self) -> DateTime<Utc> {
        let date = jiff_date(self.0).unwrap_or(Date::MAX);
        // Clocks change at 02:00, so that midnight exists and is unambiguous.
        let start = LOS_ANGELES.to_timestamp(date.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX);
        DateTime::from_timestamp(start.as_second(), 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

impl From<NaiveDate> for PacificDay {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl fmt::Display for PacificDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn jiff_date(date: NaiveDate) -> Option<Date> {
    use chrono::Datelike;
    let (month, day) = (date.month().try_into().ok()?, date.day().try_into().ok()?);
    Date::new(date.year().try_into().ok()?, month, day).ok()
}

/// When quotas are reset next.
pub fn next_reset(now: DateTime<Utc>) -> DateTime<Utc> {
    PacificDay::of(now).next().start()
}

/// A bucket has too few units left for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the quota {bucket} is used up until midnight in Los Angeles: its daily limit of {limit} is \
     reached, or YouTube has reported it"
)]
pub struct Exhausted {
    /// The bucket without enough units.
    pub bucket: Bucket,
    /// Units or calls per day.
    pub limit: u32,
    /// Midnight in Los Angeles.
    pub reset: DateTime<Utc>,
}

/// Units used on one Pacific day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    day: PacificDay,
    used: [u32; Bucket::ALL.len()],
}

impl Usage {
    /// No usage on the day of `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self { day: PacificDay::of(now), used: [0; Bucket::ALL.len()] }
    }

    /// Adds the cost of a request if the limit allows it. A new day starts from zero; a clock that
    /// goes back does not return to an earlier day.
    pub fn reserve(
        &mut self,
        cost: Cost,
        now: DateTime<Utc>,
        limits: &Limits,
    ) -> Result<(), Exhausted> {
        self.advance(now);
        let (bucket, limit) = (cost.bucket, limits.of(cost.bucket));
        let used = &mut self.used[bucket as usize];
        match used.checked_add(cost.units).filter(|total| *total <= limit) {
            Some(total) => *used = total,
            None => return Err(Exhausted { bucket, limit, reset: self.day.next().start() }),
        }
        Ok(())
    }

    /// Marks a bucket as used up, after the server reported it.
    pub fn exhaust(&mut self, bucket: Bucket, now: DateTime<Utc>, limits: &Limits) {
        self.advance(now);
        let used = &mut self.used[bucket as usize];
        *used = (*used).max(limits.of(bucket));
    }

    /// The day on which the units were used.
    pub const fn day(&self) -> PacificDay {
        self.day
    }

    /// Units of a bucket used on [`Self::day`].
    pub const fn used(&self, bucket: Bucket) -> u32 {
        self.used[bucket as usize]
    }

    fn advance(&mut self, now: DateTime<Utc>) {
        let today = PacificDay::of(now);
        if today > self.day {
            *self = Self { day: today, used: [0; Bucket::ALL.len()] };
        }
    }
}

/// Why a reservation failed.
#[derive(Debug, thiserror::Error)]
pub enum ReserveError {
    /// The budget of the day is used up.
    #[error(transparent)]
    Exhausted(#[from] Exhausted),
    /// The ledger cannot be read or written; no request is sent.
    #[error("the quota ledger is unavailable")]
    Unavailable(#[source] Box<dyn StdError + Send + Sync>),
}

/// Where the client reserves the cost of every attempt before it sends it. Shared by all
/// processes that use one key.
pub trait Ledger: Send + Sync {
    /// Reserves units of the current Pacific day.
    fn reserve(&self, cost: Cost) -> BoxFuture<'_, Result<(), ReserveError>>;

    /// The server reported that a bucket is used up.
    fn exhaust(&self, bucket: Bucket) -> BoxFuture<'_, Result<(), ReserveError>>;
}

/// A ledger of one process, lost when it ends: for single commands and tests.
pub struct MemoryLedger {
    usage: Mutex<Usage>,
    limits: Limits,
    now: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
}

impl MemoryLedger {
    /// A ledger that reads the time from the system.
    pub fn new(limits: Limits) -> Self {
        Self::with_clock(limits, Utc::now)
    }

    /// A ledger that reads the time from `now`.
    pub fn with_clock(
        limits: Limits,
        now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    ) -> Self {
        Self { usage: Mutex::new(Usage::new(now())), limits, now: Box::new(now) }
    }

    /// A copy of the current usage.
    pub fn usage(&self) -> Usage {
        self.usage.lock().clone()
    }
}

impl fmt::Debug for MemoryLedger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryLedger").field("usage", &self.usage()).finish_non_exhaustive()
    }
}

impl Ledger for MemoryLedger {
    fn reserve(&self, cost: Cost) -> BoxFuture<'_, Result<(), ReserveError>> {
        let mut usage = self.usage.lock();
        let result = usage.reserve(cost, (self.now)(), &self.limits);
        Box::pin(async move { Ok(result?) })
    }

    fn exhaust(&self, bucket: Bucket) -> BoxFuture<'_, Result<(), ReserveError>> {
        let mut usage = self.usage.lock();
        usage.exhaust(bucket, (self.now)(), &self.limits);
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests;
