//! The deadline of a request.

use crate::Error;
use actix_web::{
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};
use std::time::Duration;

/// The timeout of a request, from its head to the end of the response, for the service or, as
/// `app_data`, for one resource.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(pub Duration);

/// Returns 503 if the handler, including reading the body, exceeds the deadline.
///
/// It wraps resources, not the application: a request can only be cloned after routing.
pub(super) async fn enforce(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(&Deadline(limit)) = request.app_data() else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let (request, payload) = request.into_parts();
    let inner = ServiceRequest::from_parts(request.clone(), payload);
    match tokio::time::timeout(limit, next.call(inner)).await {
        Ok(response) => Ok(response?.map_into_boxed_body()),
        Err(_) => Ok(ServiceResponse::from_err(Error::TimedOut, request)),
    }
}
