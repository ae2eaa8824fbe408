//! Fits the model of videos on the trending list.

mod trees;

use super::{
    constants::{DEFAULT_HALF_WIDTH, HOLDOUT_SPLITS, TAIL_SHARE},
    effects::fit_history,
};
use crate::{
    samples::{Point, Sample},
    statistics::{quantile, to_f64},
};
use forecast::{
    ANCHOR_DAYS, History, Plan, TRENDING_FEATURES, Trees, TrendingModel, Upload, log_count,
    trending_features,
};
use trees::boost;

/// The minimum number of videos.
const MIN_VIDEOS: usize = 150;
/// The minimum number of errors at an age of the interval.
const MIN_ERRORS: usize = 250;
/// The minimum number of counts to measure the effect of titles on.
const MIN_TITLE_COUNTS: usize = 1_000;
/// The range of the width of intervals with earlier videos.
const WIDTHS: (f64, f64) = (0.2, 3.0);

/// The error of trees on a later video.
struct HoldoutError<'a> {
    sample: &'a Sample,
    point: Point,
    residual: f64,
}

/// Fits the model to videos by ascending upload day; `None` if there are too few.
pub(super) fn fit_trending(samples: &[&Sample]) -> Option<TrendingModel> {
    if samples.len() < MIN_VIDEOS {
        return None;
    }
    let trees = fit_trees(samples)?;
    let models = earlier_models(samples);
    let errors = holdout_errors(&models);
    let (ages, lows, highs) = interval(&errors);
    let mut sorted: Vec<f64> = counts(samples).map(|(_, point)| log_count(point.views)).collect();
    sorted.sort_by(f64::total_cmp);
    let median = *sorted.get(sorted.len() / 2)?;
    let mut trending = TrendingModel {
        trees,
        history: History::NONE,
        ages,
        lows,
        highs,
        untitled_width: 1.0,
        title_spread: title_spread(&models),
        median,
    };
    trending.history = history(&errors);
    let with_past = |plan: &Plan| (!plan.past.is_empty()).then(|| plan.clone());
    trending.history.width = width(&models, &trending, with_past);
    trending.untitled_width = width(&models, &trending, |plan| Some(without_title(plan)));
    Some(trending)
}

fn counts<'a>(samples: &'a [&'a Sample]) -> impl Iterator<Item = (&'a Sample, &'a Point)> {
    let positive = |sample: &'a Sample| {
        sample.points.iter().filter(|point| point.age > 0.0).map(move |point| (sample, point))
    };
    samples.iter().copied().flat_map(positive)
}

/// `None` without a complete row.
fn fit_trees(samples: &[&Sample]) -> Option<Trees> {
    let complete = |(sample, point): (&Sample, &Point)| {
        let features = trending_features(&sample.plan, point.age);
        let is_complete = features.iter().all(|feature| feature.is_finite());
        is_complete.then(|| (features, log_count(point.views)))
    };
    let (rows, targets): (Vec<[f64; TRENDING_FEATURES]>, Vec<f64>) =
        counts(samples).filter_map(complete).unzip();
    (!rows.is_empty()).then(|| boost(&rows, &targets))
}

/// Trees of the earlier videos of each split, and the videos of the next part.
fn earlier_models<'a>(samples: &'a [&'a Sample]) -> Vec<(Trees, &'a [&'a Sample])> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a share of a small number"
    )]
    let place = |share: f64| (samples.len() as f64 * share) as usize;
    let model = |pair: &[f64]| {
        let (from, to) = (place(pair[0]), place(pair[1]));
        Some((fit_trees(&samples[..from])?, &samples[from..to]))
    };
    HOLDOUT_SPLITS.windows(2).filter_map(model).collect()
}

fn holdout_errors<'a>(models: &[(Trees, &'a [&'a Sample])]) -> Vec<HoldoutError<'a>> {
    let errors = models.iter().flat_map(|(trees, later)| {
        counts(later).map(|(sample, point)| {
            let estimate = trees.predict(&trending_features(&sample.plan, point.age));
            HoldoutError { sample, point: *point, residual: log_count(point.views) - estimate }
        })
    });
    errors.collect()
}

/// Ages, and the quantiles of the errors of counts of similar ages (split conformal prediction).
fn interval(errors: &[HoldoutError<'_>]) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let mut pairs: Vec<(f64, f64)> =
        errors.iter().map(|error| (error.point.age, error.residual)).collect();
    if pairs.is_empty() {
        pairs = vec![(ANCHOR_DAYS, -DEFAULT_HALF_WIDTH), (ANCHOR_DAYS, DEFAULT_HALF_WIDTH)];
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let parts = (pairs.len() / MIN_ERRORS).max(1);
    let (mut ages, mut lows, mut highs) = (Vec::new(), Vec::new(), Vec::new());
    for part in pairs.chunks(pairs.len().div_ceil(parts)) {
        let age = part[part.len() / 2].0;
        if ages.last().is_some_and(|last| *last >= age) {
            continue;
        }
        let residuals = || part.iter().map(|(_, residual)| *residual).collect::<Vec<f64>>();
        ages.push(age);
        lows.push(quantile(residuals(), TAIL_SHARE));
        highs.push(quantile(residuals(), 1.0 - TAIL_SHARE));
    }
    (ages, lows, highs)
}

/// Fitted to the mean error of each video.
fn history(errors: &[HoldoutError<'_>]) -> History {
    let of_video = errors.chunk_by(|one, other| std::ptr::eq(one.sample, other.sample));
    fit_history(&of_video.filter_map(mean_of_channel).collect::<Vec<_>>())
}

/// The channel of a video, and the mean of its errors.
fn mean_of_channel<'a>(video_errors: &[HoldoutError<'a>]) -> Option<(&'a str, f64)> {
    let count = f64::from(u32::try_from(video_errors.len()).unwrap_or(u32::MAX));
    let sum: f64 = video_errors.iter().map(|error| error.residual).sum();
    Some((video_errors.first()?.sample.channel.as_deref()?, sum / count))
}

/// The square root of the difference of the mean squared errors without and with the title, on later
/// videos; `None` if they have too few counts.
fn title_spread(models: &[(Trees, &[&Sample])]) -> Option<f64> {
    let (mut excess, mut number) = (0.0, 0);
    for (trees, later) in models {
        for (sample, point) in counts(later) {
            let untitled = Plan { title: None, ..sample.plan.clone() };
            let error = |plan: &Plan| {
                log_count(point.views) - trees.predict(&trending_features(plan, point.age))
            };
            excess += error(&untitled).powi(2) - error(&sample.plan).powi(2);
            number += 1;
        }
    }
    (number >= MIN_TITLE_COUNTS).then(|| (excess / to_f64(number)).max(0.0).sqrt())
}

/// The plan with category and upload day only.
fn without_title(plan: &Plan) -> Plan {
    let upload = Upload { time: None, ..plan.upload };
    Plan { category: plan.category, ..Plan::new(upload) }
}

/// The width that gives the intervals of later videos with these plans their nominal coverage: the
/// quantile of the widths that include each count (split conformal prediction).
fn width(
    models: &[(Trees, &[&Sample])],
    trending: &TrendingModel,
    plan_of: impl Fn(&Plan) -> Option<Plan>,
) -> f64 {
    let mut widths = Vec::new();
    for (trees, later) in models {
        let model = TrendingModel { trees: trees.clone(), ..trending.clone() };
        for sample in *later {
            let Some(plan) = plan_of(&sample.plan) else {
                continue;
            };
            widths.extend(sample.points.iter().filter(|point| point.age > 0.0).map(|point| {
                let at = model.at(&plan, point.age);
                let error = log_count(point.views) - at.estimate;
                let bound = if error < 0.0 { at.low } else { at.high } - at.estimate;
                (error / bound).clamp(WIDTHS.0, WIDTHS.1)
            }));
        }
    }
    if widths.len() < MIN_ERRORS { 1.0 } else { quantile(widths, 1.0 - 2.0 * TAIL_SHARE) }
}
