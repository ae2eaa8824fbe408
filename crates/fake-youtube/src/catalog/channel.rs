//! Channels: names, sizes and rhythms of uploads.

use super::{
    ids,
    random::{Random, Stream},
};
use chrono::{DateTime, TimeDelta, Utc};
use demo_words::{Topic, Words};
use youtube::ChannelId;

/// Monday, 1 January 2018, 00:00 in Seoul: the start of week 0, in seconds since 1970.
const WEEK_ZERO: i64 = 1_514_732_400;

const WEEK: i64 = 7 * 86_400;

/// The week in which the sizes of channels are as drawn, the first of 2026.
pub(super) const REFERENCE_WEEK: i64 = 417;

/// Uploads of a channel in a week, at most.
pub(super) const SLOTS_PER_WEEK: u32 = 6;

/// Relative frequency of uploads by hour in Seoul.
const HOURS: [u32; 24] =
    [3, 2, 1, 1, 1, 1, 2, 4, 5, 4, 4, 6, 7, 6, 5, 6, 8, 10, 14, 13, 10, 8, 6, 4];

/// Relative frequency of uploads by weekday, from Monday.
const WEEKDAYS: [u32; 7] = [70, 70, 72, 75, 90, 100, 95];

/// Relative frequency of 0 to 6 uploads a week.
const UPLOADS_A_WEEK: [u32; 7] = [1, 26, 30, 20, 11, 7, 5];

/// A channel, determined by the seed and its number.
#[derive(Debug)]
pub(super) struct Channel {
    pub number: u32,
    pub id: ChannelId,
    /// An index into the topics.
    pub topic: usize,
    pub name: String,
    /// When it gets another name, and which.
    pub renamed: Option<(DateTime<Utc>, String)>,
    /// Without `@`.
    pub handle: String,
    pub about: String,
    pub created: DateTime<Utc>,
    /// When it is deleted with all videos.
    pub terminated: Option<DateTime<Utc>>,
    pub first_week: i64,
    /// Start of the hours of uploads, in seconds since the start of the week, ascending.
    pub slots: Vec<i64>,
    /// Probability that an upload is a Short.
    pub shorts_share: f64,
    /// Views of its videos relative to channels of its size, as log10 of the ratio.
    pub success: f64,
    pub hides_subscribers: bool,
    pub hides_likes: bool,
    pub disables_comments: bool,
    /// Indices into the series of the topic.
    pub series: [usize; 2],
    /// Subscribers in [`REFERENCE_WEEK`].
    size: f64,
    /// Continuous growth of subscribers in a day.
    growth: f64,
    /// Views of older uploads in a year per subscriber.
    views_rate: f64,
}

impl Channel {
    pub(super) fn new(seed: u64, number: u32, words: &Words) -> Option<Self> {
        let random = &mut Random::new(seed, Stream::Channel, number, 0);
        let weights: Vec<u32> = words.topics.iter().map(|topic| topic.weight).collect();
        let topic_index = random.weighted_index(&weights);
        let topic = words.topics.get(topic_index)?;
        // Lognormal around 30,000: most are small, a few have millions.
        let size = 10_f64.powf(4.48 + random.normal(0.85)).clamp(60.0, 2e7);
        let name = name(topic, words, random);
        let is_new = random.chance(0.03);
        let first_week = if is_new {
            REFERENCE_WEEK + random.integer(0, 80)
        } else {
            REFERENCE_WEEK - random.integer(20, 400)
        };
        let created = week_start(first_week) - TimeDelta::minutes(random.integer(10, 20_000));
        let renamed = random.chance(0.04).then(|| {
            let at = week_start(REFERENCE_WEEK) + TimeDelta::minutes(random.integer(0, 1_000_000));
            (at, self::name(topic, words, random))
        });
        let terminated = random.chance(0.004).then(|| {
            week_start(REFERENCE_WEEK.max(first_week))
                + TimeDelta::minutes(random.integer(0, 1_000_000))
        });
        let mut handle = topic.slug.clone();
        if random.chance(0.3) {
            handle = name.replace(' ', "");
        }
        let about = random.choose(&words.about);
        let about = demo_words::fill(about, &[('t', &topic.name), ('c', &name)]);
        Some(Self {
            number,
            id: ids::channel_id(seed, number)?,
            topic: topic_index,
            handle: format!("{handle}{number}"),
            about,
            name,
            renamed,
            created,
            terminated,
            first_week,
            slots: slots(random),
            shorts_share: if random.chance(0.5) { random.uniform(0.1, 0.8) } else { 0.0 },
            success: random.normal(0.2),
            hides_subscribers: random.chance(0.03),
            hides_likes: random.chance(0.02),
            disables_comments: random.chance(0.03),
            series: [0, 1].map(|_| usize::try_from(random.integer(0, 4)).unwrap_or_default()),
            size,
            growth: random.normal(0.000_5) + 0.000_3,
            views_rate: random.uniform(10.0, 90.0),
        })
    }

    /// Its name at a time.
    pub(super) fn name_at(&self, at: DateTime<Utc>) -> &str {
        match &self.renamed {
            Some((from, name)) if at >= *from => name,
            _ => &self.name,
        }
    }

    pub(super) fn exists_at(&self, at: DateTime<Utc>) -> bool {
        at >= self.created && self.terminated.is_none_or(|end| at < end)
    }

    /// The exact number of subscribers.
    pub(super) fn subscribers_at(&self, at: DateTime<Utc>) -> f64 {
        let days = (at - week_start(REFERENCE_WEEK)).as_seconds_f64() / 86_400.0;
        (self.size * (self.growth * days).clamp(-5.0, 3.0).exp()).max(1.0)
    }

    /// Views of its uploads before [`REFERENCE_WEEK`].
    pub(super) fn older_views_at(&self, at: DateTime<Utc>) -> f64 {
        let years = (at - self.created).as_seconds_f64() / (365.0 * 86_400.0);
        self.size * self.views_rate * years.max(0.0)
    }
}

/// The start of a week, counted from [`WEEK_ZERO`].
pub(super) fn week_start(week: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(WEEK_ZERO + week * WEEK, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The week of an instant.
pub(super) fn week_of(at: DateTime<Utc>) -> i64 {
    (at.timestamp() - WEEK_ZERO).div_euclid(WEEK)
}

fn name(topic: &Topic, words: &Words, random: &mut Random) -> String {
    let owner = if random.chance(0.5) {
        random.choose(&topic.owners).to_owned()
    } else {
        random.choose(&words.names).to_owned()
    };
    match random.integer(0, 3) {
        0 => format!("{owner} {}", random.choose(&words.names)),
        1 => format!("{owner} {}", topic.name),
        _ => format!("{owner}{}", random.choose(&words.endings)),
    }
}

/// Distinct weekdays, mostly at the same hour.
fn slots(random: &mut Random) -> Vec<i64> {
    let count = random.weighted_index(&UPLOADS_A_WEEK);
    let usual_hour = random.weighted_index(&HOURS);
    let mut weekdays = WEEKDAYS;
    let mut slots = Vec::with_capacity(count);
    for _ in 0..count {
        let day = random.weighted_index(&weekdays);
        weekdays[day] = 0;
        let hour = if random.chance(0.7) { usual_hour } else { random.weighted_index(&HOURS) };
        slots.extend(i64::try_from(day * 86_400 + hour * 3_600));
    }
    slots.sort_unstable();
    slots
}
