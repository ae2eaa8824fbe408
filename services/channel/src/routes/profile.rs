//! `channels/{idx}/`

use super::series::no_such_channel;
use crate::{State, queries::profile::find_profile, serializers::ChannelProfileResponse};
use actix_web::web::Data;
use common::{
    Error,
    cache::CachedResponse,
    error::{Problem, ReadResponses},
    http::Idx,
};

/// Returns the inputs of a prediction that depend on the channel: subscribers, uploads, and the
/// most frequent category and length of its newest videos.
///
/// (조회수 예측에 쓰는 채널 정보)
#[utoipa::path(
    get,
    path = "/api/channels/{idx}/",
    tag = "channel",
    params(("idx" = i32, Path, description = "The channel's id", minimum = 0, example = 1)),
    responses(
        (status = 200, description = "The channel", body = ChannelProfileResponse),
        (status = 404, description = "No such channel", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn profile(state: Data<State>, Idx(idx): Idx) -> Result<CachedResponse, Error> {
    let cache = &state.clone().response_cache;
    cache.get(format!("profile {idx}"), move || load(state, idx)).await
}

async fn load(state: Data<State>, idx: i32) -> Result<ChannelProfileResponse, Error> {
    let connection = state.pool.get().await?;
    let row = find_profile(&connection, idx).await?;
    row.map(Into::into).ok_or_else(|| no_such_channel(idx))
}
