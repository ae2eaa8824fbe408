//! Resources of a service: their methods, deadlines and headers.

use super::deadline;
use crate::Error;
use actix_web::{
    HttpResponse, Resource,
    body::{BoxBody, MessageBody},
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::{DefaultHeaders, Next, from_fn},
    web,
};

/// A resource with a deadline, with OPTIONS, and with the JSON body of 405.
///
/// `path` ends in `/`; the path without it is served too, without a redirect.
///
/// ```
/// # use actix_web::HttpResponse;
/// # async fn show() -> HttpResponse { HttpResponse::Ok().finish() }
/// # async fn replace() -> HttpResponse { HttpResponse::Ok().finish() }
/// # use common::http::resource;
/// resource("/api/thing/").get(show).head(show).put(replace);
/// ```
pub fn resource(
    path: &str,
) -> Resource<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    web::resource([path, path.trim_end_matches('/')])
        .name(path)
        .wrap(from_fn(deadline::enforce))
        .wrap(from_fn(handle_method_not_allowed))
}

/// Adds `Cache-Control: no-store` to all responses of a resource.
pub fn no_store() -> DefaultHeaders {
    DefaultHeaders::new().add((header::CACHE_CONTROL, "no-store"))
}

/// Completes the response to a method without a route: actix-web returns 405 without a body, and
/// the methods of the routes in `Allow`.
async fn handle_method_not_allowed(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(request).await?;
    let Some(methods) = response.headers().get(header::ALLOW) else {
        return Ok(response.map_into_boxed_body());
    };
    let allow = format!("{}, OPTIONS", methods.to_str().unwrap_or_default());
    let (request, _) = response.into_parts();
    if request.method() == Method::OPTIONS {
        let response = HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish();
        return Ok(ServiceResponse::new(request, response));
    }
    let error = Error::MethodNotAllowed { allow: allow.into() };
    Ok(ServiceResponse::from_err(error, request))
}
