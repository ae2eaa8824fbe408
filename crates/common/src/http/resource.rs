//! The routes of a service.

use super::deadline;
use crate::Error;
use actix_web::{
    FromRequest, Handler, HttpResponse, Resource, Responder,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::header,
    middleware, web,
};

const READ_METHODS: &str = "GET, HEAD, OPTIONS";

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
    let bare = path.trim_end_matches('/').to_owned();
    web::resource([bare.clone() + "/", bare])
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
        .route(web::method(actix_web::http::Method::OPTIONS).to(options))
        .default_service(web::to(refuse_method))
        .wrap(middleware::from_fn(deadline::enforce))
}

async fn options() -> HttpResponse {
    HttpResponse::NoContent().insert_header((header::ALLOW, READ_METHODS)).finish()
}

async fn refuse_method() -> Result<HttpResponse, Error> {
    Err(Error::MethodNotAllowed { allow: READ_METHODS })
}
