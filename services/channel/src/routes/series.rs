//! `channels/{idx}/daily/` and `channels/compare/`

use crate::{
    State,
    domain::series::DayRange,
    queries::series::list_counts,
    serializers::{CompareParams, CompareResponse, Comparison, DailyParams, DailyResponse},
};
use actix_web::{HttpRequest, web::Data};
use chrono::Utc;
use common::{
    Error,
    cache::CachedResponse,
    error::{FieldProblem, Problem, ReadResponses},
    http::{Idx, ListFormat, Query},
    time::seoul_day,
};

/// Returns a channel's subscribers, views and uploads by day and week, with differences.
///
/// (채널의 일별·주별 구독자 수, 조회수, 업로드와 증감)
#[utoipa::path(
    get,
    path = "/api/channels/{idx}/daily/",
    tag = "channel",
    params(
        ("idx" = i32, Path, description = "Database id of the channel", minimum = 0, example = 1),
        DailyParams
    ),
    responses(
        (status = 200, description = "The days and weeks", content(
            (DailyResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is invalid", body = FieldProblem),
        (status = 404, description = "No such channel", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn daily(
    state: Data<State>,
    format: ListFormat,
    Idx(idx): Idx,
    Query(params): Query<DailyParams>,
) -> Result<CachedResponse, Error> {
    let range = DayRange::new(seoul_day(Utc::now()), params.validate()?);
    let cache = &state.clone().response_cache;
    let key = format!("daily {idx} {range:?}");
    cache.get_list(format, key, move || load_daily(state, idx, range)).await
}

/// The error of an unknown channel.
pub(super) fn no_such_channel(idx: i32) -> Error {
    Error::NotFound(format!("There is no channel {idx}.").into())
}

async fn load_daily(state: Data<State>, idx: i32, range: DayRange) -> Result<DailyResponse, Error> {
    let connection = &*state.pool.get().await?;
    let days = range.first_queried_day()..=range.last();
    let channel = list_counts(connection, &[idx], days).await?.pop();
    let channel = channel.ok_or_else(|| no_such_channel(idx))?;
    Ok(DailyResponse::new(channel, range))
}

/// Returns the subscribers, views and uploads of up to five channels by day or week.
///
/// (채널 최대 5개의 구독자 수, 조회수, 업로드 비교)
#[utoipa::path(
    get,
    path = "/api/channels/compare/",
    tag = "channel",
    params(
        ("channel" = Vec<i32>, Query, description = "The ids of one to five channels", min_items = 1,
            max_items = 5, style = Form, explode, example = json!([1, 2])),
        CompareParams
    ),
    responses(
        (status = 200, description = "The series", content(
            (CompareResponse = "application/json"), (String = "text/csv")
        )),
        (status = 400, description = "A parameter is invalid", body = FieldProblem),
        (status = 404, description = "A channel does not exist", body = Problem),
        ReadResponses,
    )
)]
pub(crate) async fn compare(
    state: Data<State>,
    request: HttpRequest,
    format: ListFormat,
    Query(params): Query<CompareParams>,
) -> Result<CachedResponse, Error> {
    let comparison = params.validate(request.query_string())?;
    let range = DayRange::new(seoul_day(Utc::now()), comparison.days);
    let cache = &state.clone().response_cache;
    let key = format!("compare {comparison:?} {range:?}");
    cache.get_list(format, key, move || load_compared(state, comparison, range)).await
}

async fn load_compared(
    state: Data<State>,
    comparison: Comparison,
    range: DayRange,
) -> Result<CompareResponse, Error> {
    let connection = &*state.pool.get().await?;
    let days = range.first_queried_day()..=range.last();
    let channels = list_counts(connection, &comparison.channels, days).await?;
    let is_found = |idx: &&i32| channels.iter().any(|channel| channel.idx == **idx);
    if let Some(missing) = comparison.channels.iter().find(|idx| !is_found(idx)) {
        return Err(no_such_channel(*missing));
    }
    Ok(CompareResponse::new(channels, range, comparison.interval))
}
