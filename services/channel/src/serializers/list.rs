//! `channel_list/`

use crate::{
    domain::{Page, popularity},
    queries::postgres::ChannelStatsRow,
};
use chrono::NaiveDate;
use common::{
    Error,
    error::FieldErrors,
    http::{Field, PageLinks, filters::parse_page},
    models::Channel,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The parameters of `channel_list/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChannelListParams {
    /// A part of the channel's name, case-insensitive. Without it, all channels are listed.
    #[param(value_type = Option<String>, example = "먹방", pattern = r"^[^\u0000]*$")]
    youtuber_name: Field<String>,
    /// The page number, from 1.
    #[param(value_type = Option<i64>, example = 1, minimum = 1)]
    page: Field<String>,
}

impl ChannelListParams {
    /// The name, if any, and the page. An invalid page is not found; an invalid name is an
    /// error of its field.
    pub(crate) fn validate(self) -> Result<(Option<String>, Page), Error> {
        let mut errors = FieldErrors::default();
        let name = self.youtuber_name.optional("youtuber_name", &mut errors);
        errors.into_result()?;
        Ok((name.filter(|name| !name.is_empty()), parse_page(self.page)?))
    }
}

/// A page of channels.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChannelListResponse {
    /// The number of channels on all pages.
    #[schema(example = 227)]
    count: i64,
    /// URL of the next page.
    #[schema(example = "http://localhost:8080/api/youtuber_search/channel_list/?page=2")]
    next: Option<String>,
    /// URL of the previous page.
    #[schema(example = json!(null))]
    previous: Option<String>,
    /// Up to ten, by subscribers.
    results: Vec<ChannelRow>,
}

/// A channel in the list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChannelRow {
    /// Database id (`idx`).
    #[schema(example = 12)]
    idx: i32,
    /// Thumbnail URL.
    thumbnail_url: Option<String>,
    /// The description.
    channel_description: Option<String>,
    /// The name.
    #[schema(example = "JYP Entertainment")]
    channel_name: Option<String>,
    /// The day the channel was created.
    channel_start_date: Option<NaiveDate>,
    /// Subscribers, as last known.
    #[schema(example = 28_400_000)]
    subscriber_num: i32,
    /// Whether `subscriber_num`, and with it `popularity`, is an estimate made from views.
    subscriber_estimated: bool,
    /// Kept for old clients; set by the Django crawler.
    status: Option<bool>,
    /// The number of stored videos.
    #[schema(example = 17)]
    video_counts: i64,
    /// Thumbnail URLs of the two newest videos.
    recent_videos: Vec<Option<String>>,
    /// The latest view count of the channel; 0 if unknown.
    #[schema(example = 19_000_000)]
    max_views_count: i64,
    /// `max_views_count` ÷ `subscriber_num`, to one decimal; 0 without subscribers.
    #[schema(example = 0.7)]
    popularity: f64,
}

impl ChannelRow {
    pub(crate) fn new(channel: Channel, stats: Option<ChannelStatsRow>) -> Self {
        let (video_counts, recent_videos, views) = match stats {
            Some(stats) => (stats.video_counts, stats.recent_videos, stats.view_count.unwrap_or(0)),
            None => (0, Vec::new(), 0),
        };
        Self {
            idx: channel.idx,
            thumbnail_url: channel.thumbnail_url,
            channel_description: channel.channel_description,
            channel_name: channel.channel_name,
            channel_start_date: channel.channel_start_date,
            subscriber_num: channel.subscriber_num,
            subscriber_estimated: channel.subscriber_estimated,
            status: channel.status,
            video_counts,
            recent_videos,
            max_views_count: views,
            popularity: popularity(views, channel.subscriber_num),
        }
    }
}

impl ChannelListResponse {
    /// `count` is the number of channels on all pages.
    pub(crate) fn new(links: &PageLinks, page: Page, count: i64, results: Vec<ChannelRow>) -> Self {
        let link = |number| links.url(number);
        let (next, previous) = (page.next(count).map(link), page.previous().map(link));
        Self { count, next, previous, results }
    }
}
