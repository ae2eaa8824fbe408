//! Accuracy of a model and of its baselines, on the same videos.

use super::{
    inputs::InputSet,
    measure::{Pair, count, median_ape, rmsle, spearman},
};
use crate::samples::Sample;
use forecast::{Model, Subscribers};

/// The number of subscribers from which on a channel counts as large.
pub const LARGE: u64 = 1_000;

/// The largest relative difference of a count's age from the requested age.
const TOLERANCE: f64 = 0.25;

/// One video that was estimated.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The age in days at which its views were counted, as its source calls it.
    pub day: f64,
    /// Its channel has [`LARGE`] subscribers or more.
    pub is_large: bool,
    /// The model's estimate and the truth.
    pub model: Pair,
    /// Its views are inside the 80 % interval.
    pub is_inside: bool,
    /// The median of the videos that the model was trained on.
    pub median: Pair,
    /// The line on the logarithm of subscribers, where they are known.
    pub line: Option<Pair>,
}

/// Why a video is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    /// It was not counted near the age.
    NotCounted,
    /// The model was not trained on its kind.
    UnknownKind,
}

/// Estimates a video that was counted at about `age` days, from no more than `inputs`.
pub fn estimate(
    model: &Model,
    sample: &Sample,
    inputs: &InputSet,
    age: f64,
) -> Result<Case, SkipReason> {
    let distance = |day: f64| (day - age).abs();
    let point = sample
        .points
        .iter()
        .filter(|point| point.age > 0.0 && distance(point.day) <= TOLERANCE * age)
        .min_by(|one, other| distance(one.day).total_cmp(&distance(other.day)))
        .ok_or(SkipReason::NotCounted)?;
    let plan = inputs.limit(&sample.plan);
    let forecast = sample.kind.forecast(model, &plan).ok_or(SkipReason::UnknownKind)?;
    let population = sample.kind.population(model.file()).ok_or(SkipReason::UnknownKind)?;
    let found = forecast.at(point.age);
    let truth = forecast::log_count(point.views);
    #[expect(clippy::cast_precision_loss, reason = "counts of views are far below 2^52")]
    let views = point.views as f64;
    let share = population.curve.log_share(point.age).exp();
    let baseline = |level: f64| Pair { estimate: (level.exp_m1() * share).max(0.0).ln_1p(), truth };
    Ok(Case {
        day: point.day,
        is_large: matches!(sample.plan.subscribers, Subscribers::Known(count) if count >= LARGE),
        model: Pair { estimate: found.views.ln_1p(), truth },
        is_inside: found.low <= views && views <= found.high,
        median: baseline(population.baselines.median),
        line: population.baselines.line(sample.plan.subscribers).map(baseline),
    })
}

/// The measures of one way to estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// The root of the mean squared error of ln(1 + views).
    pub rmsle: f64,
    /// The median of |estimate - views| / views, over the videos that have views.
    pub median_ape: Option<f64>,
    /// Spearman's rank correlation; `None` if all estimates or all views are equal.
    pub spearman: Option<f64>,
    /// The share of views inside their interval, of a model.
    pub coverage: Option<f64>,
}

/// Measures of a model and of both baselines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// How many videos.
    pub videos: usize,
    /// The model.
    pub model: Measures,
    /// The line on the logarithm of subscribers.
    pub line: Option<Measures>,
    /// The median.
    pub median: Measures,
}

impl Comparison {
    /// The measures of some cases; `None` without cases.
    pub fn of<'a>(cases: impl Iterator<Item = &'a Case>) -> Option<Self> {
        let cases: Vec<&Case> = cases.collect();
        if cases.is_empty() {
            return None;
        }
        let pairs =
            |pair: fn(&Case) -> Pair| cases.iter().map(|case| pair(case)).collect::<Vec<_>>();
        let inside = cases.iter().filter(|case| case.is_inside).count();
        let coverage = Some(count(inside) / count(cases.len()));
        let lines: Option<Vec<Pair>> = cases.iter().map(|case| case.line).collect();
        Some(Self {
            videos: cases.len(),
            model: Measures { coverage, ..measures(&pairs(|case| case.model)) },
            line: lines.map(|lines| measures(&lines)),
            median: measures(&pairs(|case| case.median)),
        })
    }
}

fn measures(pairs: &[Pair]) -> Measures {
    Measures {
        rmsle: rmsle(pairs),
        median_ape: median_ape(pairs),
        spearman: spearman(pairs),
        coverage: None,
    }
}
