//! Uploads: when they are published, and how their counts develop.

use super::{
    channel::{Channel, REFERENCE_WEEK, SLOTS_PER_WEEK, week_of, week_start},
    growth::Growth,
    random::{Random, Stream, hash},
};
use chrono::{DateTime, TimeDelta, Utc};

/// The slope of log(views) over log(subscribers), as in the demo data.
const SLOPE: f64 = 0.96;

/// The start of 2026-08-24 in UTC: from then on the simulator counts a view at the start of playback,
/// as YouTube does since a day of this month.
pub(super) const COUNTING_CHANGE: DateTime<Utc> = match DateTime::from_timestamp(1_787_529_600, 0) {
    Some(time) => time,
    None => unreachable!(),
};

/// Ratio of new views since [`COUNTING_CHANGE`] to new views before.
const COUNTING_FACTOR: f64 = 1.25;

/// The kind of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Long,
    Short,
    /// Announced, then shown at a set time.
    Premiere,
    /// Announced, then live.
    Live,
}

/// When a video cannot be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Removal {
    pub at: DateTime<Utc>,
    pub is_private: bool,
    /// When a private video becomes public again.
    pub until: Option<DateTime<Utc>>,
}

/// A video, determined by its channel and ordinal number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Upload {
    pub ordinal: u32,
    pub published: DateTime<Utc>,
    pub kind: Kind,
    /// The start of a premiere or live stream; otherwise the publication.
    pub starts: DateTime<Utc>,
    /// The end of a premiere or live stream; otherwise the publication.
    pub ends: DateTime<Utc>,
    pub seconds: i64,
    pub removal: Option<Removal>,
    pub hides_likes: bool,
    pub disables_comments: bool,
    /// When it gets another title.
    pub retitled: Option<DateTime<Utc>>,
    level: f64,
    growth: Growth,
    like_rate: f64,
    comment_rate: f64,
    /// When views are corrected, and the share of views that is removed.
    correction: Option<(DateTime<Utc>, f64)>,
}

/// Ordinal numbers of the uploads of a channel until `at`, newest first.
pub(super) fn ordinals(
    seed: u64,
    channel: &Channel,
    at: DateTime<Utc>,
) -> impl Iterator<Item = u32> {
    let weeks = (channel.first_week..=week_of(at)).rev();
    let slots = (0..SLOTS_PER_WEEK).take(channel.slots.len());
    weeks
        .flat_map(move |week| {
            let week = u32::try_from(week).unwrap_or(u32::MAX / SLOTS_PER_WEEK);
            slots.clone().rev().map(move |slot| week * SLOTS_PER_WEEK + slot)
        })
        .filter(move |ordinal| published(seed, channel, *ordinal).is_some_and(|time| time <= at))
}

/// The number of uploads of a channel until `at`.
pub(super) fn count_until(seed: u64, channel: &Channel, at: DateTime<Utc>) -> usize {
    let last_week = week_of(at);
    let slots = (0..SLOTS_PER_WEEK).take(channel.slots.len());
    // Only the last week needs a comparison of times.
    let earlier = (channel.first_week..last_week).flat_map(|week| {
        let first = u32::try_from(week).unwrap_or_default() * SLOTS_PER_WEEK;
        slots.clone().map(move |slot| first + slot)
    });
    let hashes = earlier.map(|ordinal| hash(seed, Stream::Upload, channel.number, ordinal));
    let in_last_week = ordinals(seed, channel, at)
        .take_while(|ordinal| i64::from(ordinal / SLOTS_PER_WEEK) == last_week);
    hashes.filter(|hash| !is_skipped(*hash)).count() + in_last_week.count()
}

/// Views until `at` of the uploads of a channel since [`REFERENCE_WEEK`].
pub(super) fn recent_views(seed: u64, channel: &Channel, at: DateTime<Utc>) -> f64 {
    ordinals(seed, channel, at)
        .take_while(|ordinal| i64::from(ordinal / SLOTS_PER_WEEK) >= REFERENCE_WEEK)
        .filter_map(|ordinal| Upload::new(seed, channel, ordinal))
        .map(|upload| upload.uncorrected_views_at(at))
        .sum()
}

/// Some weeks have fewer uploads than usual.
const fn is_skipped(hash: u64) -> bool {
    hash % 100 < 12
}

/// The publication time of an upload; `None` if the channel has no upload with this number.
pub(super) fn published(seed: u64, channel: &Channel, ordinal: u32) -> Option<DateTime<Utc>> {
    let (week, slot) = (ordinal / SLOTS_PER_WEEK, ordinal % SLOTS_PER_WEEK);
    let start = *channel.slots.get(usize::try_from(slot).ok()?)?;
    if i64::from(week) < channel.first_week {
        return None;
    }
    let hash = hash(seed, Stream::Upload, channel.number, ordinal);
    if is_skipped(hash) {
        return None;
    }
    // Below an hour, so that slots and times have the same order.
    let jitter = i64::try_from((hash >> 32) % 3_000).unwrap_or_default();
    Some(week_start(week.into()) + TimeDelta::seconds(start + jitter))
}

impl Upload {
    pub(super) fn new(seed: u64, channel: &Channel, ordinal: u32) -> Option<Self> {
        let published = published(seed, channel, ordinal)?;
        let random = &mut Random::new(seed, Stream::Upload, channel.number, ordinal);
        let kind = match random.unit() {
            unit if unit < 0.015 => Kind::Live,
            unit if unit < 0.03 => Kind::Premiere,
            _ if random.chance(channel.shorts_share) => Kind::Short,
            _ => Kind::Long,
        };
        let seconds = match kind {
            Kind::Short if random.chance(0.85) => random.integer(12, 60),
            Kind::Short => random.integer(60, 181),
            Kind::Live => random.integer(3_600, 4 * 3_600),
            Kind::Long | Kind::Premiere => lognormal_seconds(random),
        };
        let announced = TimeDelta::minutes(random.integer(20, 1_440));
        let is_scheduled = matches!(kind, Kind::Live | Kind::Premiere);
        let starts = if is_scheduled { published + announced } else { published };
        let ends = if is_scheduled { starts + TimeDelta::seconds(seconds) } else { published };
        let viral = if random.chance(0.012) { random.uniform(0.9, 2.1) } else { 0.0 };
        let power = channel.success - 0.1 + random.normal(0.45) + viral;
        let growth = match kind {
            Kind::Short => Growth { theta: 0.3, tau: random.uniform(1.0, 4.0) },
            _ => Growth { theta: random.uniform(0.25, 0.55), tau: random.uniform(0.2, 0.8) },
        };
        let after = |random: &mut Random, low: f64, high: f64| {
            // Log-uniform in days.
            let days = low * (high / low).powf(random.unit());
            published + TimeDelta::milliseconds(integer(days * 86_400_000.0))
        };
        let removal = random.chance(0.025).then(|| {
            let (at, is_private) = (after(random, 0.05, 300.0), random.chance(0.35));
            let until = at + TimeDelta::minutes(random.integer(60, 30_000));
            let until = (is_private && random.chance(0.5)).then_some(until);
            Removal { at, is_private, until }
        });
        let correction =
            random.chance(0.02).then(|| (after(random, 1.0, 60.0), random.uniform(0.02, 0.2)));
        Some(Self {
            ordinal,
            published,
            kind,
            starts,
            ends,
            seconds,
            removal,
            hides_likes: channel.hides_likes || random.chance(0.005),
            disables_comments: channel.disables_comments || random.chance(0.01),
            retitled: random.chance(0.06).then(|| after(random, 0.05, 10.0)),
            level: channel.subscribers_at(published).powf(SLOPE) * 10_f64.powf(power),
            growth,
            like_rate: random.uniform(0.008, 0.06),
            comment_rate: random.uniform(0.000_5, 0.006),
            correction,
        })
    }

    /// Views at a time, also while it cannot be seen.
    pub(super) fn views_at(&self, at: DateTime<Utc>) -> u64 {
        let mut views = self.uncorrected_views_at(at);
        if let Some((from, share)) = self.correction.filter(|(from, _)| at >= *from) {
            views -= share * self.uncorrected_views_at(from);
        }
        count(views)
    }

    pub(super) fn likes_at(&self, at: DateTime<Utc>) -> u64 {
        share_of(self.views_at(at), self.like_rate)
    }

    pub(super) fn comments_at(&self, at: DateTime<Utc>) -> u64 {
        share_of(self.views_at(at), self.comment_rate)
    }

    pub(super) fn is_removed_at(&self, at: DateTime<Utc>) -> bool {
        self.removal
            .is_some_and(|removal| at >= removal.at && removal.until.is_none_or(|until| at < until))
    }

    fn uncorrected_views_at(&self, at: DateTime<Utc>) -> f64 {
        let until = COUNTING_CHANGE.min(at);
        let before = self.level * self.growth.share_at(days(until - self.starts));
        let all = self.level * self.growth.share_at(days(at - self.starts));
        before + COUNTING_FACTOR * (all - before)
    }
}

fn days(delta: TimeDelta) -> f64 {
    delta.as_seconds_f64() / 86_400.0
}

/// Around eleven minutes, from 100 seconds to three hours: some are as short as a Short.
fn lognormal_seconds(random: &mut Random) -> i64 {
    integer((660.0 * 10_f64.powf(random.normal(0.35))).clamp(100.0, 10_800.0))
}

#[expect(clippy::cast_precision_loss, reason = "counts are below 2⁵³")]
fn share_of(count: u64, share: f64) -> u64 {
    self::count(count as f64 * share)
}

/// A count of at least 0, rounded down.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
pub(super) fn count(number: f64) -> u64 {
    number.max(0.0) as u64
}

#[expect(clippy::cast_possible_truncation, reason = "saturates")]
fn integer(number: f64) -> i64 {
    number as i64
}
