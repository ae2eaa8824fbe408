//! A kind of videos, with a model of its own.

use crate::{
    Curve, Inputs, Level, Plan, SubscriberKind, Subscribers,
    error::{Fault, ModelError, finite},
    log_count,
};
use serde::{Deserialize, Serialize};

/// The model of one kind of videos: of any, or of those on the trending list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// How views grow.
    pub curve: Curve,
    /// A level for each set of inputs with enough data, among them the one without inputs.
    pub levels: Vec<Level>,
    /// How much of the effects of the form apply, 0 to 1: less than 1 where they were
    /// learned from the other kind of videos.
    pub form_share: f64,
    /// What models must beat.
    pub baselines: Baselines,
}

/// Estimates of ln(1 + views) at the anchor that need no model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baselines {
    /// The median of the training videos.
    pub median: f64,
    /// Constant and slope of the line on ln(1 + subscribers), where subscribers are known.
    pub linear: Option<[f64; 2]>,
}

impl Baselines {
    /// The line at so many subscribers; hidden counts as none.
    pub fn line(&self, subscribers: Subscribers) -> Option<f64> {
        let [constant, slope] = self.linear?;
        match subscribers {
            Subscribers::Known(count) => Some(constant + slope * log_count(count)),
            Subscribers::Hidden => Some(constant),
            Subscribers::Unknown => None,
        }
    }
}

impl Population {
    /// The level that uses the most of `wanted`: uploads are dropped first, then the
    /// category, then hidden subscribers.
    pub(crate) fn level(&self, wanted: Inputs, category: Option<u16>) -> &Level {
        let fits = |level: &&Level| {
            let (has, known) = (level.inputs, category.unwrap_or_default());
            (has.subscribers == wanted.subscribers || has.subscribers == SubscriberKind::Unknown)
                && (wanted.uploads || !has.uploads)
                && (!has.category
                    || wanted.category && level.categories.binary_search(&known).is_ok())
        };
        let worth = |level: &&Level| {
            let inputs = level.inputs;
            (inputs.subscribers == wanted.subscribers, inputs.category, inputs.uploads)
        };
        self.levels.iter().filter(fits).max_by_key(worth).unwrap_or(&self.levels[0])
    }

    pub(crate) fn check(&self, name: &str) -> Result<(), ModelError> {
        self.curve.check().map_err(|fault| fault.at(format!("{name}, curve")))?;
        for level in &self.levels {
            let place = || format!("{name}, level of {:?}", level.inputs);
            level.check().map_err(|fault| fault.at(place()))?;
        }
        let fault = if self.levels.first().map(|level| level.inputs) != Some(Inputs::NOTHING) {
            Err(Fault("the first level is not that of no inputs"))
        } else if !(0.0..=1.0).contains(&self.form_share) {
            Err(Fault("form_share is not from 0 to 1"))
        } else {
            let line = self.baselines.linear.unwrap_or_default();
            finite(&[self.baselines.median, line[0], line[1]])
        };
        fault.map_err(|fault| fault.at(name))
    }
}

/// What of a plan decides its level.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub subscribers: Subscribers,
    pub uploads: Option<u64>,
    pub category: Option<u16>,
}

impl Known {
    pub(crate) fn of(plan: &Plan) -> Self {
        let Plan { subscribers, uploads, category, .. } = *plan;
        Self { subscribers, uploads, category }
    }

    pub(crate) fn inputs(self) -> Inputs {
        Inputs {
            subscribers: self.subscribers.into(),
            uploads: self.uploads.is_some(),
            category: self.category.is_some(),
        }
    }

    /// The level, with no more of it than `inputs`.
    pub(crate) fn level(self, population: &Population, inputs: Inputs) -> f64 {
        let subscribers = match self.subscribers {
            Subscribers::Known(count) => count,
            Subscribers::Hidden | Subscribers::Unknown => 0,
        };
        let level = population.level(inputs, self.category);
        level.predict(subscribers, self.uploads.unwrap_or_default(), self.category)
    }

    /// What subscribers, category and uploads do, each beside those before it.
    pub(crate) fn effects(self, population: &Population, typical: f64) -> Vec<(&'static str, f64)> {
        let all = self.inputs();
        let subscribers = Inputs { subscribers: all.subscribers, ..Inputs::NOTHING };
        let steps = [
            ("subscribers", subscribers),
            ("category", Inputs { uploads: false, ..all }),
            ("uploads", all),
        ];
        let mut before = typical;
        let mut effect = |(name, inputs)| {
            let level = self.level(population, inputs);
            (name, level - std::mem::replace(&mut before, level))
        };
        steps.map(&mut effect).to_vec()
    }
}
