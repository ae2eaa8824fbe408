//! Computes the reply to a job, without I/O.

pub(crate) mod address;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::{
    prediction::{DAYS, Details, Factor, Job, UploadTime},
    time::start_of_day,
};
use forecast::{
    Estimate, Forecast, Model, PastVideo, Plan, Subscribers, ThumbnailFeatures, Upload,
};

/// Hour of the upload if only its day is known: most videos are published in the evening.
const DEFAULT_UPLOAD_HOUR: i64 = 18;

/// A planned video with its channel history and thumbnail.
pub(crate) struct PredictionInput {
    pub job: Job,
    /// YouTube's category id.
    pub category: Option<u16>,
    /// The number of videos that the channel has published, from the request.
    pub uploads: Option<u64>,
    /// Whether the video is a Short.
    pub is_short: Option<bool>,
    /// `None` if the channel is unknown.
    pub history: Option<History>,
    /// `None` if the thumbnail is unavailable or not used by the model.
    pub thumbnail: Option<ThumbnailFeatures>,
}

/// Previous videos of a channel.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct History {
    /// The number of its uploads, if known.
    pub uploads: Option<u64>,
    /// The latest videos with one observation each.
    pub videos: Vec<VideoObservation>,
}

/// Views of a video at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct VideoObservation {
    pub uploaded_at: DateTime<Utc>,
    pub observed_at: DateTime<Utc>,
    pub views: u64,
}

/// The body and the header of a reply.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    /// JSON array of the views per day.
    pub views: String,
    /// JSON of [`Details`].
    pub details: String,
}

/// Predicts the views of the days after `today`; `None` if the subscriber count or the upload date
/// of the job is invalid.
pub(crate) fn predict(
    model: &Model,
    input: PredictionInput,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Option<Reply> {
    let upload = UploadTime::parse(&input.job.upload_date)?;
    let plan = plan(input, upload, now)?;
    let forecast = model.forecast(&plan);
    let days = today.iter_days().skip(1).take(DAYS);
    let estimates: Vec<Estimate> = days.map(|day| estimate_on(&forecast, upload, day)).collect();
    let views_per_day = |field: fn(&Estimate) -> f64| -> Vec<i64> {
        estimates.iter().map(|estimate| round_views(field(estimate))).collect()
    };
    let factor =
        |factor: &forecast::Factor| Factor { name: factor.name.clone(), effect: factor.effect };
    let details = Details {
        low: views_per_day(|estimate| estimate.low),
        high: views_per_day(|estimate| estimate.high),
        factors: forecast.factors().iter().map(factor).collect(),
        min_ratio: Some(model.comparison_ratio()),
    };
    Some(Reply {
        views: serde_json::to_string(&views_per_day(|estimate| estimate.views)).ok()?,
        details: serde_json::to_string(&details).ok()?,
    })
}

fn plan(input: PredictionInput, upload: UploadTime, now: DateTime<Utc>) -> Option<Plan> {
    let PredictionInput { job, category, uploads: requested_uploads, is_short, history, thumbnail } =
        input;
    let subscribers = job.channel_subscriber.number()?;
    let History { uploads, videos } = history.unwrap_or_default();
    let before = start_of_day(upload.day).min(now);
    let past: Vec<PastVideo> =
        videos.into_iter().filter_map(|video| past_video(video, before)).collect();
    Some(Plan {
        subscribers: Subscribers::Known(subscribers),
        category,
        uploads: requested_uploads.or(uploads),
        is_short,
        title: Some(job.video_name),
        past,
        thumbnail,
        ..Plan::new(Upload { day: upload.day, time: upload.time })
    })
}

/// The video if it was uploaded before `before` and observed afterwards.
fn past_video(video: VideoObservation, before: DateTime<Utc>) -> Option<PastVideo> {
    let age = video.observed_at - video.uploaded_at;
    let is_earlier = video.uploaded_at < before && age > TimeDelta::zero();
    is_earlier.then(|| PastVideo { age_days: days(age), views: video.views, subscribers: None })
}

/// The views at the end of the upload day, and on later days at the hour of the upload, so that the
/// n-th day is the age of n days. Earlier days have no views.
fn estimate_on(forecast: &Forecast, upload: UploadTime, day: NaiveDate) -> Estimate {
    let age = day - upload.day;
    if age != TimeDelta::zero() {
        return forecast.at(days(age));
    }
    let time = upload
        .time
        .map_or(TimeDelta::hours(DEFAULT_UPLOAD_HOUR), |time| time - chrono::NaiveTime::MIN);
    forecast.at(days(TimeDelta::days(1) - time))
}

#[expect(clippy::cast_precision_loss, reason = "seconds of centuries are exact")]
fn days(span: TimeDelta) -> f64 {
    span.num_seconds() as f64 / 86_400.0
}

#[expect(clippy::cast_possible_truncation, reason = "rounded, and clamped to the range of i64")]
fn round_views(views: f64) -> i64 {
    views.round().clamp(0.0, 9e15) as i64
}
