//! What is known of a video before it is published.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

/// What is known of a planned video. Only the upload has to be known.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The channel's subscribers at the upload.
    pub subscribers: Subscribers,
    /// When it is published.
    pub upload: Upload,
    /// The number of its category at YouTube.
    pub category: Option<u16>,
    /// How many videos its channel has published.
    pub uploads: Option<u64>,
    /// Its title.
    pub title: Option<String>,
    /// Earlier videos of its channel, in any order.
    pub past: Vec<PastVideo>,
    /// What its thumbnail looks like. Without effect unless the model was trained with
    /// images.
    pub picture: Option<Picture>,
}

impl Plan {
    /// A plan of which only the upload is known.
    pub fn new(upload: Upload) -> Self {
        Self {
            subscribers: Subscribers::Unknown,
            upload,
            category: None,
            uploads: None,
            title: None,
            past: Vec::new(),
            picture: None,
        }
    }
}

/// What is known of a channel's subscribers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Subscribers {
    /// So many.
    Known(u64),
    /// The channel does not show their number. Such channels are mostly small, which is why
    /// this is not the same as [`Subscribers::Unknown`].
    Hidden,
    /// Not requested.
    #[default]
    Unknown,
}

impl From<u64> for Subscribers {
    fn from(count: u64) -> Self {
        Self::Known(count)
    }
}

/// The moment of publication, by the clocks of Seoul.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// The day.
    pub day: NaiveDate,
    /// The time of day, where it is known.
    pub time: Option<NaiveTime>,
}

impl Upload {
    /// Days since Monday, 0 to 6.
    pub(crate) fn weekday(self) -> usize {
        self.day.weekday().num_days_from_monday() as usize
    }

    /// The time as a fraction of the day.
    pub(crate) fn fraction(self) -> Option<f64> {
        self.time.map(|time| f64::from(time.num_seconds_from_midnight()) / 86_400.0)
    }
}

/// An earlier video of the same channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastVideo {
    /// Its age when its views were counted, in days.
    pub age_days: f64,
    /// Its views at that age.
    pub views: u64,
    /// The channel's subscribers at its upload; those of the plan if unknown.
    pub subscribers: Option<u64>,
}

/// What a thumbnail looks like, as the crate `thumbnail` measures it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    /// Mean lightness.
    pub brightness: f64,
    /// Spread of lightness.
    pub contrast: f64,
    /// How far its colours are from grey.
    pub colourfulness: f64,
    /// How much fine detail it has.
    pub sharpness: f64,
}
