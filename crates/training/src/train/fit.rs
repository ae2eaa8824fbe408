//! Fits a model without intervals.

use super::{
    effects::{fit_content_effects, fit_history},
    error::TrainError,
    growth::fit_curve,
    levels::fit_levels,
    ridge::Ridge,
    target::Target,
};
use crate::samples::{Kind, Sample};
use forecast::{
    ANCHOR_DAYS, Baselines, ContentEffects, Curve, FORMAT, History, Model, ModelFile, Plan,
    Population, Subscribers, Training, log_count,
};

/// The minimum number of videos with known subscribers.
pub(super) const MIN_VIDEOS: usize = 300;
/// The minimum number of trending videos for a model of them.
const MIN_TRENDING: usize = 150;
/// The minimum number of general videos with titles to fit content effects to.
const MIN_TITLES: usize = 1_000;
/// The share of content effects fitted to trending videos that applies to others: an assumption
/// that the data cannot confirm.
const TRENDING_SHARE: f64 = 0.5;

/// Fits a model with empty intervals.
pub(super) fn fit_core(samples: &[&Sample]) -> Result<ModelFile, TrainError> {
    let of = |kind| samples.iter().copied().filter(move |sample| sample.kind == kind);
    let curve = fit_curve(of(Kind::General), of(Kind::Trending));
    let targets = targets(of(Kind::General), &curve);
    let known =
        |target: &&Target<'_>| matches!(target.sample.plan.subscribers, Subscribers::Known(_));
    let found = targets.iter().filter(known).count();
    if found < MIN_VIDEOS {
        return Err(TrainError::TooFewVideos { found, needed: MIN_VIDEOS });
    }
    let mut file = ModelFile {
        format: FORMAT,
        name: String::new(),
        training: Training::default(),
        content: ContentEffects::zero(),
        history: History { correlation: 0.0 },
        general: population(curve, &targets),
        listed: fit_trending(of(Kind::Trending)),
    };
    fit_effects(&mut file, samples)?;
    Ok(file)
}

fn fit_trending<'a>(samples: impl Iterator<Item = &'a Sample> + Clone) -> Option<Population> {
    let curve = fit_curve(samples.clone(), [].into_iter());
    let targets = targets(samples, &curve);
    (targets.len() >= MIN_TRENDING).then(|| population(curve, &targets))
}

fn targets<'a>(samples: impl Iterator<Item = &'a Sample>, curve: &Curve) -> Vec<Target<'a>> {
    samples.filter_map(|sample| Target::of(sample, curve)).collect()
}

fn population(curve: Curve, targets: &[Target<'_>]) -> Population {
    let (levels, baselines) = (fit_levels(targets), baselines(targets));
    Population { curve, levels, content_share: 1.0, baselines }
}

/// Fits content effects and the weight of earlier videos to the residuals of levels.
fn fit_effects(file: &mut ModelFile, samples: &[&Sample]) -> Result<(), TrainError> {
    let level_residuals = residuals(file, samples)?;
    let of = |kind| {
        let titled = move |sample: &Sample| sample.kind == kind && sample.plan.title.is_some();
        level_residuals.iter().filter(move |(sample, _)| titled(sample))
    };
    let own = of(Kind::General).count() >= MIN_TITLES;
    let kind = if own { Kind::General } else { Kind::Trending };
    let titled: Vec<(&Plan, f64)> = of(kind).map(|(sample, rest)| (&sample.plan, *rest)).collect();
    file.content = fit_content_effects(&titled);
    file.general.content_share = if own { 1.0 } else { TRENDING_SHARE };
    file.history = history(&residuals(file, samples)?);
    Ok(())
}

fn baselines(targets: &[Target<'_>]) -> Baselines {
    let mut sorted: Vec<f64> = targets.iter().map(|target| target.log_views).collect();
    sorted.sort_by(f64::total_cmp);
    let mut line = Ridge::new(2);
    let mut known = 0;
    for target in targets {
        let subscribers = match target.sample.plan.subscribers {
            Subscribers::Known(count) => log_count(count),
            Subscribers::Hidden => 0.0,
            Subscribers::Unknown => continue,
        };
        line.add(&[1.0, subscribers], target.log_views, 1.0);
        known += 1;
    }
    let line = line.solve();
    let linear = (known >= MIN_TRENDING).then_some([line[0], line[1]]);
    Baselines { median: sorted[sorted.len() / 2], linear }
}

/// The residuals of ln(1 + views) at the anchor.
fn residuals<'a>(
    file: &ModelFile,
    samples: &[&'a Sample],
) -> Result<Vec<(&'a Sample, f64)>, TrainError> {
    let model = Model::new(file)?;
    let residual = |sample: &&'a Sample| {
        let plan = Plan { past: Vec::new(), ..sample.plan.clone() };
        let forecast = sample.kind.forecast(&model, &plan)?;
        let target = Target::of(sample, &sample.kind.population(file)?.curve)?;
        Some((*sample, target.log_views - forecast.at(ANCHOR_DAYS).views.ln_1p()))
    };
    Ok(samples.iter().filter_map(residual).collect())
}

/// Fitted to general videos if their channels are known, otherwise to trending videos.
fn history(residuals: &[(&Sample, f64)]) -> History {
    let of = |kind| {
        let own = residuals.iter().filter(|(sample, _)| sample.kind == kind);
        let named = own.filter_map(|(sample, rest)| Some((sample.channel.as_deref()?, *rest)));
        fit_history(&named.collect::<Vec<_>>())
    };
    let general = of(Kind::General);
    if general.correlation > 0.0 { general } else { of(Kind::Trending) }
}
