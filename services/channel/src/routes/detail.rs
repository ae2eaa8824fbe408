//! `channel_list/<idx>/`

use super::videos::{COUNTED, SHOWN, describe};
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

/// The line of subscribers goes back this many days.
const LINE_DAYS: u64 = 50;

/// One channel: its most seen videos, its keywords and its subscribers.
///
/// (채널 정보, 인기 영상, 키워드, 구독자수 추이)
#[utoipa::path(
    get,
    path = "/api/youtuber_search/channel_list/{idx}/",
    tag = "channel",
    params(("idx" = i32, Path, description = "The channel's number", minimum = 0, example = 1)),
    responses(
        (status = 200, description = "The channel", body = ChannelDetail),
        (status = 404, description = "There is no such channel", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn channel(state: Data<State>, Idx(idx): Idx) -> Result<CachedResponse, Error> {
    let key = format!("detail {idx}");
    state.clone().responses.get(key, move || detail(state, idx)).await
}

async fn detail(state: Data<State>, idx: i32) -> Result<ChannelDetail, Error> {
    let connection = &*state.pool.get().await?;
    let (channel, most_seen, newest, subscribers, latest) = try_join!(
        find_channel(connection, idx),
        list_most_viewed(connection, idx, SHOWN.into()),
        list_newest(connection, idx, COUNTED.into()),
        list_subscribers(connection, idx, days_ago(Utc::now(), LINE_DAYS)),
        find_latest_subscribers(connection, idx),
    )?;
    let channel = channel.ok_or(Error::NotFound("Not found.".into()))?;
    let name = channel.channel_name.as_deref();
    let (videos, words) = describe(connection, name, &most_seen, &newest).await?;
    let info = ChannelInfo::new(channel, latest);
    Ok(ChannelDetail::new(info, videos, words, SubscriberLine::from(subscribers)))
}
