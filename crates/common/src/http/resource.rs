//! The routes of a service.

use super::deadline::{self, Deadline};
use crate::Error;
use actix_web::{
    FromRequest, Handler, HttpResponse, Resource, Responder, Route, Scope,
    body::{BoxBody, MessageBody},
    dev::{HttpServiceFactory, ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderValue},
    },
    middleware::{Next, from_fn},
    web,
};
use std::{borrow::Cow, time::Duration};

/// A resource that is read: GET and HEAD by `handler`, OPTIONS, and 405 for the rest.
///
/// `path` ends in `/`; without it the same is answered, without a redirect.
pub fn read<F, Args>(path: &str, handler: F) -> impl HttpServiceFactory + use<F, Args>
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Vec::from(spellings(path, &[on(Method::GET, handler)]).map(limited))
}

/// Resources that are read, as by [`read`], one for each number below `path`: `handler`
/// takes it as an [`Idx`](super::Idx).
///
/// What is below `path` otherwise must be added before.
pub fn read_each<F, Args>(path: &str, handler: F) -> impl HttpServiceFactory + use<F, Args>
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let above = path.trim_end_matches('/');
    let name = format!("{above}/{{idx}}/");
    // A regular expression only for what comes behind `path`.
    spellings("/{idx}/", &[on(Method::GET, handler)])
        .map(|resource| limited(resource.name(&name)))
        .into_iter()
        .fold(web::scope(above), Scope::service)
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
/// uncached("/api/thing/", &[on(Method::PUT, replace), on(Method::PATCH, change)]);
/// ```
pub fn uncached(path: &str, methods: &[MethodRoute]) -> impl HttpServiceFactory + use<> {
    Vec::from(spellings(path, methods).map(never_kept))
}

/// As [`uncached`], but its requests may take `limit`, not what those of the service may.
pub fn uncached_within(
    limit: Duration,
    path: &str,
    methods: &[MethodRoute],
) -> impl HttpServiceFactory + use<> {
    let limit = web::Data::new(Deadline(limit));
    let resources = spellings(path, methods).map(|resource| resource.app_data(limit.clone()));
    Vec::from(resources.map(never_kept))
}

fn limited(resource: Resource) -> impl HttpServiceFactory {
    resource.wrap(from_fn(deadline::enforce))
}

fn never_kept(resource: Resource) -> impl HttpServiceFactory {
    resource.wrap(from_fn(deadline::enforce)).wrap(from_fn(forbid_storing))
}

/// A method of a resource, and what handles it.
pub struct MethodRoute {
    /// As in the header `Allow`.
    names: &'static [&'static str],
    /// Its routes, for one more spelling of the path.
    routes: Box<dyn Fn() -> Vec<Route>>,
}

/// `method`, handled by `handler`; with GET also HEAD.
pub fn on<F, Args>(method: Method, handler: F) -> MethodRoute
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let names: &[&str] = match method {
        Method::GET => &["GET", "HEAD"],
        Method::POST => &["POST"],
        Method::PUT => &["PUT"],
        Method::PATCH => &["PATCH"],
        Method::DELETE => &["DELETE"],
        _ => &[],
    };
    let routes = move || {
        let route = |method| web::method(method).to(handler.clone());
        match method {
            Method::GET => vec![route(Method::GET), route(Method::HEAD)],
            _ => vec![route(method.clone())],
        }
    };
    MethodRoute { names, routes: Box::new(routes) }
}

/// The path with its `/` at the end, and without: each its own resource, because actix-web
/// compares the path of one spelling, but matches several by a regular expression. Both have
/// the name of the first.
fn spellings(path: &str, methods: &[MethodRoute]) -> [Resource; 2] {
    let bare = path.trim_end_matches('/');
    let name = format!("{bare}/");
    [name.as_str(), bare].map(|spelling| resource(spelling, methods).name(&name))
}

fn resource(path: &str, methods: &[MethodRoute]) -> Resource {
    let routes = methods.iter().flat_map(|method| (method.routes)());
    let resource = routes.fold(web::resource(path), Resource::route);
    let names = methods.iter().flat_map(|method| method.names).chain(&["OPTIONS"]);
    let allow: Cow<'static, str> = names.copied().collect::<Vec<_>>().join(", ").into();
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
