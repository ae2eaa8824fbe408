//! `videos/chart/`

use crate::{
    State,
    domain::ChartFilter,
    queries::rollup::{find_updated_at, list_chart, list_chart_ids},
    serializers::chart::{ChartParams, ChartResponse},
};
use actix_web::{HttpRequest, web::Data};
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, Problem, ReadResponses},
    http::{
        ListFormat, PageLinks, Query,
        filters::{ListPage, invalid_page, select_rows},
    },
};
use tokio::try_join;

/// Lists the videos that gained the most views in 24 hours.
///
/// (24시간 동안 조회수가 가장 많이 늘어난 영상)
#[utoipa::path(
    get,
    path = "/api/videos/chart/",
    tag = "video",
    params(ChartParams),
    responses(
        (status = 200, description = "The page", content(
            (ChartResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is invalid", body = FieldProblem),
        (status = 404, description = "No such page", body = Problem,
            example = json!(invalid_page().example())),
        ReadResponses,
    )
)]
pub(crate) async fn chart(
    state: Data<State>,
    request: HttpRequest,
    format: ListFormat,
    Query(params): Query<ChartParams>,
) -> Result<CachedResponse, Error> {
    let (filter, page) = params.validate()?;
    let links = PageLinks::new(&request);
    let key = links.url(page.number());
    let load = {
        let state = state.clone();
        move || load(state, links, filter, (format, page))
    };
    state.response_cache.get_list(format, key, load).await
}

async fn load(
    state: Data<State>,
    links: PageLinks,
    filter: ChartFilter,
    (format, page): (ListFormat, ListPage),
) -> Result<ChartResponse, Error> {
    let connection = &*state.pool.get().await?;
    let (ids, updated_at) =
        try_join!(list_chart_ids(connection, filter), find_updated_at(connection))?;
    let shown = select_rows(format, page, &ids)?;
    let rows = list_chart(connection, &shown).await?;
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    Ok(ChartResponse::new(updated_at, (&links, page, count), rows))
}
