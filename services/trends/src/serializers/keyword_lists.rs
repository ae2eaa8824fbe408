//! Lists of keywords.

use crate::{
    domain::ListFilter,
    queries::keyword_lists::{EntryRow, ListRow},
};
use common::{
    Error,
    channel_size::SizeRange,
    error::FieldErrors,
    http::{
        CsvRows, Field, PageLinks,
        filters::{
            LengthFilter, ListPage, SubscriberRange, WindowDays, parse_category, parse_days,
            parse_length, parse_list_page, parse_subscribers,
        },
    },
    time::OffsetTime,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const DEFAULT_DAYS: i16 = 7;

/// The parameters of a list of keywords.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct KeywordListParams {
    /// The length of the window, in days: 7, 14, 28 or 90; by default 7.
    #[param(value_type = Option<WindowDays>, inline, example = 7)]
    days: Field<i64>,
    /// YouTube category id; not together with a range of subscribers.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 32_767)]
    category: Field<i64>,
    /// `shorts` or `long`; by default both.
    #[param(value_type = Option<LengthFilter>)]
    length: Field<String>,
    /// Only channels with 0.3 to 3 times this number of subscribers; replaced by the nearest size
    /// range, see `subscribers` of the response.
    #[param(value_type = Option<i64>, minimum = 0)]
    subscribers: Field<i64>,
    /// Only channels with at least this number of subscribers; replaced by the nearest size range.
    #[param(value_type = Option<i64>, minimum = 0)]
    min_subscribers: Field<i64>,
    /// Only channels with at most this number of subscribers; replaced by the nearest size range.
    #[param(value_type = Option<i64>, minimum = 0)]
    max_subscribers: Field<i64>,
    /// The page number, from 1.
    #[param(value_type = Option<i64>, example = 1, minimum = 1)]
    page: Field<String>,
}

impl KeywordListParams {
    /// The filter and the page. An invalid page is not found, as in the list of channels.
    pub(crate) fn validate(self) -> Result<(ListFilter, ListPage), Error> {
        let mut errors = FieldErrors::default();
        let filter = ListFilter {
            days: parse_days(self.days, DEFAULT_DAYS, &mut errors),
            category: parse_category(self.category, &mut errors),
            length: parse_length(self.length, &mut errors),
            size: size_of(parse_subscribers(
                [self.subscribers, self.min_subscribers, self.max_subscribers],
                &mut errors,
            )),
        };
        if filter.category.is_some() && filter.size != SizeRange::ALL {
            errors.add("category", "Cannot be combined with a range of subscribers.");
        }
        errors.into_result()?;
        Ok((filter, parse_list_page(self.page)?))
    }
}

/// The stored range that is nearest to a requested one.
fn size_of(range: Option<SubscriberRange>) -> SizeRange {
    #[expect(clippy::cast_precision_loss, reason = "ranges are rounded to half decades")]
    let float = |number: i64| number as f64;
    range.map_or(SizeRange::ALL, |SubscriberRange { min, max }| {
        SizeRange::nearest(Some(float(min)), max.map(float))
    })
}

/// A page of ranked keywords.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeywordListResponse {
    /// `ok`, or `insufficient_data` if there are no videos in the window, or for rising keywords
    /// in the windows before it.
    #[schema(example = "ok")]
    status: &'static str,
    /// The window in which uses are counted; null without videos.
    window: Option<ListWindow>,
    /// The four windows of the same length before it.
    previous_window: Option<ListWindow>,
    /// The range of subscribers that was used; null for all channels.
    subscribers: Option<SizeBounds>,
    /// Channels with a video in the window.
    #[schema(example = 1_203)]
    active_channels: i32,
    /// Channels with a video in each of the four windows before, added up.
    #[schema(example = 4_630)]
    previous_active_channels: i32,
    /// When the list was computed.
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    updated_at: Option<OffsetTime>,
    /// The number of keywords on all pages, at most 200.
    #[schema(example = 87)]
    count: i32,
    /// URL of the next page.
    #[schema(example = "http://localhost:8080/api/trends/rising/?page=2")]
    next: Option<String>,
    /// URL of the previous page.
    #[schema(example = json!(null))]
    previous: Option<String>,
    /// Up to 20. CSV contains the keywords of all pages.
    results: Vec<RankedKeyword>,
}

/// A time span.
#[derive(Serialize, ToSchema)]
struct ListWindow {
    /// Its start, exclusive.
    #[schema(value_type = String, example = "2026-11-19T09:30:00+09:00")]
    from: OffsetTime,
    /// Its end.
    #[schema(value_type = String, example = "2026-11-26T09:30:00+09:00")]
    until: OffsetTime,
}

/// A range of subscribers.
#[derive(Serialize, ToSchema)]
struct SizeBounds {
    /// The lowest number.
    #[schema(example = 3_000)]
    min: i32,
    /// The exclusive upper bound; null if the range is open-ended.
    #[schema(example = 30_000)]
    below: Option<i32>,
}

/// A keyword and how it is used.
#[derive(Serialize, ToSchema)]
struct RankedKeyword {
    /// The most frequent of its spellings, which differ in case, width and spaces.
    #[schema(example = "먹방")]
    keyword: String,
    /// Videos in the window.
    #[schema(example = 42)]
    videos: i32,
    /// Distinct channels of these videos.
    #[schema(example = 31)]
    channels: i32,
    /// Videos in the four windows before.
    #[schema(example = 60)]
    previous_videos: i32,
    /// Distinct channels of each of the four windows before, added up: four times as many as
    /// `channels` if nothing changed.
    #[schema(example = 40)]
    previous_channels: i32,
    /// The share of active channels that use it, divided by the share before, shrunk towards 1; null
    /// without active channels before.
    #[schema(example = 2.9)]
    rate_ratio: Option<f64>,
    /// The lower bound of `rate_ratio`, at 5 %: rising keywords are ordered by it.
    #[schema(example = 2.1)]
    rate_ratio_low: Option<f64>,
    /// The share of the videos that belong to the channel with the most videos; at most 0.5.
    #[schema(example = 0.12)]
    largest_channel_share: f64,
    /// Views of the videos, as last observed.
    #[schema(example = 812_000)]
    views: i64,
    /// `views` ÷ `videos`, rounded down.
    #[schema(example = 19_333)]
    views_per_video: i64,
}

impl From<EntryRow> for RankedKeyword {
    fn from(row: EntryRow) -> Self {
        let rounded = |value: f64| (value * 1000.0).round() / 1000.0;
        Self {
            keyword: row.name,
            videos: row.videos,
            channels: row.channels,
            previous_videos: row.previous_videos,
            previous_channels: row.previous_channels,
            rate_ratio: row.rate_ratio.map(rounded),
            rate_ratio_low: row.rate_ratio_low.map(rounded),
            largest_channel_share: rounded(
                f64::from(row.largest_channel_videos) / f64::from(row.videos.max(1)),
            ),
            views: row.views,
            views_per_video: row.views / i64::from(row.videos.max(1)),
        }
    }
}

impl KeywordListResponse {
    /// `needs_previous`: the list compares with the windows before.
    pub(crate) fn new(
        filter: &ListFilter,
        list: Option<&ListRow>,
        needs_previous: bool,
        (links, page): (&PageLinks, ListPage),
        entries: Vec<EntryRow>,
    ) -> Self {
        let count = list.map_or(0, |list| list.entries);
        let is_known =
            list.is_some_and(|list| !needs_previous || list.previous_active_channels > 0);
        let window = |from, until| ListWindow { from: OffsetTime(from), until: OffsetTime(until) };
        let bounds = |min| SizeBounds { min, below: filter.size.below() };
        Self {
            status: if is_known { "ok" } else { "insufficient_data" },
            window: list.map(|list| window(list.window_from, list.window_until)),
            previous_window: list.map(|list| window(list.previous_from, list.window_from)),
            subscribers: filter.size.lowest().map(bounds),
            active_channels: list.map_or(0, |list| list.active_channels),
            previous_active_channels: list.map_or(0, |list| list.previous_active_channels),
            updated_at: list.map(|list| OffsetTime(list.window_until)),
            count,
            next: page.next(count.into()).map(|number| links.url(number)),
            previous: page.previous().map(|number| links.url(number)),
            results: entries.into_iter().map(RankedKeyword::from).collect(),
        }
    }
}

impl CsvRows for KeywordListResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.results.iter()
    }
}
