//! From what is known of a planned video to an answer, free of I/O.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::{
    prediction::{DAYS, Details, Factor, Job, UploadTime},
    time::start_of_day,
};
use forecast::{Estimate, Forecast, Model, PastVideo, Picture, Plan, Subscribers, Upload};
use thumbnail::Description;

/// Where the clock of a day stands, where only the day is known: most videos are published
/// in the evening.
const USUAL_HOURS: i64 = 18;

/// All that is known of a planned video.
pub(crate) struct Known {
    pub job: Job,
    /// YouTube's number of its category.
    pub category: Option<u16>,
    /// What its channel has done so far, if the channel is known.
    pub history: Option<History>,
    /// What its picture looks like, if that is known.
    pub picture: Option<Description>,
}

/// What a channel has done so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct History {
    /// How many videos it has.
    pub uploads: u64,
    /// Its latest videos, each at one look at it.
    pub videos: Vec<Observed>,
}

/// A video's views, when it was looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Observed {
    pub uploaded: DateTime<Utc>,
    pub seen: DateTime<Utc>,
    pub views: u64,
}

/// An answer, as it is sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    /// A JSON array of the views on each day.
    pub views: String,
    /// What goes beside it, in JSON.
    pub details: String,
}

/// The answer given on the day `today`, at `now`; none where the job is no plan of a video.
pub(crate) fn answer(
    model: &Model,
    known: Known,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Option<Answer> {
    let upload = UploadTime::parse(&known.job.upload_date)?;
    let plan = plan(known, upload, now)?;
    let forecast = model.forecast(&plan);
    let days = today.iter_days().skip(1).take(DAYS);
    let estimates: Vec<Estimate> = days.map(|day| on_day(&forecast, upload, day)).collect();
    let whole = |pick: fn(&Estimate) -> f64| -> Vec<i64> {
        estimates.iter().map(|estimate| rounded(pick(estimate))).collect()
    };
    let factor =
        |factor: &forecast::Factor| Factor { name: factor.name.clone(), effect: factor.effect };
    let details = Details {
        low: whole(|estimate| estimate.low),
        high: whole(|estimate| estimate.high),
        factors: forecast.factors().iter().map(factor).collect(),
    };
    Some(Answer {
        views: serde_json::to_string(&whole(|estimate| estimate.views)).ok()?,
        details: serde_json::to_string(&details).ok()?,
    })
}

fn plan(known: Known, upload: UploadTime, now: DateTime<Utc>) -> Option<Plan> {
    let Known { job, category, history, picture } = known;
    let subscribers = job.channel_subscriber.number()?;
    let History { uploads, videos } = history.unwrap_or_default();
    let planned = start_of_day(upload.day).min(now);
    let past = videos.into_iter().filter_map(|video| past(video, planned));
    Some(Plan {
        subscribers: Subscribers::Known(subscribers),
        category,
        uploads: (uploads > 0).then_some(uploads),
        title: Some(job.video_name),
        past: past.collect(),
        picture: picture.map(described),
        ..Plan::new(Upload { day: upload.day, time: upload.time })
    })
}

/// A video that was published before the planned one.
fn past(video: Observed, planned: DateTime<Utc>) -> Option<PastVideo> {
    let age = video.seen - video.uploaded;
    let earlier = video.uploaded < planned && age > TimeDelta::zero();
    earlier.then(|| PastVideo { age_days: days(age), views: video.views, subscribers: None })
}

const fn described(picture: Description) -> Picture {
    let Description { brightness, contrast, colourfulness, sharpness } = picture;
    Picture { brightness, contrast, colourfulness, sharpness }
}

/// The views by the end of the day of the upload, and on every later day by the hour of the
/// upload, so that the n-th day after it is the age of n days. Before it there are none.
fn on_day(forecast: &Forecast, upload: UploadTime, day: NaiveDate) -> Estimate {
    let whole = day - upload.day;
    if whole != TimeDelta::zero() {
        return forecast.at(days(whole));
    }
    let time =
        upload.time.map_or(TimeDelta::hours(USUAL_HOURS), |time| time - chrono::NaiveTime::MIN);
    forecast.at(days(TimeDelta::days(1) - time))
}

#[expect(clippy::cast_precision_loss, reason = "seconds of centuries are exact")]
fn days(span: TimeDelta) -> f64 {
    span.num_seconds() as f64 / 86_400.0
}

/// A whole number of views; no video has more than fit.
#[expect(clippy::cast_possible_truncation, reason = "it is whole, and within bounds")]
fn rounded(views: f64) -> i64 {
    views.round().clamp(0.0, 9e15) as i64
}
