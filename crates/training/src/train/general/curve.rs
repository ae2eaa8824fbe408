//! Fits the growth curve.

use crate::{
    samples::{Point, Sample},
    train::ridge::Ridge,
};
use forecast::{ANCHOR_DAYS, Curve};
use std::ops::RangeInclusive;

/// The knots of the curve, in days.
const AGES: [f64; 14] = [0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 21.0, 31.0];
/// The penalty on differences of neighboring slopes, in pairs of counts. Pieces without counts
/// get the slope of their neighbor.
const SMOOTHNESS_PENALTY: f64 = 20.0;
/// The minimum number of views: growth of smaller counts is too coarse.
const MIN_VIEWS: u64 = 100;
/// The minimum slope of the first piece: views start at 0.
const MIN_FIRST_SLOPE: f64 = 0.3;

/// The ages in days of counts of trending videos that are used. Later ones measure the selection by
/// the list: it includes slow videos only once they grow fast.
const TRENDING_AGES: RangeInclusive<f64> = 0.0..=1.6;

/// Fits the curve to the growth between counts of the same video, independent of which videos were
/// counted at which ages. Videos of the trending list, `trending`, are used only for the growth
/// around the first day, because there is little other data.
///
/// The logarithm of views is modeled as a random walk in the logarithm of the age: the weight
/// of a pair of counts is the inverse of their distance.
pub(super) fn fit_curve<'a>(
    samples: impl Iterator<Item = &'a Sample>,
    trending: impl Iterator<Item = &'a Sample>,
) -> Curve {
    let mut slopes = Ridge::new(AGES.len() - 1);
    for sample in samples {
        add_pairs(&mut slopes, sample, &(0.0..=f64::INFINITY));
    }
    for sample in trending {
        add_pairs(&mut slopes, sample, &TRENDING_AGES);
    }
    for piece in 1..AGES.len() - 1 {
        slopes.penalize_difference(piece - 1, piece, SMOOTHNESS_PENALTY);
    }
    curve_of(&slopes.solve())
}

fn add_pairs(slopes: &mut Ridge, sample: &Sample, ages: &RangeInclusive<f64>) {
    if sample.points.last().is_none_or(|last| last.views < MIN_VIEWS) {
        return;
    }
    let usable = |point: &&Point| ages.contains(&point.age) && point.age >= AGES[0] / 2.0;
    let mut previous: Option<&Point> = None;
    for point in sample.points.iter().filter(usable) {
        if let Some(before) = previous.filter(|before| point.age > before.age * 1.01) {
            let (from, to) = (before.age.ln(), point.age.ln());
            let growth = forecast::log_count(point.views) - forecast::log_count(before.views);
            slopes.add(&overlaps(from, to), growth, 1.0 / (to - from));
        }
        previous = Some(point);
    }
}

/// The overlap of the interval between two logarithms of ages with each piece.
fn overlaps(from: f64, to: f64) -> [f64; AGES.len() - 1] {
    let mut overlaps = [0.0; AGES.len() - 1];
    for (piece, overlap) in overlaps.iter_mut().enumerate() {
        let start = if piece == 0 { f64::NEG_INFINITY } else { AGES[piece].ln() };
        let end = if piece + 2 == AGES.len() { f64::INFINITY } else { AGES[piece + 1].ln() };
        *overlap = (to.min(end) - from.max(start)).max(0.0);
    }
    overlaps
}

fn curve_of(slopes: &[f64]) -> Curve {
    let mut share = 0.0;
    let mut log_shares = vec![share];
    for (piece, slope) in slopes.iter().enumerate() {
        let min_slope = if piece == 0 { MIN_FIRST_SLOPE } else { 0.0 };
        share += slope.max(min_slope) * (AGES[piece + 1] / AGES[piece]).ln();
        log_shares.push(share);
    }
    let curve = Curve { ages: AGES.to_vec(), log_shares, spreads: vec![0.0; AGES.len()] };
    let anchor = curve.log_share(ANCHOR_DAYS);
    let log_shares = curve.log_shares.iter().map(|share| share - anchor).collect();
    Curve { log_shares, ..curve }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::SampleKind;
    use forecast::{Plan, Upload};

    /// A video with `views` at day 1 that grows with a power of its age.
    fn sample(views: f64, power: f64, ages: &[f64]) -> Sample {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive")]
        let point = |age: &f64| Point {
            day: *age,
            age: *age,
            views: (views * age.powf(power)).round() as u64,
        };
        let points = ages.iter().map(point).collect();
        Sample {
            kind: SampleKind::General,
            plan: Plan::new(Upload { day, time: None }),
            source: 0,
            channel: None,
            points,
        }
    }

    #[test]
    fn fit_curve_recovers_and_extrapolates_power_law() {
        // Larger videos are counted later, which must not be fitted as growth.
        let early = vec![sample(1e6, 0.5, &[1.0, 2.0, 4.0]); 100];
        let late = vec![sample(1e8, 0.5, &[4.0, 7.0, 10.0]); 100];
        let curve = fit_curve(early.iter().chain(&late), [].into_iter());
        for age in [0.5_f64, 1.0, 7.0, 14.0, 31.0] {
            assert!((curve.log_share(age) - 0.5 * (age / 7.0).ln()).abs() < 1e-3, "{age}");
        }
    }

    #[test]
    fn fit_curve_uses_listed_samples_around_first_day_only() {
        let general = vec![sample(1e6, 0.5, &[1.5, 2.0, 4.0, 7.0]); 300];
        let trending = vec![sample(1e6, 0.9, &[0.2, 0.5, 1.2, 4.0, 7.0]); 300];
        let curve = fit_curve(general.iter(), trending.iter());
        let growth = |from: f64, to: f64| curve.log_share(to) - curve.log_share(from);
        assert!((growth(0.1, 0.5) - 0.9 * 5_f64.ln()).abs() < 0.1);
        assert!((growth(2.0, 7.0) - 0.5 * 3.5_f64.ln()).abs() < 0.01);
    }
}
