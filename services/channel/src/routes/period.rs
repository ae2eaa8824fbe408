//! `channel_period_data/<idx>/`

use super::videos::{self, KEYWORD_SAMPLE, MAX_VIDEOS};
use crate::{
    State,
    domain::Period,
    queries::postgres::{find_channel, list_fastest_growing, list_subscribers},
    serializers::{PeriodParams, PeriodResponse},
};
use actix_web::web::Data;
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, Problem, ReadResponses},
    http::{Idx, Query},
    time::days_ago,
};
use futures_util::future::try_join;

/// The number of days of subscribers in a response without a period.
const SUBSCRIBER_DAYS: u64 = 14;

/// Returns a channel's fastest growing videos of a period and their keywords; without a period,
/// its subscribers of the last 14 days.
///
/// (채널의 기간 내 급상승 영상과 키워드, 기간이 없으면 최근 14일의 구독자 수)
#[utoipa::path(
    get,
    path = "/api/youtuber_search/channel_period_data/{idx}/",
    tag = "channel",
    params(
        ("idx" = i32, Path, description = "Database id of the channel", minimum = 0, example = 1),
        PeriodParams
    ),
    responses(
        (status = 200, description = "The period, or the subscribers", body = PeriodResponse),
        (status = 400, description = "A date is missing or invalid", body = FieldProblem),
        (status = 404, description = "No such channel", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn channel_period_data(
    state: Data<State>,
    Idx(idx): Idx,
    Query(params): Query<PeriodParams>,
) -> Result<CachedResponse, Error> {
    let cache = &state.clone().response_cache;
    if let Some(period) = params.validate()? {
        let (start, end) = period.days();
        let key = format!("period {idx} {start} {end}");
        cache.get(key, move || load_videos(state, idx, period)).await
    } else {
        let key = format!("subscribers {idx}");
        cache.get(key, move || load_subscribers(state, idx)).await
    }
}

async fn load_videos(
    state: Data<State>,
    idx: i32,
    period: Period,
) -> Result<PeriodResponse, Error> {
    let connection = &*state.pool.get().await?;
    let (channel, fastest) = try_join(
        find_channel(connection, idx),
        list_fastest_growing(connection, idx, period.range(), KEYWORD_SAMPLE.into()),
    )
    .await?;
    let channel = channel.ok_or_else(Error::not_found)?;
    let name = channel.channel_name;
    let shown: Vec<i32> = fastest.iter().copied().take(MAX_VIDEOS.into()).collect();
    let (videos, words) = videos::load(connection, name.as_deref(), &shown, &fastest).await?;
    Ok(PeriodResponse::period(name, videos, words))
}

async fn load_subscribers(state: Data<State>, idx: i32) -> Result<PeriodResponse, Error> {
    let connection = &*state.pool.get().await?;
    let (channel, counts) = try_join(
        find_channel(connection, idx),
        list_subscribers(connection, idx, days_ago(Utc::now(), SUBSCRIBER_DAYS)),
    )
    .await?;
    channel.ok_or_else(Error::not_found)?;
    Ok(PeriodResponse::from(counts))
}
