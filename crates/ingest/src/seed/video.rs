//! Demo videos.

use super::{
    channel::{DemoChannel, pick_keyword},
    growth::ViewCurve,
    ids::video_id,
    rng::DemoRng,
    schedule::{FIRST_UPLOAD, upload_time},
};
use crate::{
    load::{NewLikes, NewVideo, NewViews},
    observation::VideoDetails,
};
use chrono::{DateTime, TimeDelta, Utc};
use demo_words::{Words, fill};

/// The slope of log(views) over log(subscribers), measured on 22,096 videos that
/// were not selected by success.
const SLOPE: f64 = 0.96;

/// Thumbnails per topic.
const THUMBNAILS: u32 = 3;

/// The number of trending keywords of a week.
pub(super) const WEEKLY_TRENDS: usize = 3;

/// A demo video, determined by its number, its channel and the demo's reference time.
pub(super) struct DemoVideo<'a> {
    number: u32,
    channel: &'a DemoChannel<'a>,
    pub views: ViewCurve,
    keywords: Vec<String>,
    title: String,
    description: String,
    like_rate: f64,
    is_short: bool,
    duration_seconds: i32,
}

impl<'a> DemoVideo<'a> {
    pub(super) fn new(
        number: u32,
        channel: &'a DemoChannel<'a>,
        words: &'a Words,
        reference: DateTime<Utc>,
    ) -> Self {
        let mut rng = DemoRng::for_video(number);
        let rng = &mut rng;
        // The first random number selects the channel.
        rng.unit();
        let upload_time = match number {
            0 => reference - FIRST_UPLOAD,
            _ => upload_time(reference, Some(channel.hour), rng),
        };
        let week = usize::try_from((reference - upload_time).num_weeks()).unwrap_or_default();
        let keyword = pick_keyword(channel.topic, week * 3, rng);
        let series = channel.series[rng.below(2) as usize];
        let viral = if rng.chance(0.012) { rng.uniform(0.9, 2.1) } else { 0.0 };
        let power = channel.success - 0.1 + rng.normal(0.45) + viral;
        let level = f64::from(channel.subscribers).powf(SLOPE) * 10_f64.powf(power);
        let (count, tag) = ((rng.below(9) + 2).to_string(), keyword.replace(' ', ""));
        let blanks = [
            ('k', keyword),
            ('s', series),
            ('n', count.as_str()),
            ('c', channel.name.as_str()),
            ('t', channel.topic.name.as_str()),
            ('h', tag.as_str()),
        ];
        let mut video = Self {
            number,
            channel,
            views: ViewCurve { upload_time, level },
            title: fill(rng.choose(&channel.topic.titles), &blanks),
            description: fill(rng.choose(&words.descriptions), &blanks),
            keywords: keywords(number, channel, words, keyword, series, week, rng),
            like_rate: rng.uniform(0.008, 0.06),
            is_short: false,
            duration_seconds: 0,
        };
        // Last, because every random number depends on the number of earlier ones.
        video.is_short = rng.chance(channel.shorts);
        video.duration_seconds = duration_seconds(video.is_short, rng);
        video
    }

    /// The row for these view counts; `index` is the position of the channel in the batch, if any.
    pub(super) fn row(&self, index: Option<i32>, counts: &[NewViews]) -> NewVideo {
        let id = video_id(self.number);
        let views = counts.last().map_or(0, |last| last.views);
        let previous = counts.iter().nth_back(1).map_or(views, |previous| previous.views);
        let popularity = ratio(views, self.channel.subscribers);
        NewVideo {
            thumbnail_url: Some(self.thumbnail()),
            video_id: id,
            channel: index,
            title: self.title.clone(),
            description: Some(self.description.clone()),
            upload_time: self.views.upload_time,
            views: Some(views),
            views_growth: Some(views - previous),
            popularity: index.map(|_| popularity),
            popularity_estimated: index.is_some() && self.channel.is_hidden(),
            crawled: self.number % 9 != 4,
            observed: None,
            has_tags: false,
            details: VideoDetails {
                category: i16::try_from(self.channel.topic.category).ok(),
                duration_seconds: Some(self.duration_seconds),
                is_short: Some(self.is_short),
                ..VideoDetails::default()
            },
        }
    }

    /// A thumbnail of the topic, served by the gateway: the demo needs no network.
    fn thumbnail(&self) -> String {
        let slug = &self.channel.topic.slug;
        format!("/demo/thumbnails/{slug}-{}.svg", self.number % THUMBNAILS + 1)
    }

    /// Distinct keywords.
    pub(super) fn into_keywords(self) -> Vec<String> {
        self.keywords
    }

    /// Up to `max_count` daily view counts until the reference time, oldest first.
    pub(super) fn view_rows(
        &self,
        index: i32,
        reference: DateTime<Utc>,
        max_count: u32,
    ) -> Vec<NewViews> {
        let times = (0..max_count).map(|days| reference - TimeDelta::days(i64::from(days)));
        let mut times: Vec<_> = times.take_while(|time| *time >= self.views.upload_time).collect();
        times.reverse();
        let row = |check_time| NewViews {
            video: index,
            views: self.views.views_at(check_time),
            check_time,
        };
        times.into_iter().map(row).collect()
    }

    /// The like count at the time of a view count. One video in ten has no dislikes.
    pub(super) fn likes_row(&self, counted: &NewViews) -> NewLikes {
        let likes = scaled(counted.views, self.like_rate);
        let dislikes = (self.number % 10 != 3).then(|| scaled(likes, 0.02));
        NewLikes { video: counted.video, likes, dislikes, check_time: counted.check_time }
    }
}

/// From 15 seconds to a minute for Shorts; others are lognormal around ten minutes.
fn duration_seconds(is_short: bool, rng: &mut DemoRng) -> i32 {
    let seconds = if is_short {
        rng.uniform(15.0, 60.0)
    } else {
        (600.0 * 10_f64.powf(rng.normal(0.3))).clamp(185.0, 10_800.0)
    };
    #[expect(clippy::cast_possible_truncation, reason = "at most three hours")]
    let seconds = seconds.round() as i32;
    seconds
}

/// Tags of the channel, of the series and of this video; none for a few videos.
fn keywords<'a>(
    number: u32,
    channel: &DemoChannel<'a>,
    words: &'a Words,
    keyword: &'a str,
    series: &'a str,
    week: usize,
    rng: &mut DemoRng,
) -> Vec<String> {
    if number % 211 == 13 {
        return Vec::new();
    }
    let mut tags = vec![keyword];
    tags.extend(&channel.tags);
    if rng.chance(0.5) {
        tags.push(series);
    }
    for _ in 0..rng.below(5) + 2 {
        tags.push(pick_keyword(channel.topic, week * 3, rng));
    }
    for _ in 0..rng.below(3) {
        tags.push(rng.choose(&words.shared));
    }
    if rng.chance(0.4) {
        tags.push(&channel.name);
    }
    let trends = words.trending.iter().cycle().skip(week * WEEKLY_TRENDS).take(WEEKLY_TRENDS);
    tags.extend(trends.filter(|_| rng.chance(0.08)).map(String::as_str));
    let mut distinct: Vec<String> = Vec::with_capacity(tags.len());
    for tag in tags {
        if !distinct.iter().any(|other| other == tag) {
            distinct.push(tag.to_owned());
        }
    }
    distinct
}

/// Views ÷ subscribers, rounded as in PostgreSQL.
fn ratio(views: i64, subscribers: i32) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts are below 2⁵³")]
    let views = views as f64;
    views / f64::from(subscribers)
}

fn scaled(count: i64, share: f64) -> i64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "counts are below 2⁵³"
    )]
    let part = (count as f64 * share).round() as i64;
    part
}
