//! Demo channels.

use super::{ids::channel_id, rng::DemoRng, schedule::usual_hour};
use crate::load::{NewChannel, NewChannelViews, NewSubscribers};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use demo_words::{Topic, Words, fill};

/// Days of subscriber history.
const HISTORY_DAYS: i32 = 50;
/// The days in which the views of older videos double.
const DOUBLING_DAYS: i64 = 1_000;

/// A demo channel, determined by its number.
pub(super) struct DemoChannel<'a> {
    pub topic: &'a Topic,
    pub name: String,
    pub subscribers: i32,
    /// Tags of all its videos.
    pub tags: Vec<&'a str>,
    /// Series of its videos.
    pub series: Vec<&'a str>,
    /// The usual hour of its uploads.
    pub hour: u32,
    /// Views of its videos relative to channels of its size, as log10 of the ratio.
    pub success: f64,
    /// The share of Shorts among its videos.
    pub shorts: f64,
    pub number: u32,
    /// The share of subscribers gained within [`HISTORY_DAYS`].
    gained: f64,
    /// The views of its videos that are not in the demo.
    older_views: i64,
    started: u32,
    about: &'a str,
}

impl<'a> DemoChannel<'a> {
    pub(super) fn new(number: u32, words: &'a Words) -> Self {
        let rng = &mut DemoRng::for_channel(number);
        let topic =
            &words.topics[rng.weighted_index(words.topics.iter().map(|topic| topic.weight))];
        // Lognormal around 30,000: most are small, a few have millions.
        let size = 10_f64.powf(4.48 + rng.normal(0.85)).clamp(60.0, 2e7);
        let owner =
            if rng.chance(0.5) { rng.choose(&topic.owners) } else { rng.choose(&words.names) };
        let name = match rng.below(3) {
            0 => format!("{owner} {}", rng.choose(&words.names)),
            1 => format!("{owner} {}", topic.name),
            _ => format!("{owner}{}", rng.choose(&words.endings)),
        };
        let mut tags: Vec<&str> = vec![&topic.name];
        for _ in 0..rng.below(3) + 2 {
            tags.push(pick_keyword(topic, 0, rng));
        }
        let first = rng.below(4) as usize;
        let series = topic.series.iter().cycle().skip(first).take(2).map(String::as_str).collect();
        Self {
            topic,
            name,
            subscribers: round(size),
            tags,
            series,
            hour: usual_hour(rng),
            success: rng.normal(0.2),
            number,
            gained: rng.uniform(0.0, 0.12),
            older_views: i64::from(round(size)) * i64::from(60 + rng.below(340)),
            started: rng.below(4_400),
            about: rng.choose(&words.about),
            // A third of the channels publish mostly Shorts.
            shorts: if rng.chance(0.33) { rng.uniform(0.6, 0.95) } else { rng.uniform(0.0, 0.25) },
        }
    }

    pub(super) fn row(&self) -> NewChannel {
        let blanks = [('t', self.topic.name.as_str()), ('c', self.name.as_str())];
        let first_day = NaiveDate::from_ymd_opt(2012, 1, 1).unwrap_or_default();
        NewChannel {
            name: Some(self.name.clone()),
            description: Some(fill(self.about, &blanks)),
            start_date: Some(first_day + TimeDelta::days(i64::from(self.started))),
            // Pages show the first letter of the name: the demo needs no network.
            thumbnail_url: None,
            channel_id: channel_id(self.number),
            hidden_subscriber: self.is_hidden(),
            subscribers: self.subscribers,
            // All videos of the demo are stored.
            upload_count: None,
        }
    }

    /// One subscriber count every `step` days, oldest first. Empty if the number is hidden.
    pub(super) fn subscriber_rows(
        &self,
        index: i32,
        reference: DateTime<Utc>,
        step: usize,
    ) -> Vec<NewSubscribers> {
        if self.is_hidden() {
            return Vec::new();
        }
        let row = |days: i32| {
            let share = 1.0 - self.gained * f64::from(days) / f64::from(HISTORY_DAYS);
            NewSubscribers {
                channel: index,
                subscribers: round(f64::from(self.subscribers) * share).to_string(),
                check_time: reference - TimeDelta::days(i64::from(days)),
            }
        };
        let days = (0..HISTORY_DAYS).step_by(step).collect::<Vec<_>>();
        days.into_iter().rev().map(row).collect()
    }

    /// One view count every `step` days, oldest first: the views of older videos, and
    /// `demo_views`, those of the videos of the demo at a time.
    pub(super) fn view_rows(
        &self,
        index: i32,
        reference: DateTime<Utc>,
        step: usize,
        demo_views: impl Fn(DateTime<Utc>) -> i64,
    ) -> Vec<NewChannelViews> {
        let row = |days: i32| {
            let older = self.older_views - self.older_views * i64::from(days) / DOUBLING_DAYS;
            let check_time = reference - TimeDelta::days(i64::from(days));
            NewChannelViews { channel: index, views: older + demo_views(check_time), check_time }
        };
        let days = (0..HISTORY_DAYS).step_by(step).collect::<Vec<_>>();
        days.into_iter().rev().map(row).collect()
    }

    /// Whether the number of subscribers is hidden.
    pub(super) fn is_hidden(&self) -> bool {
        self.number % 41 == 7
    }
}

/// A random keyword of `topic`, with decreasing probability in its list from `offset` on, which
/// varies with time so that trends change.
pub(super) fn pick_keyword<'a>(topic: &'a Topic, offset: usize, rng: &mut DemoRng) -> &'a str {
    let count = topic.keywords.len();
    let index = rng.unit().powi(2) * f64::from(u32::try_from(count).unwrap_or_default());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below `count`")]
    let index = index as usize;
    topic.keywords.get((index + offset) % count.max(1)).map_or("", String::as_str)
}

/// Rounds to an integer, at least 1.
fn round(count: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "far below the largest i32")]
    let count = count.round() as i32;
    count.max(1)
}
