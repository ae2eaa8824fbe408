//! The routes of a service.

use super::deadline;
use crate::Error;
use actix_web::{
    FromRequest, Handler, HttpResponse, Resource, Responder, Route,
    body::{BoxBody, MessageBody},
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderValue},
    },
    middleware::{self, Next},
    web,
};
use std::borrow::Cow;

/// A resource that is read: GET and HEAD by `handler`, OPTIONS, and 405 for the rest.
///
/// `path` ends in `/`; without it the same is answered, without a redirect.
pub fn read<F, Args>(
    path: &str,
    handler: F,
) -> Resource<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<F, Args>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<F, Args>,
>
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    resource(path, [on(Method::GET, handler)]).wrap(middleware::from_fn(deadline::enforce))
}

/// A resource whose answers are nobody else's and are never kept: these methods, HEAD
/// where there is GET, OPTIONS, and 405 for the rest. Each answer has `Cache-Control:
/// no-store`.
///
/// `path` ends in `/`; without it the same is answered, without a redirect.
///
/// ```
/// # use actix_web::{HttpResponse, http::Method};
/// # async fn replace() -> HttpResponse { HttpResponse::Ok().finish() }
/// # async fn change() -> HttpResponse { HttpResponse::Ok().finish() }
/// # use common::http::{on, uncached};
/// uncached("/api/thing/", [on(Method::PUT, replace), on(Method::PATCH, change)]);
/// ```
pub fn uncached<const N: usize>(
    path: &str,
    methods: [MethodRoute; N],
) -> Resource<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<N>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<N>,
> {
    resource(path, methods)
        .wrap(middleware::from_fn(deadline::enforce))
        .wrap(middleware::from_fn(forbid_storing))
}

/// A method of a resource, and what handles it.
pub struct MethodRoute {
    /// As in the header `Allow`.
    names: &'static [&'static str],
    routes: Vec<Route>,
}

/// `method`, handled by `handler`; with GET also HEAD.
pub fn on<F, Args>(method: Method, handler: F) -> MethodRoute
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let names: &[&str] = match method {
        Method::GET => {
            let routes = vec![web::get().to(handler.clone()), web::head().to(handler)];
            return MethodRoute { names: &["GET", "HEAD"], routes };
        }
        Method::POST => &["POST"],
        Method::PUT => &["PUT"],
        Method::PATCH => &["PATCH"],
        Method::DELETE => &["DELETE"],
        _ => &[],
    };
    MethodRoute { names, routes: vec![web::method(method).to(handler)] }
}

fn resource<const N: usize>(path: &str, methods: [MethodRoute; N]) -> Resource {
    let bare = path.trim_end_matches('/').to_owned();
    let mut resource = web::resource([bare.clone() + "/", bare]);
    let mut names = Vec::new();
    for method in methods {
        names.extend(method.names);
        resource = method.routes.into_iter().fold(resource, Resource::route);
    }
    names.push("OPTIONS");
    let allow: Cow<'static, str> = names.join(", ").into();
    let options = {
        let allow = allow.clone();
        move || std::future::ready(show_methods(&allow))
    };
    let refuse = move || std::future::ready(refuse_method(allow.clone()));
    resource.route(web::method(Method::OPTIONS).to(options)).default_service(web::to(refuse))
}

fn show_methods(allow: &str) -> HttpResponse {
    HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish()
}

fn refuse_method(allow: Cow<'static, str>) -> Result<HttpResponse, Error> {
    Err(Error::MethodNotAllowed { allow })
}

async fn forbid_storing(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, no_store);
    Ok(response)
}
