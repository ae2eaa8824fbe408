//! `channel_list/<idx>/`

use super::videos::{self, KEYWORD_SAMPLE, MAX_VIDEOS};
use crate::{
    State,
    queries::postgres::{
        find_channel, find_latest_subscribers, list_most_viewed, list_newest, list_subscribers,
    },
    serializers::{ChannelDetail, ChannelInfo, SubscriberLine},
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{Problem, ReadResponses},
    http::Idx,
    time::days_ago,
};
use futures_util::try_join;

/// The number of days of the subscriber line.
const LINE_DAYS: u64 = 50;

/// Returns a channel with its most viewed videos, keywords and subscribers.
///
/// (채널 정보, 인기 영상, 키워드, 구독자 수 추이)
#[utoipa::path(
    get,
    path = "/api/youtuber_search/channel_list/{idx}/",
    tag = "channel",
    params(("idx" = i32, Path, description = "Database id of the channel", minimum = 0, example = 1)),
    responses(
        (status = 200, description = "The channel", body = ChannelDetail),
        (status = 404, description = "No such channel", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn channel(state: Data<State>, Idx(idx): Idx) -> Result<CachedResponse, Error> {
    let key = format!("detail {idx}");
    state.clone().response_cache.get(key, move || load(state, idx)).await
}

async fn load(state: Data<State>, idx: i32) -> Result<ChannelDetail, Error> {
    let connection = &*state.pool.get().await?;
    let (channel, most_seen, newest, subscribers, latest) = try_join!(
        find_channel(connection, idx),
        list_most_viewed(connection, idx, MAX_VIDEOS.into()),
        list_newest(connection, idx, KEYWORD_SAMPLE.into()),
        list_subscribers(connection, idx, days_ago(Utc::now(), LINE_DAYS)),
        find_latest_subscribers(connection, idx),
    )?;
    let channel = channel.ok_or_else(Error::not_found)?;
    let name = channel.channel_name.as_deref();
    let (videos, words) = videos::load(connection, name, &most_seen, &newest).await?;
    let info = ChannelInfo::new(channel, latest);
    Ok(ChannelDetail::new(info, videos, words, SubscriberLine::from(subscribers)))
}
