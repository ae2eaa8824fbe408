//! The deadline of a request.

use crate::Error;
use actix_web::{
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web,
};
use std::time::Duration;

/// How long a request may take, from its head to the end of its answer: of the whole
/// service by its settings, or as the `app_data` of one resource.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(pub Duration);

/// Answers 503 where the handler, reading the body included, takes too long.
///
/// It stands around resources, not around the application: only a request that has
/// found its route may be cloned.
pub(super) async fn enforce(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(Deadline(limit)) = request.app_data::<web::Data<Deadline>>().map(|data| ***data)
    else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let (request, payload) = request.into_parts();
    let inner = ServiceRequest::from_parts(request.clone(), payload);
    match tokio::time::timeout(limit, next.call(inner)).await {
        Ok(response) => Ok(response?.map_into_boxed_body()),
        Err(_) => Ok(ServiceResponse::from_err(Error::TooSlow, request)),
    }
}
