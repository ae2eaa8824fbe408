//! Inputs of a forecast, known before publication.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

/// A planned video. Only the time of publication is required.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The channel's subscribers at the upload.
    pub subscribers: Subscribers,
    /// The time of publication.
    pub upload: Upload,
    /// YouTube category id.
    pub category: Option<u16>,
    /// The number of videos that the channel has published.
    pub uploads: Option<u64>,
    /// Whether the video is a Short; `false` for a long video.
    pub is_short: Option<bool>,
    /// The title; `None` excludes its effect.
    pub title: Option<String>,
    /// Earlier videos of the channel, by descending time of the upload. The first
    /// [`MAX_PAST_VIDEOS`](crate::MAX_PAST_VIDEOS) that are old enough are used.
    pub past: Vec<PastVideo>,
    /// Features of the thumbnail; ignored unless the model was trained with them.
    pub thumbnail: Option<ThumbnailFeatures>,
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
            thumbnail: None,
        }
    }
}

/// The number of subscribers of a channel, if known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Subscribers {
    /// The public number.
    Known(u64),
    /// The channel hides the number. Different from [`Subscribers::Unknown`]: such channels are
    /// mostly small.
    Hidden,
    /// The number is not provided.
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
    /// The day in Seoul.
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
    /// The channel's subscribers at the upload; if unknown, the subscribers of the plan are used.
    pub subscribers: Option<u64>,
}

/// Features of a thumbnail with color values from 0 to 1, as computed by the crate `thumbnail`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThumbnailFeatures {
    /// Mean luma (ITU-R BT.709): 0 is black, 1 is white.
    pub brightness: f64,
    /// Standard deviation of luma, 0 to 0.5 (RMS contrast).
    pub contrast: f64,
    /// Colorfulness M of Hasler and Süsstrunk, "Measuring colorfulness in natural images"
    /// (2003); 0 is gray, 0.4 and more is extremely colorful.
    pub colorfulness: f64,
    /// Variance of the Laplacian of luma (Pech-Pacheco et al., "Diatom autofocusing in
    /// brightfield microscopy", 2000): small for blurred images.
    pub sharpness: f64,
}
