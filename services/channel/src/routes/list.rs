//! `channel_list/`

use crate::{
    State,
    domain::{NameFilter, Page},
    queries::postgres::{
        count_channels, list_channel_stats, list_channels, list_largest, search_channels_by_name,
    },
    serializers::{ChannelListParams, ChannelListResponse, ChannelRow},
};
use actix_web::{HttpRequest, web::Data};
use common::{
    Error,
    cache::CachedResponse,
    db::Connection,
    error::{FieldProblem, Problem, ReadResponses},
    http::{PageLinks, Query, filters::invalid_page},
};
use futures_util::try_join;
use std::{collections::HashMap, rc::Rc};

/// Lists channels by subscribers, ten per page, optionally filtered by name.
///
/// (채널 목록과 검색, 구독자순, 10개씩)
#[utoipa::path(
    get,
    path = "/api/youtuber_search/channel_list/",
    tag = "channel",
    params(ChannelListParams),
    responses(
        (status = 200, description = "The page; empty if no channel matches", body = ChannelListResponse),
        (status = 400, description = "The name is invalid", body = FieldProblem),
        (status = 404, description = "No such page", body = Problem,
            example = json!(invalid_page().example())),
        ReadResponses,
    )
)]
pub(crate) async fn channel_list(
    state: Data<State>,
    request: HttpRequest,
    Query(params): Query<ChannelListParams>,
) -> Result<CachedResponse, Error> {
    let (name, page) = params.validate()?;
    let links = PageLinks::new(&request);
    // Responses contain links, which depend on the address.
    let key = links.url(page.number());
    state.clone().response_cache.get(key, move || load(state, links, name, page)).await
}

async fn load(
    state: Data<State>,
    links: PageLinks,
    name: Option<String>,
    page: Page,
) -> Result<ChannelListResponse, Error> {
    let connection = Rc::new(state.pool.get().await?);
    let (count, ids) = match name {
        Some(name) => find_page_by_name(&connection, &NameFilter::new(&name), page).await?,
        None => find_page(&state, &connection, page).await?,
    };
    if ids.is_empty() && page != Page::FIRST {
        return Err(invalid_page());
    }
    let (channels, statistics) =
        try_join!(list_channels(&connection, &ids), list_channel_stats(&connection, &ids))?;
    let mut channels: HashMap<i32, _> = channels.into_iter().map(|row| (row.idx, row)).collect();
    let mut statistics: HashMap<i32, _> =
        statistics.into_iter().map(|row| (row.idx, row)).collect();
    let rows = ids.iter().filter_map(|idx| {
        let channel = channels.remove(idx)?;
        Some(ChannelRow::new(channel, statistics.remove(idx)))
    });
    Ok(ChannelListResponse::new(&links, page, count, rows.collect()))
}

/// The number of channels whose name contains `name`, and the ids of those on the page.
async fn find_page_by_name(
    connection: &Connection,
    name: &NameFilter,
    page: Page,
) -> Result<(i64, Vec<i32>), Error> {
    if name.is_too_long() {
        return Ok((0, Vec::new()));
    }
    let named = search_channels_by_name(connection, name, page).await?;
    let count = named.first().map_or(0, |channel| channel.count);
    Ok((count, named.into_iter().map(|channel| channel.idx).collect()))
}

/// The number of channels, and the ids of those on the page. Counting reads the whole index, so
/// the count is cached separately, with a longer time to live.
async fn find_page(
    state: &State,
    connection: &Rc<Connection>,
    page: Page,
) -> Result<(i64, Vec<i32>), Error> {
    let counting = connection.clone();
    let count = move || async move { Ok(count_channels(&counting).await?) };
    let ids = async { Ok(list_largest(connection, page).await?) };
    let (count, ids) = try_join!(state.count_cache.get("all".to_owned(), count), ids)?;
    Ok((count.value, ids))
}
