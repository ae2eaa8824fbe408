//! Validation on later videos: the scores of the model file.

use super::{error::TrainError, fit, rolling::SplitDays};
use crate::{
    evaluate::{
        Comparison,
        Input::{self, Category, History, Subscribers, Time, Title, Uploads},
        InputSet, estimate,
    },
    samples::{Kind, Sample},
};
use forecast::{Model, Score};

/// The boundaries of splits, as shares of all videos: a model is trained on the videos before one
/// and evaluated on those up to the next.
const BOUNDARIES: [f64; 4] = [0.55, 0.7, 0.85, 1.0];

struct Case {
    kind: Kind,
    name: &'static str,
    inputs: &'static [Input],
    ages: &'static [f64],
}

const CASES: [Case; 6] = [
    Case { inputs: &[Subscribers], ages: &[7.0], ..GENERAL },
    Case { inputs: &[Subscribers, Category, Uploads], ages: &[1.0, 3.0, 7.0, 14.0], ..GENERAL },
    Case { inputs: &[Subscribers, Time, Title, History], ages: &[7.0], ..GENERAL },
    Case { inputs: &[Category], ages: &[3.0], ..TRENDING },
    Case { inputs: &[Category, Time, Title], ages: &[3.0], ..TRENDING },
    Case { inputs: &[Category, Time, Title, History], ages: &[3.0], ..TRENDING },
];

const GENERAL: Case = Case { kind: Kind::General, name: "any videos", inputs: &[], ages: &[] };
const TRENDING: Case =
    Case { kind: Kind::Trending, name: "on the trending list", inputs: &[], ages: &[] };

/// Trains on the earlier videos of each split and evaluates on the next part. Splits with too
/// few earlier videos are skipped. `done` is called after each split.
pub(super) fn validate(
    samples: &[&Sample],
    mut done: impl FnMut(),
) -> Result<Vec<Score>, TrainError> {
    let mut scores = Vec::new();
    for pair in BOUNDARIES.windows(2) {
        let (from, to) = (SplitDays::at(samples, pair[0]), SplitDays::at(samples, pair[1]));
        let earlier: Vec<&Sample> =
            samples.iter().copied().filter(|sample| from.is_after(sample)).collect();
        let later: Vec<&Sample> = samples
            .iter()
            .copied()
            .filter(|sample| !from.is_after(sample) && (pair[1] >= 1.0 || to.is_after(sample)))
            .collect();
        match fit(&earlier) {
            Ok(file) => score(&mut scores, &Model::new(&file)?, &later),
            Err(TrainError::TooFewVideos { .. }) => {}
            Err(error) => return Err(error),
        }
        done();
    }
    Ok(scores)
}

/// The number of splits.
pub(super) const SPLITS: u64 = BOUNDARIES.len() as u64 - 1;

fn score(scores: &mut Vec<Score>, model: &Model, later: &[&Sample]) {
    for Case { kind, name, inputs, ages } in CASES {
        let own: Vec<&Sample> =
            later.iter().copied().filter(|sample| sample.kind == kind).collect();
        let requested = InputSet::new(inputs);
        let inputs = requested.found_in(&own.iter().map(|sample| &sample.plan));
        if inputs != requested {
            continue;
        }
        let days = || own.iter().map(|sample| sample.plan.upload.day);
        let (Some(from), Some(to)) = (days().min(), days().max()) else {
            continue;
        };
        for age in ages {
            let cases = own.iter().filter_map(|sample| estimate(model, sample, &inputs, *age).ok());
            let cases: Vec<_> = cases.collect();
            let groups = [
                ("", Comparison::of(cases.iter())),
                (
                    ", 1,000 subscribers and more",
                    Comparison::of(cases.iter().filter(|case| case.is_large)),
                ),
            ];
            for (group, comparison) in groups {
                let of = format!("{name}{group}, day {age}, from {inputs}");
                scores.extend(comparison.map(|found| Score {
                    of,
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
