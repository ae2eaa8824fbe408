//! Accuracy of a model and its baselines on the same videos.

use super::{
    inputs::InputSet,
    measure::{Pair, median_ape, rmsle, spearman},
};
use crate::{
    samples::{Sample, SampleKind},
    statistics::to_f64,
};
use forecast::{GeneralModel, Model, Subscribers};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The minimum number of subscribers of a large channel.
pub const LARGE_CHANNEL_SUBSCRIBERS: u64 = 1_000;

/// The maximum relative difference between the age of a count and the requested age.
const TOLERANCE: f64 = 0.25;

/// The estimates of one video.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The age of the view count in days, as defined by the source.
    pub day: f64,
    /// Whether its channel has at least [`LARGE_CHANNEL_SUBSCRIBERS`] subscribers.
    pub is_large: bool,
    /// The channel's subscribers.
    pub subscribers: Subscribers,
    /// Whether the video is a Short, if known.
    pub is_short: Option<bool>,
    /// The index of the source.
    pub source: usize,
    /// A hash of the channel, if known.
    pub channel: Option<u64>,
    /// The model's estimate and the actual value.
    pub model: Pair,
    /// Whether the views are inside the 80 % interval.
    pub is_inside: bool,
    /// The baseline: the median of the training videos.
    pub median: Pair,
    /// The baseline that is linear in ln(1 + subscribers), if they are known.
    pub line: Option<Pair>,
}

/// The reason for skipping a video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    /// It was not counted near the age.
    NotCounted,
    /// The model was not trained on its kind.
    UnknownKind,
}

/// Estimates a video that was counted near `age` days, from `inputs` only.
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
    let estimated = sample.kind.estimate(model, &plan, point.age).ok_or(SkipReason::UnknownKind)?;
    let actual = forecast::log_count(point.views);
    #[expect(clippy::cast_precision_loss, reason = "counts of views are far below 2^52")]
    let views = point.views as f64;
    let Baseline { median, line } = Baseline::of(model, sample, point.age);
    let pair = |estimate: f64| Pair { estimate, actual };
    Ok(Case {
        day: point.day,
        is_large: matches!(sample.plan.subscribers, Subscribers::Known(count) if count >= LARGE_CHANNEL_SUBSCRIBERS),
        subscribers: sample.plan.subscribers,
        is_short: sample.plan.is_short,
        source: sample.source,
        channel: sample.channel.as_deref().map(hash),
        model: Pair { estimate: estimated.views.ln_1p(), actual },
        is_inside: estimated.low <= views && views <= estimated.high,
        median: pair(median),
        line: line.map(pair),
    })
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Trivial estimates of ln(1 + views).
struct Baseline {
    median: f64,
    line: Option<f64>,
}

impl Baseline {
    fn of(model: &Model, sample: &Sample, age: f64) -> Self {
        let file = model.file();
        if sample.kind == SampleKind::Trending {
            let median = file.trending.as_ref().map_or(0.0, |trending| trending.median);
            return Self { median, line: None };
        }
        let GeneralModel { curve, baselines, .. } = &file.general;
        let share = curve.log_share(age).exp();
        let at_age = |level: f64| (level.exp_m1() * share).max(0.0).ln_1p();
        let line = baselines.line(sample.plan.subscribers).map(at_age);
        Self { median: at_age(baselines.median), line }
    }
}

/// Metrics of a model or a baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// The root of the mean squared error of ln(1 + views).
    pub rmsle: f64,
    /// The median of |estimate - views| / views, over the videos that have views.
    pub median_ape: Option<f64>,
    /// Spearman's rank correlation; `None` if all estimates or all views are equal.
    pub spearman: Option<f64>,
    /// The share of views inside the interval; models only.
    pub coverage: Option<f64>,
}

/// Metrics of a model and of both baselines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The number of videos.
    pub videos: usize,
    /// Metrics of the model.
    pub model: Measures,
    /// The baseline that is linear in ln(1 + subscribers).
    pub line: Option<Measures>,
    /// The baseline: the median of the training videos.
    pub median: Measures,
}

impl Comparison {
    /// Metrics over `cases`; `None` without cases.
    pub fn of<'a>(cases: impl Iterator<Item = &'a Case>) -> Option<Self> {
        let cases: Vec<&Case> = cases.collect();
        if cases.is_empty() {
            return None;
        }
        let pairs =
            |pair: fn(&Case) -> Pair| cases.iter().map(|case| pair(case)).collect::<Vec<_>>();
        let inside = cases.iter().filter(|case| case.is_inside).count();
        let coverage = Some(to_f64(inside) / to_f64(cases.len()));
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
