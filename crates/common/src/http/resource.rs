//! Resources of a service: their methods, deadlines and caching.

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

/// A resource with GET and HEAD, handled by `handler`, and OPTIONS; other methods return 405.
///
/// `path` ends in `/`; the path without it is served too, without a redirect.
pub fn get<F, Args>(path: &str, handler: F) -> impl HttpServiceFactory + use<F, Args>
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Vec::from(resources_of_path(path, &[on(Method::GET, handler)]).map(with_deadline))
}

/// The resources `{path}{idx}/`, as by [`get`]; `handler` extracts an [`Idx`](super::Idx).
///
/// Other resources below `path` must be registered before.
pub fn get_by_idx<F, Args>(path: &str, handler: F) -> impl HttpServiceFactory + use<F, Args>
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let above = path.trim_end_matches('/');
    let name = format!("{above}/{{idx}}/");
    // The scope matches `path` without a regular expression.
    resources_of_path("/{idx}/", &[on(Method::GET, handler)])
        .map(|resource| with_deadline(resource.name(&name)))
        .into_iter()
        .fold(web::scope(above), Scope::service)
}

/// A resource with these methods, HEAD if there is GET, and OPTIONS; other methods return 405.
/// All responses have `Cache-Control: no-store`.
///
/// `path` ends in `/`; the path without it is served too, without a redirect.
///
/// ```
/// # use actix_web::{HttpResponse, http::Method};
/// # async fn replace() -> HttpResponse { HttpResponse::Ok().finish() }
/// # async fn change() -> HttpResponse { HttpResponse::Ok().finish() }
/// # use common::http::{on, no_store};
/// no_store("/api/thing/", &[on(Method::PUT, replace), on(Method::PATCH, change)]);
/// ```
pub fn no_store(path: &str, methods: &[MethodRoute]) -> impl HttpServiceFactory + use<> {
    Vec::from(resources_of_path(path, methods).map(with_no_store))
}

/// As [`no_store`], with the deadline `limit` instead of that of the service.
pub fn no_store_within(
    limit: Duration,
    path: &str,
    methods: &[MethodRoute],
) -> impl HttpServiceFactory + use<> {
    let limit = web::Data::new(Deadline(limit));
    let resources =
        resources_of_path(path, methods).map(|resource| resource.app_data(limit.clone()));
    Vec::from(resources.map(with_no_store))
}

fn with_deadline(resource: Resource) -> impl HttpServiceFactory {
    resource.wrap(from_fn(deadline::enforce))
}

fn with_no_store(resource: Resource) -> impl HttpServiceFactory {
    resource.wrap(from_fn(deadline::enforce)).wrap(from_fn(add_no_store))
}

/// A method of a resource with its handler.
pub struct MethodRoute {
    /// Method names for the header `Allow`.
    names: &'static [&'static str],
    /// Creates the routes for one of the two paths.
    routes: Box<dyn Fn() -> Vec<Route>>,
}

/// Routes `method` to `handler`; GET includes HEAD.
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

/// Two resources, for the path with and without its trailing `/`: actix-web compares a single
/// path as a string, but matches several by a regular expression. Both have the name of the
/// first.
fn resources_of_path(path: &str, methods: &[MethodRoute]) -> [Resource; 2] {
    let bare = path.trim_end_matches('/');
    let name = format!("{bare}/");
    [name.as_str(), bare].map(|path| resource(path, methods).name(&name))
}

fn resource(path: &str, methods: &[MethodRoute]) -> Resource {
    let routes = methods.iter().flat_map(|method| (method.routes)());
    let resource = routes.fold(web::resource(path), Resource::route);
    let names = methods.iter().flat_map(|method| method.names).chain(&["OPTIONS"]);
    let allow: Cow<'static, str> = names.copied().collect::<Vec<_>>().join(", ").into();
    let options = {
        let allow = allow.clone();
        move || std::future::ready(list_methods(&allow))
    };
    let not_allowed = move || std::future::ready(method_not_allowed(allow.clone()));
    resource.route(web::method(Method::OPTIONS).to(options)).default_service(web::to(not_allowed))
}

fn list_methods(allow: &str) -> HttpResponse {
    HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish()
}

fn method_not_allowed(allow: Cow<'static, str>) -> Result<HttpResponse, Error> {
    Err(Error::MethodNotAllowed { allow })
}

async fn add_no_store(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, no_store);
    Ok(response)
}
