//! `channel_list/`

use crate::{
    State,
    domain::patterns,
    links::Address,
    queries::postgres::{count_channels, list_channels, list_derived},
    views::{ChannelListParams, ChannelListResponse, ChannelRow, invalid_page},
};
use actix_web::{HttpRequest, web::Data};
use common::{
    Error,
    error::{FieldProblem, Problem, ReadResponses},
    http::{Answer, Query},
};
use futures_util::future::try_join;
use std::collections::HashMap;

/// Channels by size, ten a page; all, or those with this in their name.
///
/// (채널 목록과 검색, 구독자순, 10개씩)
#[utoipa::path(
    get,
    path = "/api/youtuber_search/channel_list/",
    tag = "channel",
    params(ChannelListParams),
    responses(
        (status = 200, description = "The page; empty where no channel matches", body = ChannelListResponse),
        (status = 400, description = "The name is not text", body = FieldProblem),
        (status = 404, description = "There is no such page", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn channel_list(
    state: Data<State>,
    request: HttpRequest,
    query: Query,
) -> Result<Answer, Error> {
    let params = ChannelListParams::parse(&query)?;
    let address = Address::of(&request, &query);
    // Answers hold links, so each address has its own.
    let key = address.page(params.page.number());
    state.clone().answers.get(key, || list(state, address, params)).await
}

async fn list(
    state: Data<State>,
    address: Address,
    params: ChannelListParams,
) -> Result<ChannelListResponse, Error> {
    let connection = &*state.pool.get().await?;
    let patterns = params.youtuber_name.as_deref().map(patterns).unwrap_or_default();
    let (count, channels) = try_join(
        count_channels(connection, &patterns),
        list_channels(connection, &patterns, params.page),
    )
    .await?;
    if !params.page.exists(count) {
        return Err(invalid_page());
    }
    let numbers: Vec<i32> = channels.iter().map(|channel| channel.idx).collect();
    let derived = list_derived(connection, &numbers).await?;
    let mut derived: HashMap<i32, _> = derived.into_iter().map(|row| (row.idx, row)).collect();
    let rows = channels.into_iter().map(|channel| {
        let derived = derived.remove(&channel.idx);
        ChannelRow::new(channel, derived)
    });
    Ok(ChannelListResponse::new(&address, params.page, count, rows.collect()))
}
