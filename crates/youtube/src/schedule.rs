//! The schedule of checks, which read the counts of a video.

use chrono::{DateTime, TimeDelta, Utc};

/// Ages in hours of the checks on the first day.
const FIRST_DAY_HOURS: [i64; 5] = [1, 3, 6, 12, 24];

/// The last day of daily checks.
const DAILY_UNTIL_DAYS: i64 = 31;

/// The last day of weekly checks.
const WEEKLY_UNTIL_DAYS: i64 = 90;

/// The interval of later checks. Below the 30 days after which the terms of YouTube require
/// statistics to be refreshed or deleted.
const INTERVAL_AFTER_DAYS: i64 = 28;

/// The age of the first check that is due after `age`: 1, 3, 6, 12 and 24 hours, daily to day 31,
/// weekly to day 90, then every 28 days. A scheduled premiere has a negative age.
fn next_check_age(age: TimeDelta) -> TimeDelta {
    let first_day = FIRST_DAY_HOURS.into_iter().map(TimeDelta::hours);
    if let Some(next) = first_day.into_iter().find(|next| *next > age) {
        return next;
    }
    let days = age.num_days();
    let next = if days < DAILY_UNTIL_DAYS {
        days + 1
    } else {
        let week = DAILY_UNTIL_DAYS + 7 * ((days - DAILY_UNTIL_DAYS) / 7 + 1);
        if week <= WEEKLY_UNTIL_DAYS {
            week
        } else {
            let last = LAST_WEEKLY_DAYS.max(days);
            LAST_WEEKLY_DAYS
                + INTERVAL_AFTER_DAYS * ((last - LAST_WEEKLY_DAYS) / INTERVAL_AFTER_DAYS + 1)
        }
    };
    TimeDelta::days(next)
}

/// The last weekly check: day 87.
const LAST_WEEKLY_DAYS: i64 = DAILY_UNTIL_DAYS + (WEEKLY_UNTIL_DAYS - DAILY_UNTIL_DAYS) / 7 * 7;

/// When the counts of a video are read next, after a check at `checked`: always later than it.
/// Checks that were missed are not repeated.
pub fn next_check(published: DateTime<Utc>, checked: DateTime<Utc>) -> DateTime<Utc> {
    published + next_check_age(checked - published)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ages of all checks up to `limit` in days, in hours.
    fn ages(limit: i64) -> Vec<i64> {
        let ages = std::iter::successors(Some(TimeDelta::zero()), |age| Some(next_check_age(*age)));
        ages.skip(1).map(|age| age.num_hours()).take_while(|hours| *hours <= limit * 24).collect()
    }

    #[test]
    fn checks_follow_the_published_schedule() {
        let mut expected = vec![1, 3, 6, 12, 24];
        expected.extend((2..=31).map(|day| day * 24));
        expected.extend((38..=87).step_by(7).map(|day| day * 24));
        expected.extend((115..=400).step_by(28).map(|day| day * 24));
        assert_eq!(ages(400), expected);
    }

    #[test]
    fn checks_of_90_days_fit_the_daily_quota() {
        // 60,000 videos, of 2,000 channels with 30 videos each in about 90 days.
        assert_eq!(ages(90).len(), 43);
        let calls_a_day = 2_000 * 30 * 43 / 90 / 50;
        assert!(calls_a_day < 1_000, "{calls_a_day}");
    }

    #[test]
    fn scheduled_premiere_is_checked_after_its_publication() {
        let published: DateTime<Utc> = "2026-11-22T03:00:00Z".parse().unwrap();
        let next = next_check(published, published - TimeDelta::days(2));
        assert_eq!(next, published + TimeDelta::hours(1));
    }

    proptest! {
        #[test]
        fn next_check_is_later_and_within_28_days(minutes in -100_000_i64..5_000_000) {
            let age = TimeDelta::minutes(minutes);
            let next = next_check_age(age);
            prop_assert!(next > age);
            if minutes > 0 {
                prop_assert!(next - age <= TimeDelta::days(28));
            }
            // Between two checks the result does not change.
            prop_assert_eq!(next_check_age(next - TimeDelta::milliseconds(1)), next);
        }
    }
}
