//! Fits a level for each set of inputs.

use super::target::Target;
use crate::{statistics::quantile, train::ridge::Ridge};
use forecast::{
    Inputs, Interval, Level, SubscriberKind, Subscribers, UploadRange, column_count, columns,
    free_columns, log_count,
};
use std::collections::BTreeMap;

/// The ridge penalty of hinges and categories, in videos.
const PENALTY: f64 = 50.0;
/// The minimum number of videos for a level.
const MIN_VIDEOS: usize = 100;
/// The minimum number of videos with hidden subscribers for a level.
const MIN_HIDDEN: usize = 50;
/// The share of the videos below, and above, the range of uploads.
const UPLOAD_TAIL: f64 = 0.025;
/// The minimum number of videos of a category.
const MIN_CATEGORY_VIDEOS: usize = 5;

/// Fits a level for each set of inputs with enough videos; the one without inputs comes first.
pub(super) fn fit_levels(targets: &[Target<'_>]) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for inputs in Inputs::all() {
        let fitted = match inputs.subscribers {
            SubscriberKind::Hidden => fit_hidden(&levels, inputs, targets),
            SubscriberKind::Unknown | SubscriberKind::Known => fit_level(inputs, targets),
        };
        levels.extend(fitted);
    }
    levels
}

fn fit_level(inputs: Inputs, targets: &[Target<'_>]) -> Option<Level> {
    let usable: Vec<&Target<'_>> =
        targets.iter().filter(|target| target.has_inputs(inputs)).collect();
    if usable.len() < MIN_VIDEOS && inputs != Inputs::NONE {
        return None;
    }
    let categories = if inputs.category { categories(&usable) } else { Vec::new() };
    let count = column_count(inputs, categories.len());
    let range = inputs.uploads.then(|| fit_upload_range(inputs, &usable));
    let mut ridge = Ridge::new(count);
    let mut row = Vec::with_capacity(count);
    for target in usable {
        let plan = &target.sample.plan;
        let (subscribers, uploads) = log_sizes(target);
        let uploads = range.map_or(uploads, |range| range.limit(subscribers, uploads));
        let index = plan.category.and_then(|number| categories.binary_search(&number).ok());
        row.clear();
        columns(inputs, (subscribers, uploads), index, categories.len(), &mut row);
        ridge.add(&row, target.log_views, 1.0);
    }
    for column in free_columns(inputs)..count {
        ridge.penalize(column, PENALTY);
    }
    let coefficients = ridge.solve();
    Some(Level { inputs, categories, uploads: range, coefficients, interval: no_interval() })
}

/// ln(1 + subscribers) and ln(1 + uploads); 0 if unknown.
fn log_sizes(target: &Target<'_>) -> (f64, f64) {
    let plan = &target.sample.plan;
    let subscribers = match plan.subscribers {
        Subscribers::Known(count) => log_count(count),
        Subscribers::Hidden | Subscribers::Unknown => 0.0,
    };
    (subscribers, log_count(plan.uploads.unwrap_or_default()))
}

/// The range that contains the numbers of uploads of most videos, around a line in the logarithm of
/// the subscribers.
fn fit_upload_range(inputs: Inputs, targets: &[&Target<'_>]) -> UploadRange {
    let sizes: Vec<(f64, f64)> = targets.iter().map(|target| log_sizes(target)).collect();
    let mut ridge = Ridge::new(2);
    for (subscribers, uploads) in &sizes {
        ridge.add(&[1.0, *subscribers], *uploads, 1.0);
    }
    let slope = if inputs.has_subscribers() { ridge.solve()[1] } else { 0.0 };
    let rest: Vec<f64> =
        sizes.iter().map(|(subscribers, uploads)| uploads - slope * subscribers).collect();
    let [low, high] = [UPLOAD_TAIL, 1.0 - UPLOAD_TAIL].map(|share| quantile(rest.clone(), share));
    UploadRange { slope, low, high }
}

/// The categories with enough videos, ascending.
fn categories(targets: &[&Target<'_>]) -> Vec<u16> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for number in targets.iter().filter_map(|target| target.sample.plan.category) {
        *counts.entry(number).or_default() += 1;
    }
    let frequent = |(number, count): (u16, usize)| (count >= MIN_CATEGORY_VIDEOS).then_some(number);
    counts.into_iter().filter_map(frequent).collect()
}

/// The level of hidden subscribers, which have too few videos for a full model: linear in
/// the level without subscribers.
fn fit_hidden(levels: &[Level], inputs: Inputs, targets: &[Target<'_>]) -> Option<Level> {
    let unknown = Inputs { subscribers: SubscriberKind::Unknown, ..inputs };
    let level = levels.iter().find(|level| level.inputs == unknown)?;
    let hidden: Vec<&Target<'_>> =
        targets.iter().filter(|target| target.has_inputs(inputs)).collect();
    if hidden.len() < MIN_HIDDEN {
        return None;
    }
    let mut ridge = Ridge::new(2);
    for target in hidden {
        let plan = &target.sample.plan;
        let estimate = level.predict(0, plan.uploads.unwrap_or_default(), plan.category);
        ridge.add(&[1.0, estimate], target.log_views, 1.0);
    }
    // Without other inputs the two columns are linearly dependent.
    let line = ridge.solve();
    let mut coefficients: Vec<f64> =
        level.coefficients.iter().map(|coefficient| coefficient * line[1]).collect();
    coefficients[0] += line[0];
    Some(Level { inputs, coefficients, ..level.clone() })
}

/// A placeholder until intervals are fitted.
fn no_interval() -> Interval {
    Interval { estimates: vec![0.0], lows: vec![0.0], highs: vec![0.0] }
}
