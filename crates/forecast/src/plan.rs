//! Inputs of a forecast, known before publication.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

/// A planned video. Only the upload is required.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The channel's subscribers at the upload.
    pub subscribers: Subscribers,
    /// Time of publication.
    pub upload: Upload,
    /// YouTube category id.
    pub category: Option<u16>,
    /// The number of videos that the channel has published.
    pub uploads: Option<u64>,
    /// Whether the video is a Short; `false` for a long video.
    pub is_short: Option<bool>,
    /// Title.
    pub title: Option<String>,
    /// Earlier videos of the channel, in any order.
    pub past: Vec<PastVideo>,
    /// Features of the thumbnail; ignored unless the model was trained with images.
    pub picture: Option<Picture>,
}

impl Plan {
    /// A plan without optional inputs.
    pub fn new(upload: Upload) -> Self {
        Self {
            subscribers: Subscribers::Unknown,
            upload,
            category: None,
            uploads: None,
            is_short: None,
            title: None,
            past: Vec::new(),
            picture: None,
        }
    }
}

/// What is known about a channel's subscribers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Subscribers {
    /// The public number.
    Known(u64),
    /// The channel hides the number. Different from [`Subscribers::Unknown`]: such channels are
    /// mostly small.
    Hidden,
    /// Not provided.
    #[default]
    Unknown,
}

impl From<u64> for Subscribers {
    fn from(count: u64) -> Self {
        Self::Known(count)
    }
}

/// The time of publication, in Seoul.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// The day.
    pub day: NaiveDate,
    /// The time of day, if known.
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
    /// Age in days at the view count.
    pub age_days: f64,
    /// Cumulative views at that age.
    pub views: u64,
    /// The channel's subscribers at the upload; those of the plan if unknown.
    pub subscribers: Option<u64>,
}

/// Features of a thumbnail, as computed by the crate `thumbnail`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    /// Mean lightness.
    pub brightness: f64,
    /// Standard deviation of lightness.
    pub contrast: f64,
    /// Distance of colors from gray.
    pub colorfulness: f64,
    /// Amount of fine detail.
    pub sharpness: f64,
}
