//! Limits of a replica on the number of concurrent predictions and on the size of their request
//! bodies and jobs.

use crate::settings::PredictSettings;
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use common::Error;
use std::{
    future::{Ready, ready},
    sync::Arc,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes per permit. Smaller bodies and jobs need no permit, so that predictions without an inline
/// image are not rejected because of others with large images.
const BYTES_PER_PERMIT: usize = 64 * 1024;

/// The semaphores of a replica.
pub(crate) struct PredictionLimits {
    predictions: Arc<Semaphore>,
    bytes: Arc<Semaphore>,
    max_body_bytes: usize,
}

/// Permits of one prediction, acquired before the body is read and released after its queues are
/// deleted. Without a free permit, the extractor returns 503 immediately.
pub(crate) struct PredictionPermit {
    _prediction: OwnedSemaphorePermit,
    bytes: OwnedSemaphorePermit,
}

impl PredictionLimits {
    /// The limits of the settings; one body of the maximum size is always allowed.
    pub(crate) fn new(settings: &PredictSettings, max_body_bytes: usize) -> Self {
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits));
        let byte_permits =
            settings.max_buffered_bytes.max(max_body_bytes).div_ceil(BYTES_PER_PERMIT);
        Self {
            predictions: semaphore(settings.max_concurrent.min(Semaphore::MAX_PERMITS)),
            bytes: semaphore(byte_permits.min(Semaphore::MAX_PERMITS)),
            max_body_bytes,
        }
    }

    /// Permits for a request body of `body_bytes`, if they are free; a body of unknown size counts
    /// as the maximum.
    fn try_acquire(&self, body_bytes: Option<usize>) -> Option<PredictionPermit> {
        // A larger body is refused without being read.
        let bytes = body_bytes.map_or(self.max_body_bytes, |bytes| bytes.min(self.max_body_bytes));
        let byte_permits = u32::try_from(permits_for(bytes)).unwrap_or(u32::MAX);
        let prediction = self.predictions.clone().try_acquire_owned().ok()?;
        let bytes = self.bytes.clone().try_acquire_many_owned(byte_permits).ok()?;
        Some(PredictionPermit { _prediction: prediction, bytes })
    }
}

impl PredictionPermit {
    /// Releases the permits that a job of `bytes` bytes does not need. The others stay acquired
    /// while the job may be in RabbitMQ, whose memory they limit.
    pub(crate) fn shrink_to(&mut self, bytes: usize) {
        let held = self.bytes.num_permits();
        drop(self.bytes.split(held - permits_for(bytes).min(held)));
    }
}

/// Number of permits for `bytes`.
const fn permits_for(bytes: usize) -> usize {
    if bytes <= BYTES_PER_PERMIT { 0 } else { bytes.div_ceil(BYTES_PER_PERMIT) }
}

impl FromRequest for PredictionPermit {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let length = request.headers().get(header::CONTENT_LENGTH);
        let length = length.and_then(|value| value.to_str().ok()?.parse().ok());
        let limit = request.app_data::<Data<PredictionLimits>>();
        let permit = limit.and_then(|limit| limit.try_acquire(length));
        ready(permit.ok_or(Error::Overloaded("predictions")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::settings::Millis;

    const MEGABYTE: usize = 1024 * 1024;

    fn limit(max_concurrent: usize, max_buffered_bytes: usize) -> PredictionLimits {
        let settings = PredictSettings {
            reply_timeout_ms: Millis(1),
            direct_jobs: true,
            max_concurrent,
            max_buffered_bytes,
            max_image_bytes: 0,
        };
        PredictionLimits::new(&settings, 4 * MEGABYTE)
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
    fn acquire_beyond_max_buffered_bytes_fails_until_permits_are_released() {
        let limit = limit(100, 9 * MEGABYTE);
        let mut large = limit.try_acquire(Some(4 * MEGABYTE)).unwrap();
        // Counts as the maximum size.
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
    fn acquire_for_a_small_body_succeeds_without_free_byte_permits() {
        let limit = limit(100, 4 * MEGABYTE);
        let mut large = limit.try_acquire(None).unwrap();
        assert!(limit.try_acquire(Some(BYTES_PER_PERMIT + 1)).is_none());
        assert!(limit.try_acquire(Some(BYTES_PER_PERMIT)).is_some());
        large.shrink_to(BYTES_PER_PERMIT);
        assert!(limit.try_acquire(None).is_some());
    }

    #[test]
    fn shrink_to_a_job_larger_than_its_body_keeps_all_permits() {
        let limit = limit(100, 4 * MEGABYTE);
        let mut permit = limit.try_acquire(Some(3 * MEGABYTE)).unwrap();
        permit.shrink_to(usize::MAX);
        assert!(limit.try_acquire(Some(MEGABYTE)).is_some());
        assert!(limit.try_acquire(Some(2 * MEGABYTE)).is_none());
    }

    #[test]
    fn acquire_for_the_largest_body_succeeds_with_any_limit() {
        assert!(limit(1, 0).try_acquire(None).is_some());
    }
}
