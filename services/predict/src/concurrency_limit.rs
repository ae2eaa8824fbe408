//! Limits on the predictions a replica has in progress: their number, and the bytes of their
//! request bodies.

use crate::settings::PredictSettings;
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use common::Error;
use std::{
    future::{Ready, ready},
    sync::Arc,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes per permit for bodies.
const UNIT: usize = 64 * 1024;

/// The permits of a replica.
pub(crate) struct ConcurrencyLimit {
    predictions: Arc<Semaphore>,
    bodies: Arc<Semaphore>,
    largest_body: usize,
}

/// Permission to make a prediction, acquired before the body is read; without a free permit a
/// request is refused at once with 503. It is held until the queues of the prediction are deleted.
pub(crate) struct Permit {
    _prediction: OwnedSemaphorePermit,
    body: Option<OwnedSemaphorePermit>,
}

impl ConcurrencyLimit {
    /// The limits of the settings, of which one body of the largest size is never above.
    pub(crate) fn new(settings: &PredictSettings, largest_body: usize) -> Self {
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits));
        let held = settings.held_bytes.max(largest_body).div_ceil(UNIT);
        Self {
            predictions: semaphore(settings.in_flight.min(Semaphore::MAX_PERMITS)),
            bodies: semaphore(held.min(Semaphore::MAX_PERMITS)),
            largest_body,
        }
    }

    /// A permit for a request with a body of `body` bytes, if one is free.
    fn try_acquire(&self, body: Option<usize>) -> Option<Permit> {
        // A larger body is refused without being read.
        let weight = body.map_or(self.largest_body, |bytes| bytes.min(self.largest_body));
        let units = u32::try_from(weight.div_ceil(UNIT)).unwrap_or(u32::MAX);
        let prediction = self.predictions.clone().try_acquire_owned().ok()?;
        let body = self.bodies.clone().try_acquire_many_owned(units).ok()?;
        Some(Permit { _prediction: prediction, body: Some(body) })
    }
}

impl Permit {
    /// Releases the bytes of the body, which is no longer in memory.
    pub(crate) fn release_body(&mut self) {
        self.body = None;
    }
}

impl FromRequest for Permit {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let length = request.headers().get(header::CONTENT_LENGTH);
        let length = length.and_then(|value| value.to_str().ok()?.parse().ok());
        let limit = request.app_data::<Data<ConcurrencyLimit>>();
        let permit = limit.and_then(|limit| limit.try_acquire(length));
        ready(permit.ok_or(Error::Busy("predictions")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::settings::Millis;

    const MEGABYTE: usize = 1024 * 1024;

    fn limit(in_flight: usize, held_bytes: usize) -> ConcurrencyLimit {
        let settings = PredictSettings { wait_ms: Millis(1), in_flight, held_bytes };
        ConcurrencyLimit::new(&settings, 4 * MEGABYTE)
    }

    #[test]
    fn acquire_without_a_free_permit_fails() {
        let limit = limit(2, 100 * MEGABYTE);
        let (first, second) = (limit.try_acquire(Some(1)), limit.try_acquire(Some(1)));
        assert!(first.is_some() && second.is_some() && limit.try_acquire(Some(1)).is_none());
        drop(first);
        assert!(limit.try_acquire(Some(1)).is_some());
    }

    #[test]
    fn acquire_beyond_the_bytes_fails_until_a_body_is_released() {
        let limit = limit(100, 10 * MEGABYTE);
        let mut large = limit.try_acquire(Some(4 * MEGABYTE)).unwrap();
        // Of unknown size: counted as the largest.
        let _unknown = limit.try_acquire(None).unwrap();
        assert!(limit.try_acquire(Some(4 * MEGABYTE)).is_none());
        assert!(limit.try_acquire(Some(1000)).is_some());
        large.release_body();
        assert!(limit.try_acquire(Some(usize::MAX)).is_some());
    }

    #[test]
    fn acquire_for_the_largest_body_alone_succeeds() {
        assert!(limit(1, 0).try_acquire(None).is_some());
    }
}
