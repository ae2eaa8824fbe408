//! Limits on the predictions a replica has in flight: their number, and the bytes of their
//! request bodies and jobs.

use crate::settings::PredictSettings;
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use common::Error;
use std::{
    future::{Ready, ready},
    sync::Arc,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes per permit. What has no more needs none: predictions without a picture of their own
/// are not refused because others have large ones.
const UNIT: usize = 64 * 1024;

/// The places there are.
pub(crate) struct Places {
    predictions: Arc<Semaphore>,
    bytes: Arc<Semaphore>,
    largest_body: usize,
}

/// A place of a prediction, taken before its body is read: who finds none is refused at
/// once, with 503.
pub(crate) struct Place {
    _prediction: OwnedSemaphorePermit,
    bytes: OwnedSemaphorePermit,
}

impl Places {
    /// As many as the settings say. One body of the largest size always has room.
    pub(crate) fn new(settings: &PredictSettings, largest_body: usize) -> Self {
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits));
        let held = settings.held_bytes.max(largest_body).div_ceil(UNIT);
        Self {
            predictions: semaphore(settings.in_flight.min(Semaphore::MAX_PERMITS)),
            bytes: semaphore(held.min(Semaphore::MAX_PERMITS)),
            largest_body,
        }
    }

    /// A place for a request with a body of so many bytes, if they are known.
    fn take(&self, body: Option<usize>) -> Option<Place> {
        // A larger one is not read, but refused.
        let bytes = body.map_or(self.largest_body, |bytes| bytes.min(self.largest_body));
        let units = u32::try_from(units(bytes)).unwrap_or(u32::MAX);
        let prediction = self.predictions.clone().try_acquire_owned().ok()?;
        let bytes = self.bytes.clone().try_acquire_many_owned(units).ok()?;
        Some(Place { _prediction: prediction, bytes })
    }
}

impl Place {
    /// Releases what a job of so many bytes does not need. The job keeps the rest for as long
    /// as it may be in RabbitMQ, whose memory this bounds.
    pub(crate) fn shrink_to(&mut self, job: usize) {
        let held = self.bytes.num_permits();
        drop(self.bytes.split(held - units(job).min(held)));
    }
}

/// The permits for so many bytes.
const fn units(bytes: usize) -> usize {
    if bytes <= UNIT { 0 } else { bytes.div_ceil(UNIT) }
}

impl FromRequest for Place {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let length = request.headers().get(header::CONTENT_LENGTH);
        let length = length.and_then(|value| value.to_str().ok()?.parse().ok());
        let places = request.app_data::<Data<Places>>();
        let place = places.and_then(|places| places.take(length));
        ready(place.ok_or(Error::Busy("predictions")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::settings::Millis;

    const MEGABYTE: usize = 1024 * 1024;

    fn places(in_flight: usize, held_bytes: usize) -> Places {
        let settings =
            PredictSettings { wait_ms: Millis(1), in_flight, held_bytes, max_picture_bytes: 0 };
        Places::new(&settings, 4 * MEGABYTE)
    }

    #[test]
    fn there_are_so_many_places_and_no_more() {
        let places = places(2, 100 * MEGABYTE);
        let (first, second) = (places.take(Some(1)), places.take(Some(1)));
        assert!(first.is_some() && second.is_some() && places.take(Some(1)).is_none());
        drop(first);
        assert!(places.take(Some(1)).is_some());
    }

    #[test]
    fn large_bodies_beyond_the_limit_are_refused_until_jobs_are_smaller_or_done() {
        let places = places(100, 9 * MEGABYTE);
        let mut large = places.take(Some(4 * MEGABYTE)).unwrap();
        // Of unknown size: the largest there is.
        let _unknown = places.take(None).unwrap();
        assert!(places.take(Some(4 * MEGABYTE)).is_none());
        large.shrink_to(2 * MEGABYTE);
        assert!(places.take(Some(4 * MEGABYTE)).is_none());
        let third = places.take(Some(3 * MEGABYTE)).unwrap();
        drop(large);
        assert!(places.take(Some(2 * MEGABYTE)).is_some());
        drop(third);
        assert!(places.take(Some(usize::MAX)).is_some());
    }

    #[test]
    fn small_body_is_accepted_while_large_ones_hold_all_bytes() {
        let places = places(100, 4 * MEGABYTE);
        let mut large = places.take(None).unwrap();
        assert!(places.take(Some(UNIT + 1)).is_none());
        assert!(places.take(Some(UNIT)).is_some());
        large.shrink_to(UNIT);
        assert!(places.take(None).is_some());
    }

    #[test]
    fn job_larger_than_its_body_keeps_the_permits_of_the_body() {
        let places = places(100, 4 * MEGABYTE);
        let mut place = places.take(Some(3 * MEGABYTE)).unwrap();
        place.shrink_to(usize::MAX);
        assert!(places.take(Some(MEGABYTE)).is_some());
        assert!(places.take(Some(2 * MEGABYTE)).is_none());
    }

    #[test]
    fn one_body_of_the_largest_size_always_has_room() {
        assert!(places(1, 0).take(None).is_some());
    }
}
