//! The routes, and their part of the OpenAPI document.

mod detail;
mod list;
mod period;
mod videos;

use actix_web::web::ServiceConfig;
use common::http::{get, get_by_idx};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(title = "CreateTrend: channel", description = "Which channels there are, and how one does."),
    paths(list::channel_list, detail::channel, period::channel_period_data),
    tags((name = "channel", description = "Channels, their videos, keywords and subscribers (채널)"))
)]
struct Document;

/// The service's part of the OpenAPI document.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(get("/api/youtuber_search/channel_list/", list::channel_list))
        .service(get_by_idx("/api/youtuber_search/channel_list/", detail::channel))
        .service(get_by_idx(
            "/api/youtuber_search/channel_period_data/",
            period::channel_period_data,
        ));
}
