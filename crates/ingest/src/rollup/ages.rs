//! Views of a video at standard ages, and in the last 24 hours, from its observations.

use chrono::{DateTime, TimeDelta, Utc};
use common::time::{are_views_comparable, in_days};

/// The standard ages in days of compared videos; the columns `day_1` to `day_28`.
pub(super) const AGES: [i16; 6] = [1, 2, 3, 7, 14, 28];

/// The views at each of [`AGES`], if known.
pub(super) type AgeViews = [Option<i64>; AGES.len()];

/// The minimum interval between the two observations that a gain of 24 hours is computed from.
const MIN_GAIN_INTERVAL: TimeDelta = TimeDelta::hours(20);
/// The maximum interval between these observations.
const MAX_GAIN_INTERVAL: TimeDelta = TimeDelta::hours(48);

/// The earliest age in days of an observation: interpolation uses the logarithm of ages.
const MIN_AGE: f64 = 1.0 / 24.0;

/// The views of a video at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ViewObservation {
    pub at: DateTime<Utc>,
    pub views: i64,
}

/// The views at the standard ages. `observations` are ordered by time.
pub(super) fn views_at_ages(
    uploaded_at: DateTime<Utc>,
    observations: &[ViewObservation],
) -> AgeViews {
    AGES.map(|age| views_at(uploaded_at, observations, age))
}

/// The views at an age of `days`, interpolated between the observations before and after it; `None`
/// if they are too far apart, or if views were counted differently in between.
fn views_at(
    uploaded_at: DateTime<Utc>,
    observations: &[ViewObservation],
    days: i16,
) -> Option<i64> {
    let target = uploaded_at.checked_add_signed(TimeDelta::days(days.into()))?;
    let position = observations.partition_point(|observed| observed.at < target);
    let after = observations.get(position)?;
    if !are_views_comparable(uploaded_at, after.at) {
        return None;
    }
    if after.at == target {
        return Some(after.views);
    }
    let before = observations.get(position.checked_sub(1)?)?;
    let days = f64::from(days);
    let age = |observed: &ViewObservation| in_days(observed.at - uploaded_at).max(MIN_AGE);
    let (from, until) = (age(before), age(after));
    if before.at < uploaded_at || in_days(after.at - before.at) > max_gap(days) {
        return None;
    }
    // Linear in the logarithms of age and of views + 1.
    let weight = (days.ln() - from.ln()) / (until.ln() - from.ln());
    let (from, until) = (log(before.views), log(after.views));
    Some(round((from + (until - from) * weight).exp() - 1.0))
}

/// The maximum interval in days between the observations around an age.
fn max_gap(days: f64) -> f64 {
    (days / 4.0).max(1.5)
}

/// The views gained in the 24 hours before the last observation: from the latest one at least 20
/// hours earlier, scaled to 24 hours, or all views of a video that was younger. `None` if
/// the earlier one is more than 48 hours before, or views were counted differently. At least 0,
/// because YouTube removes views.
pub(super) fn gained_24h(
    uploaded_at: DateTime<Utc>,
    observations: &[ViewObservation],
) -> Option<i64> {
    let last = observations.last()?;
    let age = last.at - uploaded_at;
    if age < TimeDelta::zero() {
        return None;
    }
    if age <= TimeDelta::days(1) {
        return are_views_comparable(uploaded_at, last.at).then_some(last.views.max(0));
    }
    let position =
        observations.partition_point(|observed| observed.at <= last.at - MIN_GAIN_INTERVAL);
    let earlier = observations.get(position.checked_sub(1)?)?;
    let interval = last.at - earlier.at;
    if interval > MAX_GAIN_INTERVAL || !are_views_comparable(earlier.at, last.at) {
        return None;
    }
    let gained = to_f64(last.views.saturating_sub(earlier.views).max(0));
    Some(round(gained / in_days(interval)))
}

fn log(views: i64) -> f64 {
    (to_f64(views.max(0)) + 1.0).ln()
}

#[expect(clippy::cast_precision_loss, reason = "views are below 2⁵³")]
pub(super) fn to_f64(views: i64) -> f64 {
    views as f64
}

#[expect(clippy::cast_possible_truncation, reason = "saturates")]
fn round(views: f64) -> i64 {
    views.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const UPLOAD: &str = "2026-10-01T00:00:00Z";

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Observations at ages in hours.
    fn observed(uploaded_at: DateTime<Utc>, rows: &[(i64, i64)]) -> Vec<ViewObservation> {
        let row = |(hours, views): &(i64, i64)| ViewObservation {
            at: uploaded_at + TimeDelta::hours(*hours),
            views: *views,
        };
        rows.iter().map(row).collect()
    }

    fn ages(rows: &[(i64, i64)]) -> AgeViews {
        views_at_ages(at(UPLOAD), &observed(at(UPLOAD), rows))
    }

    #[test]
    fn views_between_two_observations_are_interpolated_in_logarithms() {
        // From day 1.5 with 999 views to day 3 with 3,999: ln(2 ÷ 1.5) ÷ ln(3 ÷ 1.5) = 0.415.
        let views = ages(&[(36, 999), (72, 3_999)]);
        assert_eq!(views, [None, Some(1_777), Some(3_999), None, None, None]);
    }

    #[test]
    fn age_without_an_observation_on_each_side_is_unknown() {
        assert_eq!(ages(&[]), [None; 6]);
        assert_eq!(ages(&[(30, 100)]), [None; 6]);
        assert_eq!(ages(&[(24, 100)]), [Some(100), None, None, None, None, None]);
    }

    #[test]
    fn age_between_distant_observations_is_unknown() {
        // The limit is 1.5 days for young ages, 7 days for the age of 28 days.
        assert_eq!(ages(&[(36, 100), (73, 200)])[1], None);
        assert_eq!(ages(&[(25 * 24, 100), (32 * 24, 200)])[5], Some(138));
        assert_eq!(ages(&[(25 * 24, 100), (32 * 24 + 1, 200)])[5], None);
    }

    #[test]
    fn views_that_fall_or_are_zero_are_interpolated() {
        assert_eq!(ages(&[(12, 0), (36, 0)])[0], Some(0));
        let views = ages(&[(12, 100), (36, 50)])[0].unwrap();
        assert!((50..100).contains(&views), "{views}");
    }

    #[test]
    fn views_across_august_2026_are_unknown() {
        for (upload, is_known) in [
            ("2026-07-29T14:00:00Z", true),
            ("2026-07-30T16:00:00Z", false),
            ("2026-08-31T14:59:59Z", false),
            ("2026-08-31T15:00:00Z", true),
        ] {
            let rows = observed(at(upload), &[(24, 100), (48, 200)]);
            let views = views_at_ages(at(upload), &rows);
            assert_eq!(views[1].is_some(), is_known, "{upload}");
        }
    }

    #[test]
    fn gain_is_scaled_to_24_hours() {
        let gained = |rows: &[(i64, i64)]| gained_24h(at(UPLOAD), &observed(at(UPLOAD), rows));
        assert_eq!(gained(&[(40, 100), (76, 250), (80, 300)]), Some(120));
        assert_eq!(gained(&[(48, 100), (72, 300)]), Some(200));
        // Removed views are not a negative gain.
        assert_eq!(gained(&[(48, 300), (72, 100)]), Some(0));
        // All views of a video of at most 24 hours.
        assert_eq!(gained(&[(1, 100), (24, 300)]), Some(300));
        assert_eq!(gained(&[(30, 100)]), None);
        assert_eq!(gained(&[(30, 100), (49, 200)]), None);
        assert_eq!(gained(&[(24, 100), (73, 200)]), None);
        assert_eq!(gained(&[(-1, 100)]), None);
    }
}
