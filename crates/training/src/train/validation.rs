//! Validation on later videos: the scores of the model file.

use super::{error::TrainError, fit::fit_model, split::split};
use crate::{
    evaluate::{
        Comparison,
        Input::{self, Category, History, Subscribers, Time, Title, Uploads},
        InputSet, Pair, estimate, median_ape, rmsle, spearman,
    },
    samples::{Point, Sample, SampleKind},
    statistics::to_f64,
};
use forecast::{Count, KnownInputs, Model, Score};

/// The boundaries of splits, as shares of all videos: a model is trained on the videos before a
/// boundary and evaluated on the videos up to the next boundary.
const BOUNDARIES: [f64; 4] = [0.55, 0.7, 0.85, 1.0];

/// The maximum difference in days between the last known count and the day.
const DAY_TOLERANCE: f64 = 0.5;

struct ValidationCase {
    kind: SampleKind,
    name: &'static str,
    inputs: &'static [Input],
    ages: &'static [f64],
}

const CASES: [ValidationCase; 6] = [
    ValidationCase { inputs: &[Subscribers], ages: &[7.0], ..GENERAL },
    ValidationCase {
        inputs: &[Subscribers, Category, Uploads],
        ages: &[1.0, 3.0, 7.0, 14.0],
        ..GENERAL
    },
    ValidationCase { inputs: &[Subscribers, Time, Title, History], ages: &[7.0], ..GENERAL },
    ValidationCase { inputs: &[Category], ages: &[1.0, 3.0], ..TRENDING },
    ValidationCase { inputs: &[Category, Time, Title], ages: &[1.0, 3.0], ..TRENDING },
    ValidationCase { inputs: &[Category, Time, Title, History], ages: &[1.0, 3.0], ..TRENDING },
];

const GENERAL: ValidationCase =
    ValidationCase { kind: SampleKind::General, name: "any videos", inputs: &[], ages: &[] };
const TRENDING: ValidationCase = ValidationCase {
    kind: SampleKind::Trending,
    name: "on the trending list",
    inputs: &[],
    ages: &[],
};

/// Trains on the earlier videos of each split and evaluates on the next part. Splits with too
/// few earlier videos are skipped. `done` is called after each split.
pub(super) fn validate(
    samples: &[&Sample],
    mut done: impl FnMut(),
) -> Result<Vec<Score>, TrainError> {
    let mut scores = Vec::new();
    for pair in BOUNDARIES.windows(2) {
        let (earlier, later) = split(samples, pair[0], pair[1]);
        match fit_model(&earlier, None) {
            Ok(file) => {
                let model = Model::new(&file)?;
                score(&mut scores, &model, &later);
                score_early(&mut scores, &model, &later);
            }
            Err(TrainError::TooFewVideos { .. }) => {}
            Err(error) => return Err(error),
        }
        done();
    }
    Ok(scores)
}

/// Scores of forecasts of published videos for the last count, from the counts of the first days.
/// The median baseline is the last known count, scaled by the curve.
fn score_early(scores: &mut Vec<Score>, model: &Model, later: &[&Sample]) {
    let days = || {
        let general = later.iter().filter(|sample| sample.kind == SampleKind::General);
        general.map(|sample| sample.plan.upload.day)
    };
    let (Some(from), Some(to)) = (days().min(), days().max()) else {
        return;
    };
    let general = later.iter().filter(|sample| sample.kind == SampleKind::General);
    let requested = InputSet::new(&[Subscribers, Category, Uploads]);
    let known = requested.found_in(&general.map(|sample| &sample.plan));
    let sets = [InputSet::new(&[]), known.clone()];
    let sets = &sets[..if known == sets[0] { 1 } else { 2 }];
    for (known_days, inputs) in
        [1.0, 3.0].iter().flat_map(|days| sets.iter().map(move |set| (*days, set)))
    {
        let case = |sample: &&Sample| early_case(model, sample, inputs, known_days);
        let cases: Vec<(Pair, Pair, bool)> = later.iter().filter_map(case).collect();
        if cases.is_empty() {
            continue;
        }
        let suffix = if *inputs == sets[0] { String::new() } else { format!(", {inputs}") };
        let pairs: Vec<Pair> = cases.iter().map(|(pair, _, _)| *pair).collect();
        let scaled: Vec<Pair> = cases.iter().map(|(_, scaled, _)| *scaled).collect();
        let inside = cases.iter().filter(|(_, _, is_inside)| *is_inside).count();
        scores.push(Score {
            subset: format!(
                "published videos, day 14, from the counts of {known_days} days{suffix}"
            ),
            from,
            to,
            videos: cases.len(),
            rmsle: rmsle(&pairs),
            median_ape: median_ape(&pairs).unwrap_or_default(),
            spearman: spearman(&pairs),
            coverage: to_f64(inside) / to_f64(cases.len()),
            median_rmsle: rmsle(&scaled),
            line_rmsle: None,
        });
    }
}

/// The estimate, the estimate of the curve alone, and whether the views are inside the interval.
fn early_case(
    model: &Model,
    sample: &Sample,
    inputs: &InputSet,
    known_days: f64,
) -> Option<(Pair, Pair, bool)> {
    let target = sample.points.last().filter(|last| (13.0..16.0).contains(&last.age))?;
    let (counts, last) = known_counts(sample, known_days)?;
    let known = KnownInputs::from(&inputs.limit(&sample.plan));
    let estimate = model.forecast_from_counts(&counts, known)?.at(target.age);
    let actual = forecast::log_count(target.views);
    let curve = &model.file().general.curve;
    let growth = curve.log_share(target.age) - curve.log_share(last.age_days);
    #[expect(clippy::cast_precision_loss, reason = "counts of views are far below 2^52")]
    let views = target.views as f64;
    Some((
        Pair { estimate: estimate.views.ln_1p(), actual },
        Pair { estimate: forecast::log_count(last.views) + growth, actual },
        estimate.low.round() <= views && views <= estimate.high.round(),
    ))
}

/// The counts of the first `known_days` days, and the last of them; `None` if it is not from the last of
/// these days.
fn known_counts(sample: &Sample, known_days: f64) -> Option<(Vec<Count>, Count)> {
    let is_known = |point: &&Point| point.day <= known_days + DAY_TOLERANCE;
    let known = sample.points.iter().filter(is_known);
    let counts: Vec<Count> =
        known.map(|point| Count { age_days: point.age, views: point.views }).collect();
    let last = *counts.last().filter(|_| sample.kind == SampleKind::General)?;
    (last.age_days >= known_days - DAY_TOLERANCE).then_some((counts, last))
}

/// The number of splits.
pub(super) const SPLITS: u64 = BOUNDARIES.len() as u64 - 1;

fn score(scores: &mut Vec<Score>, model: &Model, later: &[&Sample]) {
    for ValidationCase { kind, name, inputs, ages } in CASES {
        let of_kind: Vec<&Sample> =
            later.iter().copied().filter(|sample| sample.kind == kind).collect();
        let requested = InputSet::new(inputs);
        let inputs = requested.found_in(&of_kind.iter().map(|sample| &sample.plan));
        if inputs != requested {
            continue;
        }
        let days = || of_kind.iter().map(|sample| sample.plan.upload.day);
        let (Some(from), Some(to)) = (days().min(), days().max()) else {
            continue;
        };
        for age in ages {
            let cases =
                of_kind.iter().filter_map(|sample| estimate(model, sample, &inputs, *age).ok());
            let cases: Vec<_> = cases.collect();
            let groups = [
                ("", Comparison::of(cases.iter())),
                (
                    ", 1,000 subscribers and more",
                    Comparison::of(cases.iter().filter(|case| case.is_large)),
                ),
            ];
            for (group, comparison) in groups {
                let subset = format!("{name}{group}, day {age}, from {inputs}");
                scores.extend(comparison.map(|found| Score {
                    subset,
                    from,
                    to,
                    videos: found.videos,
                    rmsle: found.model.rmsle,
                    median_ape: found.model.median_ape.unwrap_or_default(),
                    spearman: found.model.spearman,
                    coverage: found.model.coverage.unwrap_or_default(),
                    median_rmsle: found.median.rmsle,
                    line_rmsle: found.line.map(|line| line.rmsle),
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use forecast::{Plan, Upload};

    #[test]
    fn known_counts_are_from_the_first_days() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let known = |days: &[f64]| {
            let point = |day: &f64| Point { day: *day, age: *day, views: 10 };
            let sample = Sample {
                kind: SampleKind::General,
                plan: Plan::new(Upload { day, time: None }),
                source: 0,
                channel: None,
                points: days.iter().map(point).collect(),
            };
            known_counts(&sample, 3.0).map(|(counts, _)| counts.len())
        };
        assert_eq!(known(&[1.0, 2.0, 3.2, 14.0]), Some(3));
        // The count of day 14 is not known after three days.
        assert_eq!(known(&[7.0, 10.0, 14.0]), None);
        assert_eq!(known(&[1.0, 3.0, 14.0]), Some(2));
        assert_eq!(known(&[1.0, 14.0]), None);
    }
}
