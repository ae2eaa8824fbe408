//! `keywords/history/`

use crate::{
    State,
    domain::HistoryFilter,
    queries::postgres::{list_days, list_days_with_data},
    serializers::{HistoryParams, HistoryResponse},
};
use actix_web::{HttpRequest, web::Data};
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, ReadResponses},
    http::{ListFormat, Query},
    keywords::keyword_key,
};
use futures_util::try_join;

/// Returns the uses of up to five keywords by day or week, until today.
///
/// (키워드 다섯 개까지의 일별 또는 주별 추이)
#[utoipa::path(
    get,
    path = "/api/keywords/history/",
    tag = "keyword",
    params(HistoryParams),
    responses(
        (status = 200, description = "The uses", content(
            (HistoryResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is missing or invalid", body = FieldProblem),
        ReadResponses,
    )
)]
pub(crate) async fn keyword_history(
    state: Data<State>,
    request: HttpRequest,
    format: ListFormat,
    Query(params): Query<HistoryParams>,
) -> Result<CachedResponse, Error> {
    let filter = params.validate(request.query_string())?;
    let key = format!("history {}", filter.cache_key());
    let cache = state.postgres_cache.clone();
    cache.get_list(format, key, move || load(state, filter)).await
}

async fn load(state: Data<State>, filter: HistoryFilter) -> Result<HistoryResponse, Error> {
    let connection = &*state.pool.get().await?;
    let now = Utc::now();
    let range = filter.range(now);
    let keys: Vec<String> = filter.keywords.iter().map(|keyword| keyword_key(keyword)).collect();
    let (rows, days) =
        try_join!(list_days(connection, &keys, range), list_days_with_data(connection, range))?;
    Ok(HistoryResponse::new(filter, now, &rows, days))
}
