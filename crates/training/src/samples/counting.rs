//! The change of YouTube's view counting in August 2026: since then a view is counted at the start
//! of a playback. The day of the change differs between videos, so counts of August 2026 are not
//! used.

use super::Sample;
use chrono::{Datelike, Days, NaiveDate};

/// YouTube's definition of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ViewDefinition {
    /// Until July 2026.
    BeforeAugust2026,
    /// Since September 2026.
    AfterAugust2026,
}

impl ViewDefinition {
    /// The definition on a day; `None` in August 2026.
    pub(super) fn of(day: NaiveDate) -> Option<Self> {
        match (day.year(), day.month()) {
            (2026, 8) => None,
            date if date < (2026, 8) => Some(Self::BeforeAugust2026),
            _ => Some(Self::AfterAugust2026),
        }
    }
}

/// Removes counts whose view definition differs from the day of the upload, and videos without
/// other counts.
pub(super) fn remove_incomparable_counts(samples: &mut Vec<Sample>) {
    samples.retain_mut(|sample| {
        let upload = sample.plan.upload.day;
        let definition = ViewDefinition::of(upload);
        sample.points.retain(|point| {
            let day = upload.checked_add_days(Days::new(whole_days(point.age)));
            definition.is_some() && day.and_then(ViewDefinition::of) == definition
        });
        !sample.points.is_empty()
    });
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ages are few days")]
fn whole_days(age: f64) -> u64 {
    age.ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};

    #[test]
    fn counts_across_the_change_of_view_counting_are_removed() {
        let ages = [1.0, 7.0, 40.0];
        let mut samples: Vec<Sample> = ["2026-06-25", "2026-07-27", "2026-08-10", "2026-09-01"]
            .map(|day| sample(day, &ages.map(|age| (age, 100))))
            .into();
        remove_incomparable_counts(&mut samples);
        let kept = samples.iter().map(|it| (it.plan.upload.day.to_string(), it.points.len()));
        let kept: Vec<_> = kept.collect();
        let expected = [("2026-06-25", 2), ("2026-07-27", 1), ("2026-09-01", 3)];
        assert_eq!(kept, expected.map(|(day, points)| (day.to_owned(), points)));
    }
}
