//! Fits the effects of title, weekday and hour, and the correlation within channels.

use super::ridge::Ridge;
use crate::statistics::to_f64;
use forecast::{
    ContentEffects, History, LinearEffect, Plan, TITLE_FEATURES, hour_features, title_features,
    weekday_features,
};
use std::collections::BTreeMap;

const COLUMNS: usize = TITLE_FEATURES + 7 + 4;
/// The ridge penalty of effects, in videos.
const PENALTY: f64 = 40.0;
/// The ridge penalty of hours; larger because the few videos published at night are atypical.
const HOUR_PENALTY: f64 = 400.0;
/// The maximum correlation: small samples overestimate it.
const MAX_CORRELATION: f64 = 0.9;
/// The minimum number of Shorts, and of long videos, to estimate their effect.
const MIN_SHORTS: usize = 100;
/// The minimum number of channels with several videos to estimate the correlation.
const MIN_CHANNELS: usize = 30;

/// Fits the effects to the residuals of levels, on the scale of ln(1 + views).
pub(super) fn fit_content_effects(residuals: &[(&Plan, f64)]) -> ContentEffects {
    let rows: Vec<([f64; COLUMNS], f64)> =
        residuals.iter().map(|(plan, residual)| (features(plan), *residual)).collect();
    if rows.is_empty() {
        return ContentEffects::zero();
    }
    let (means, deviations) = moments(&rows);
    let mut ridge = Ridge::new(COLUMNS);
    for (row, residual) in &rows {
        let mut scaled = *row;
        for (column, value) in scaled.iter_mut().enumerate() {
            *value = (*value - means[column]) / deviations[column];
        }
        ridge.add(&scaled, *residual, 1.0);
    }
    for column in 0..COLUMNS {
        let is_hour = column >= TITLE_FEATURES + 7;
        ridge.penalize(column, if is_hour { HOUR_PENALTY } else { PENALTY });
    }
    let solution = ridge.solve();
    let coefficients: Vec<f64> =
        solution.iter().zip(deviations).map(|(effect, deviation)| effect / deviation).collect();
    let part = |from: usize, count: usize| LinearEffect {
        means: means[from..from + count].to_vec(),
        coefficients: coefficients[from..from + count].to_vec(),
    };
    let (title, weekday) = (part(0, TITLE_FEATURES), part(TITLE_FEATURES, 7));
    ContentEffects { title, weekday, hour: part(TITLE_FEATURES + 7, 4), ..ContentEffects::zero() }
}

fn features(plan: &Plan) -> [f64; COLUMNS] {
    let title = title_features(plan.title.as_deref().unwrap_or_default());
    let hour = hour_features(plan.upload).unwrap_or_default();
    let mut features = [0.0; COLUMNS];
    let all = title.into_iter().chain(weekday_features(plan.upload)).chain(hour);
    for (feature, value) in features.iter_mut().zip(all) {
        *feature = value;
    }
    features
}

/// Means and standard deviations of the columns; a constant column gets 1.
fn moments(rows: &[([f64; COLUMNS], f64)]) -> ([f64; COLUMNS], [f64; COLUMNS]) {
    let count = to_f64(rows.len());
    let (mut means, mut deviations) = ([0.0; COLUMNS], [1.0; COLUMNS]);
    for column in 0..COLUMNS {
        let mean = rows.iter().map(|(row, _)| row[column]).sum::<f64>() / count;
        let squares: f64 = rows.iter().map(|(row, _)| (row[column] - mean).powi(2)).sum();
        means[column] = mean;
        if squares > 1e-9 {
            deviations[column] = (squares / count).sqrt();
        }
    }
    (means, deviations)
}

/// The shrunk mean residuals of long videos and of Shorts; `None` if there are too few of either.
pub(super) fn fit_shorts(residuals: &[(&Plan, f64)]) -> Option<[f64; 2]> {
    let mean = |is_short: bool| {
        let group = residuals.iter().filter(|(plan, _)| plan.is_short == Some(is_short));
        let group: Vec<f64> = group.map(|(_, residual)| *residual).collect();
        (group.len() >= MIN_SHORTS)
            .then(|| group.iter().sum::<f64>() / (to_f64(group.len()) + PENALTY))
    };
    Some([mean(false)?, mean(true)?])
}

/// The share of the residual variance between channels (analysis of variance); 0 if too few
/// channels have several videos.
pub(super) fn fit_history(residuals: &[(&str, f64)]) -> History {
    let mut channels: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (channel, residual) in residuals {
        channels.entry(channel).or_default().push(*residual);
    }
    let several: Vec<&Vec<f64>> = channels.values().filter(|channel| channel.len() > 1).collect();
    if several.len() < MIN_CHANNELS {
        return History::NONE;
    }
    let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / to_f64(numbers.len());
    let squared_deviation = |numbers: &[f64], center: f64| {
        numbers.iter().map(|residual| (residual - center).powi(2)).sum::<f64>()
    };
    let degrees_of_freedom: usize = several.iter().map(|channel| channel.len() - 1).sum();
    let within =
        several.iter().map(|channel| squared_deviation(channel, mean(channel))).sum::<f64>()
            / to_f64(degrees_of_freedom);
    let all: Vec<f64> = residuals.iter().map(|(_, residual)| *residual).collect();
    let total = squared_deviation(&all, mean(&all)) / to_f64(all.len());
    let correlation = if total > 0.0 { 1.0 - within / total } else { 0.0 };
    History { correlation: correlation.clamp(0.0, MAX_CORRELATION), ..History::NONE }
}
