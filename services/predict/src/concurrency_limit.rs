//! Limits on the predictions a replica has in progress: their number, and the bytes of their
//! request bodies and jobs.

use crate::settings::PredictSettings;
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use common::Error;
use std::{
    future::{Ready, ready},
    sync::Arc,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes per permit. A smaller body or job needs none: predictions without an inline picture are
/// not refused because others have large ones.
const UNIT: usize = 64 * 1024;

/// The permits of a replica.
pub(crate) struct ConcurrencyLimit {
    predictions: Arc<Semaphore>,
    bytes: Arc<Semaphore>,
    largest_body: usize,
}

/// Permission to make a prediction, acquired before the body is read; without a free permit a
/// request is refused at once with 503. It is held until the queues of the prediction are deleted.
pub(crate) struct Permit {
    _prediction: OwnedSemaphorePermit,
    bytes: OwnedSemaphorePermit,
}

impl ConcurrencyLimit {
    /// The limits of the settings, of which one body of the largest size is never above.
    pub(crate) fn new(settings: &PredictSettings, largest_body: usize) -> Self {
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits));
        let held = settings.max_buffered_bytes.max(largest_body).div_ceil(UNIT);
        Self {
            predictions: semaphore(settings.max_concurrent.min(Semaphore::MAX_PERMITS)),
            bytes: semaphore(held.min(Semaphore::MAX_PERMITS)),
            largest_body,
        }
    }

    /// A permit for a request with a body of `body` bytes, if one is free.
    fn try_acquire(&self, body: Option<usize>) -> Option<Permit> {
        // A larger body is refused without being read.
        let bytes = body.map_or(self.largest_body, |bytes| bytes.min(self.largest_body));
        let units = u32::try_from(units(bytes)).unwrap_or(u32::MAX);
        let prediction = self.predictions.clone().try_acquire_owned().ok()?;
        let bytes = self.bytes.clone().try_acquire_many_owned(units).ok()?;
        Some(Permit { _prediction: prediction, bytes })
    }
}

impl Permit {
    /// Releases what a job of `bytes` bytes does not need. The rest stays acquired for as long as
    /// the job may be in RabbitMQ, whose memory this bounds.
    pub(crate) fn shrink_to(&mut self, bytes: usize) {
        let held = self.bytes.num_permits();
        drop(self.bytes.split(held - units(bytes).min(held)));
    }
}

/// The permits for so many bytes.
const fn units(bytes: usize) -> usize {
    if bytes <= UNIT { 0 } else { bytes.div_ceil(UNIT) }
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

    fn limit(max_concurrent: usize, max_buffered_bytes: usize) -> ConcurrencyLimit {
        let settings = PredictSettings {
            reply_timeout_ms: Millis(1),
            max_concurrent,
            max_buffered_bytes,
            max_picture_bytes: 0,
        };
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
    fn acquire_beyond_the_bytes_fails_until_jobs_are_smaller_or_done() {
        let limit = limit(100, 9 * MEGABYTE);
        let mut large = limit.try_acquire(Some(4 * MEGABYTE)).unwrap();
        // Of unknown size: counted as the largest.
        let _unknown = limit.try_acquire(None).unwrap();
        assert!(limit.try_acquire(Some(4 * MEGABYTE)).is_none());
        large.shrink_to(2 * MEGABYTE);
        assert!(limit.try_acquire(Some(4 * MEGABYTE)).is_none());
        let third = limit.try_acquire(Some(3 * MEGABYTE)).unwrap();
        drop(large);
        assert!(limit.try_acquire(Some(2 * MEGABYTE)).is_some());
        drop(third);
        assert!(limit.try_acquire(Some(usize::MAX)).is_some());
    }

    #[test]
    fn acquire_for_a_small_body_succeeds_while_large_ones_hold_all_bytes() {
        let limit = limit(100, 4 * MEGABYTE);
        let mut large = limit.try_acquire(None).unwrap();
        assert!(limit.try_acquire(Some(UNIT + 1)).is_none());
        assert!(limit.try_acquire(Some(UNIT)).is_some());
        large.shrink_to(UNIT);
        assert!(limit.try_acquire(None).is_some());
    }

    #[test]
    fn job_larger_than_its_body_keeps_the_permits_of_the_body() {
        let limit = limit(100, 4 * MEGABYTE);
        let mut permit = limit.try_acquire(Some(3 * MEGABYTE)).unwrap();
        permit.shrink_to(usize::MAX);
        assert!(limit.try_acquire(Some(MEGABYTE)).is_some());
        assert!(limit.try_acquire(Some(2 * MEGABYTE)).is_none());
    }

    #[test]
    fn acquire_for_the_largest_body_alone_succeeds() {
        assert!(limit(1, 0).try_acquire(None).is_some());
    }
}
