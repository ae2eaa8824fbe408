//! Routes and their OpenAPI document.

mod detail;
mod freshness;
mod list;
mod period;
mod profile;
mod series;
mod videos;

use actix_web::web::ServiceConfig;
use common::http::resource;
use detail::channel;
use freshness::freshness;
use list::channel_list;
use period::channel_period_data;
use profile::profile;
use series::{compare, daily};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(title = "CreateTrend: channel", description = "Channel search and channel statistics."),
    paths(
        list::channel_list,
        detail::channel,
        period::channel_period_data,
        freshness::freshness,
        profile::profile,
        series::daily,
        series::compare
    ),
    tags((name = "channel", description = "Channels, their videos, keywords and subscribers (채널)"))
)]
struct Document;

/// The OpenAPI document of the service.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let channels = resource("/api/youtuber_search/channel_list/");
    let one = resource("/api/youtuber_search/channel_list/{idx}/");
    let of_period = resource("/api/youtuber_search/channel_period_data/{idx}/");
    let status = resource("/api/status/freshness/");
    let compared = resource("/api/channels/compare/");
    let of_channel = resource("/api/channels/{idx}/");
    let by_day = resource("/api/channels/{idx}/daily/");
    config
        .service(compared.get(compare).head(compare))
        .service(of_channel.get(profile).head(profile))
        .service(by_day.get(daily).head(daily))
        .service(status.get(freshness).head(freshness))
        .service(channels.get(channel_list).head(channel_list))
        .service(one.get(channel).head(channel))
        .service(of_period.get(channel_period_data).head(channel_period_data));
}
