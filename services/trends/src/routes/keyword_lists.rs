//! `trends/rising/` and `trends/large/`

use crate::{
    State,
    domain::{ListFilter, ListOrder},
    queries::keyword_lists::{find_list, list_entries},
    serializers::{KeywordListParams, KeywordListResponse},
};
use actix_web::{HttpRequest, web::Data};
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, Problem, ReadResponses},
    http::{
        ListFormat, PageLinks, Query,
        filters::{ListPage, MAX_LIST_ROWS, invalid_page},
    },
};
use futures_util::try_join;

/// Lists keywords that a larger share of channels uses than before, by the lower bound of their
/// growth.
///
/// A listed keyword has at least 5 videos of 3 channels, no channel has more than half of them, and
/// the lower bound is above 1. Spellings that differ in case, width or spaces are one keyword.
/// (새로 뜨는 키워드: 이전 기간보다 높은 비율의 채널이 쓰는 키워드)
#[utoipa::path(
    get,
    path = "/api/trends/rising/",
    tag = "trends",
    params(KeywordListParams),
    responses(
        (status = 200, description = "The page", content(
            (KeywordListResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is invalid", body = FieldProblem),
        (status = 404, description = "No such page", body = Problem,
            example = json!(invalid_page().example())),
        ReadResponses,
    )
)]
pub(crate) async fn rising_keywords(
    state: Data<State>,
    request: HttpRequest,
    format: ListFormat,
    Query(params): Query<KeywordListParams>,
) -> Result<CachedResponse, Error> {
    respond(state, &request, format, params, ListOrder::Rising).await
}

/// Lists the keywords that the most channels use, with their growth.
///
/// A listed keyword has at least 5 videos of 3 channels, and no channel has more than half of them.
/// (가장 많은 채널이 쓰는 키워드)
#[utoipa::path(
    get,
    path = "/api/trends/large/",
    tag = "trends",
    params(KeywordListParams),
    responses(
        (status = 200, description = "The page", content(
            (KeywordListResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is invalid", body = FieldProblem),
        (status = 404, description = "No such page", body = Problem,
            example = json!(invalid_page().example())),
        ReadResponses,
    )
)]
pub(crate) async fn large_keywords(
    state: Data<State>,
    request: HttpRequest,
    format: ListFormat,
    Query(params): Query<KeywordListParams>,
) -> Result<CachedResponse, Error> {
    respond(state, &request, format, params, ListOrder::Large).await
}

async fn respond(
    state: Data<State>,
    request: &HttpRequest,
    format: ListFormat,
    params: KeywordListParams,
    order: ListOrder,
) -> Result<CachedResponse, Error> {
    let (filter, page) = params.validate()?;
    let links = PageLinks::new(request);
    let key = links.url(page.number());
    let cache = state.postgres_cache.clone();
    cache.get_list(format, key, move || load(state, links, filter, order, (format, page))).await
}

async fn load(
    state: Data<State>,
    links: PageLinks,
    filter: ListFilter,
    order: ListOrder,
    (format, page): (ListFormat, ListPage),
) -> Result<KeywordListResponse, Error> {
    let connection = &*state.pool.get().await?;
    let (page, limit) = match format {
        ListFormat::Json => (page, ListPage::SIZE),
        ListFormat::Csv => (ListPage::FIRST, MAX_LIST_ROWS),
    };
    let (list, entries) = try_join!(
        find_list(connection, &filter, order),
        list_entries(connection, &filter, order, page, limit),
    )?;
    if entries.is_empty() && page != ListPage::FIRST {
        return Err(invalid_page());
    }
    let needs_previous = order == ListOrder::Rising;
    Ok(KeywordListResponse::new(&filter, list.as_ref(), needs_previous, (&links, page), entries))
}
