//! How many predictions a replica has under way, and what their requests may weigh.

use crate::settings::PredictSettings;
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use common::Error;
use std::{
    future::{Ready, ready},
    sync::Arc,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bodies are weighed in these, in bytes.
const UNIT: usize = 64 * 1024;

/// The places there are.
pub(crate) struct Places {
    predictions: Arc<Semaphore>,
    bodies: Arc<Semaphore>,
    largest_body: usize,
}

/// A place of a prediction, taken before its body is read: who finds none is refused at
/// once, with 503.
pub(crate) struct Place {
    _prediction: OwnedSemaphorePermit,
    body: Option<OwnedSemaphorePermit>,
}

impl Places {
    /// As many as the settings say. One body of the largest size always has room.
    pub(crate) fn new(settings: &PredictSettings, largest_body: usize) -> Self {
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits));
        let held = settings.held_bytes.max(largest_body).div_ceil(UNIT);
        Self {
            predictions: semaphore(settings.in_flight.min(Semaphore::MAX_PERMITS)),
            bodies: semaphore(held.min(Semaphore::MAX_PERMITS)),
            largest_body,
        }
    }

    /// A place for a request with a body of so many bytes, if they are known.
    fn take(&self, body: Option<usize>) -> Option<Place> {
        // A larger one is not read, but refused.
        let weight = body.map_or(self.largest_body, |bytes| bytes.min(self.largest_body));
        let units = u32::try_from(weight.div_ceil(UNIT)).unwrap_or(u32::MAX);
        let prediction = self.predictions.clone().try_acquire_owned().ok()?;
        let body = self.bodies.clone().try_acquire_many_owned(units).ok()?;
        Some(Place { _prediction: prediction, body: Some(body) })
    }
}

impl Place {
    /// The body is held no more.
    pub(crate) fn body_is_gone(&mut self) {
        self.body = None;
    }
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
        let settings = PredictSettings { wait_ms: Millis(1), in_flight, held_bytes };
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
    fn heavy_bodies_wait_for_each_other_until_they_are_queued() {
        let places = places(100, 10 * MEGABYTE);
        let mut heavy = places.take(Some(4 * MEGABYTE)).unwrap();
        // Of unknown size: the largest there is.
        let _unknown = places.take(None).unwrap();
        assert!(places.take(Some(4 * MEGABYTE)).is_none());
        assert!(places.take(Some(1000)).is_some());
        heavy.body_is_gone();
        assert!(places.take(Some(usize::MAX)).is_some());
    }

    #[test]
    fn one_body_of_the_largest_size_always_has_room() {
        assert!(places(1, 0).take(None).is_some());
    }
}
