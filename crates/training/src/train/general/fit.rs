//! Fits a model without intervals of its levels.

use super::{curve::fit_curve, levels::fit_levels, offsets::Offsets, target::Target};
use crate::{
    samples::{Sample, SampleKind},
    train::{
        effects::{fit_content_effects, fit_history, fit_shorts},
        error::TrainError,
        ridge::Ridge,
        split::by_day,
    },
};
use forecast::{
    ANCHOR_DAYS, Baselines, ContentEffects, FORMAT, GeneralModel, History, Model, ModelFile, Plan,
    Subscribers, Training, TrendingModel, log_count,
};

/// The minimum number of videos with known subscribers.
const MIN_VIDEOS: usize = 300;
/// The minimum number of videos with titles to fit content effects to.
const MIN_TITLES: usize = 1_000;
/// The minimum number of videos for the linear baseline.
const MIN_LINE: usize = 150;
/// The width of intervals with earlier videos if the correlation is estimated on trending videos.
/// On ordinary channels, earlier videos reduce the errors to 0.70; the correlation implies 0.64.
const TRANSFER_WIDTH: f64 = 1.10;
/// The share of the earliest videos with titles, whose content effects are compared with later
/// videos.
const EARLIER_SHARE: f64 = 0.7;

/// Fits a model with empty intervals and the early forecasts of the included model; the model of the
/// trending list is fitted already. Levels match the source `newest`.
pub(crate) fn fit_without_intervals(
    samples: &[&Sample],
    trending: Option<TrendingModel>,
    newest: Option<usize>,
) -> Result<ModelFile, TrainError> {
    let shipped = Model::shipped()?;
    let shipped = shipped.file();
    let of = |kind| samples.iter().copied().filter(move |sample| sample.kind == kind);
    let general: Vec<&Sample> = by_day(of(SampleKind::General));
    let curve = fit_curve(general.iter().copied(), of(SampleKind::Trending));
    let targets: Vec<Target<'_>> =
        general.iter().filter_map(|sample| Target::from_sample(sample, &curve)).collect();
    let known =
        |target: &&Target<'_>| matches!(target.sample.plan.subscribers, Subscribers::Known(_));
    let found = targets.iter().filter(known).count();
    if found < MIN_VIDEOS {
        return Err(TrainError::TooFewVideos { found, needed: MIN_VIDEOS });
    }
    let offsets = Offsets::fit(&targets, newest);
    let targets: Vec<Target<'_>> =
        targets.into_iter().map(|target| offsets.remove_from(target)).collect();
    let (levels, baselines) = (fit_levels(&targets), baselines(&targets));
    let mut file = ModelFile {
        format: FORMAT,
        name: String::new(),
        training: Training::default(),
        content: ContentEffects::zero(),
        // Ordinary videos do not show how much titles matter: their effect in a model can be small
        // because the training data is small.
        title_spread: trending
            .as_ref()
            .and_then(|trending| trending.title_spread)
            .unwrap_or(shipped.title_spread),
        history: History::NONE,
        early: shipped.early.clone(),
        early_of_inputs: shipped.early_of_inputs.clone(),
        general: GeneralModel { curve, levels, content_share: 0.0, baselines },
        trending,
    };
    fit_effects(&mut file, &targets)?;
    Ok(file)
}

/// Fits content effects and the weight of earlier videos to the residuals of levels.
fn fit_effects(file: &mut ModelFile, targets: &[Target<'_>]) -> Result<(), TrainError> {
    let all = residuals(file, targets)?;
    let titled = all.iter().filter(|(sample, _)| sample.plan.title.is_some());
    let titled: Vec<(&Plan, f64)> = titled.map(|(sample, rest)| (&sample.plan, *rest)).collect();
    if titled.len() >= MIN_TITLES {
        file.general.content_share = confirmed_share(&titled);
        file.content = fit_content_effects(&titled);
        let confirmed = file.general.content_share * spread(&file.content, &titled);
        file.title_spread = file.title_spread.max(confirmed);
    }
    let plans = residuals(file, targets)?;
    let plans = plans.iter().map(|(sample, rest)| (&sample.plan, *rest));
    file.content.shorts = fit_shorts(&plans.collect::<Vec<_>>());
    let named = residuals(file, targets)?;
    let named = named.iter().filter_map(|(sample, rest)| Some((sample.channel.as_deref()?, *rest)));
    file.history = fit_history(&named.collect::<Vec<_>>());
    if file.history.correlation == 0.0 {
        let trending = file.trending.as_ref().map_or(History::NONE, |trending| trending.history);
        file.history = History { width: TRANSFER_WIDTH, ..trending };
    }
    Ok(())
}

/// The standard deviation of the effects.
fn spread(effects: &ContentEffects, titled: &[(&Plan, f64)]) -> f64 {
    let mut count = 0.0;
    let (mut mean, mut squares) = (0.0, 0.0);
    for (plan, _) in titled {
        let effect = effects.total(plan);
        count += 1.0;
        let difference: f64 = effect - mean;
        mean += difference / count;
        squares += difference * (effect - mean);
    }
    (squares / f64::max(count, 1.0)).sqrt()
}

/// The share of the content effects of earlier videos that later videos confirm, 0 to 1: the slope
/// of their residuals on the effects, less one standard error.
fn confirmed_share(titled: &[(&Plan, f64)]) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a share of a small number"
    )]
    let earlier = (titled.len() as f64 * EARLIER_SHARE) as usize;
    let effects = fit_content_effects(&titled[..earlier]);
    let pairs: Vec<(f64, f64)> =
        titled[earlier..].iter().map(|(plan, residual)| (effects.total(plan), *residual)).collect();
    let mut count = 0.0;
    let mut mean = (0.0, 0.0);
    for (effect, residual) in &pairs {
        count += 1.0;
        mean.0 += (effect - mean.0) / count;
        mean.1 += (residual - mean.1) / count;
    }
    let (mut effect_squares, mut products) = (0.0, 0.0);
    for (effect, residual) in &pairs {
        effect_squares += (effect - mean.0).powi(2);
        products += (effect - mean.0) * (residual - mean.1);
    }
    if effect_squares < 1e-9 {
        return 0.0;
    }
    let slope: f64 = products / effect_squares;
    let rest =
        |(effect, residual): &(f64, f64)| (residual - mean.1 - slope * (effect - mean.0)).powi(2);
    let variance = pairs.iter().map(rest).sum::<f64>() / (count - 2.0).max(1.0);
    (slope - (variance / effect_squares).sqrt()).clamp(0.0, 1.0)
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
    let linear = (known >= MIN_LINE).then_some([line[0], line[1]]);
    Baselines { median: sorted[sorted.len() / 2], linear }
}

/// The residuals of ln(1 + views) at the anchor.
fn residuals<'a>(
    file: &ModelFile,
    targets: &[Target<'a>],
) -> Result<Vec<(&'a Sample, f64)>, TrainError> {
    let model = Model::new(file)?;
    let residual = |target: &Target<'a>| {
        let plan = Plan { past: Vec::new(), ..target.sample.plan.clone() };
        let estimate = model.forecast(&plan).at(ANCHOR_DAYS).views.ln_1p();
        (target.sample, target.log_views - estimate)
    };
    Ok(targets.iter().map(residual).collect())
}
