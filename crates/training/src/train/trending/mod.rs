//! Fits the model of videos on the trending list.

mod interval;
mod trees;

use super::{
    constants::{HOLDOUT_SPLITS, TAIL_SHARE},
    effects::fit_history,
};
use crate::{
    samples::{Point, Sample},
    statistics::{quantile, to_f64},
};
use forecast::{
    History, Plan, TRENDING_FEATURES, Trees, TrendingModel, Upload, log_count, trending_features,
};
use interval::{INTERVAL_AGES, MIN_ERRORS, bounds, bounds_of_categories};
use trees::boost;

/// The minimum number of videos.
const MIN_VIDEOS: usize = 150;
/// The minimum number of counts to measure the effect of titles on.
const MIN_TITLE_COUNTS: usize = 1_000;
/// The range of the width of intervals with earlier videos.
const WIDTHS: (f64, f64) = (0.2, 3.0);

/// The error of trees on a later video.
#[derive(Clone)]
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
    let errors = holdout_errors(&models, Plan::clone);
    let untitled = holdout_errors(&models, without_title);
    let (titled_bounds, others) = bounds_of_categories(&errors, true);
    let (untitled_bounds, _) = bounds_of_categories(&untitled, false);
    let (lows, highs) = bounds(&others);
    let mut sorted: Vec<f64> = counts(samples).map(|(_, point)| log_count(point.views)).collect();
    sorted.sort_by(f64::total_cmp);
    let median = *sorted.get(sorted.len() / 2)?;
    let mut trending = TrendingModel {
        trees,
        history: History::NONE,
        ages: INTERVAL_AGES.to_vec(),
        lows,
        highs,
        untitled_width: 1.0,
        category_bounds: Vec::new(),
        title_spread: title_spread(&models),
        median,
    };
    let is_other =
        |plan: &Plan| others.iter().any(|error| error.sample.plan.category == plan.category);
    let other_untitled = |plan: &Plan| is_other(plan).then(|| without_title(plan));
    trending.untitled_width = width(&models, &trending, other_untitled);
    trending.category_bounds = [titled_bounds, untitled_bounds].concat();
    trending.history = history(&errors);
    let with_past = |plan: &Plan| (!plan.past.is_empty()).then(|| plan.clone());
    trending.history.width = width(&models, &trending, with_past);
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

/// The errors of estimates of later videos from these plans.
fn holdout_errors<'a>(
    models: &[(Trees, &'a [&'a Sample])],
    plan_of: impl Fn(&Plan) -> Plan,
) -> Vec<HoldoutError<'a>> {
    let errors = models.iter().flat_map(|(trees, later)| {
        counts(later).map(|(sample, point)| {
            let estimate = trees.predict(&trending_features(&plan_of(&sample.plan), point.age));
            HoldoutError { sample, point: *point, residual: log_count(point.views) - estimate }
        })
    });
    errors.collect()
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
