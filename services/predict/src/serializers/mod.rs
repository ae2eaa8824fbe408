//! Request parameters and response bodies.

mod prediction;
mod recommendation;
mod request;

pub(crate) use prediction::PredictResponse;
pub(crate) use recommendation::{AdvancedParams, RecommendedVideo, SimpleParams};
pub(crate) use request::{PredictRequest, invalid_thumbnail};
