//! Upload times of demo videos.

use super::rng::DemoRng;
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use common::time::{SEOUL, days_ago, seoul_day, start_of_day};

/// Days over which uploads are distributed.
const DAYS: u32 = 60;

/// Days with the same number of uploads, so that the periods compared by the dashboard are alike; there
/// are fewer uploads before.
const RECENT_DAYS: u32 = 28;

/// Relative frequency of uploads by hour in Seoul.
const HOURS: [u32; 24] =
    [3, 2, 1, 1, 1, 1, 2, 4, 5, 4, 4, 6, 7, 6, 5, 6, 8, 10, 14, 13, 10, 8, 6, 4];

/// Relative frequency of uploads by weekday, from Monday.
const WEEKDAYS: [f64; 7] = [0.70, 0.70, 0.72, 0.75, 0.90, 1.00, 0.95];

/// The age of the first video at the demo's reference time.
pub(super) const FIRST_UPLOAD: TimeDelta = TimeDelta::hours(1);

/// A random usual hour of uploads.
pub(super) fn usual_hour(rng: &mut DemoRng) -> u32 {
    u32::try_from(rng.weighted_index(HOURS)).unwrap_or_default()
}

/// The upload time of a video: mostly in the last four weeks, never after `reference`.
pub(super) fn upload_time(
    reference: DateTime<Utc>,
    usual_hour: Option<u32>,
    rng: &mut DemoRng,
) -> DateTime<Utc> {
    if rng.chance(0.01) {
        return reference - TimeDelta::seconds(i64::from(rng.below(6 * 3600)));
    }
    let day = start_of_day(seoul_day(days_ago(reference, u64::from(days_before(reference, rng)))));
    let hour = match usual_hour.filter(|_| rng.chance(0.6)) {
        Some(hour) => hour,
        None => self::usual_hour(rng),
    };
    let seconds = hour * 3600 + rng.below(3600);
    let time = day + TimeDelta::seconds(i64::from(seconds));
    // The last day ends at `reference`: the rest of it is distributed over the days before.
    let days = 1 + rng.below(DAYS - 1);
    if time > reference { time - TimeDelta::days(days.into()) } else { time }
}

fn days_before(reference: DateTime<Utc>, rng: &mut DemoRng) -> u32 {
    let mut days = 0;
    for _ in 0..4 {
        let window = if rng.chance(0.45) { DAYS } else { RECENT_DAYS };
        days = rng.below(window);
        let day = reference.with_timezone(&SEOUL) - TimeDelta::days(i64::from(days));
        let weekday = day.weekday().num_days_from_monday() as usize;
        if rng.chance(WEEKDAYS.get(weekday).copied().unwrap_or(1.0)) {
            break;
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upload_times_favor_recent_days() {
        let reference: DateTime<Utc> = "2026-11-22T03:00:00Z".parse().unwrap();
        let ages = (0..3_000).map(|number| {
            reference - upload_time(reference, Some(18), &mut DemoRng::for_video(number))
        });
        let ages: Vec<TimeDelta> = ages.collect();
        let younger = |limit| ages.iter().filter(|age| **age < limit).count();
        assert!(ages.iter().all(|age| (TimeDelta::zero()..=TimeDelta::days(60)).contains(age)));
        assert!(younger(TimeDelta::hours(6)) > 20);
        let weeks = [7, 14, 21, 28].map(|days| younger(TimeDelta::days(days)));
        let uploads = [weeks[0], weeks[1] - weeks[0], weeks[2] - weeks[1], weeks[3] - weeks[2]];
        assert!(uploads.iter().all(|uploads| (450..650).contains(uploads)), "{uploads:?}");
    }
}
