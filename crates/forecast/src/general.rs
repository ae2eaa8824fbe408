//! The model of any videos.

use crate::{
    Curve, Inputs, Level, Plan, Subscribers,
    error::{Invalid, ModelError, finite},
    log_count,
};
use serde::{Deserialize, Serialize};

/// The model of any videos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GeneralModel {
    /// Growth of views.
    pub curve: Curve,
    /// A level for each set of inputs with enough data; the first has no inputs.
    pub levels: Vec<Level>,
    /// The share of the content effects that later videos confirm, 0 to 1.
    #[serde(alias = "form_share")]
    pub content_share: f64,
    /// Baselines of an evaluation.
    pub baselines: Baselines,
}

/// Trivial estimates of ln(1 + views) at the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baselines {
    /// The median of the training videos.
    pub median: f64,
    /// Intercept and slope in ln(1 + subscribers), if subscribers are known.
    pub linear: Option<[f64; 2]>,
}

impl Baselines {
    /// The linear baseline; hidden subscribers count as 0.
    pub fn line(&self, subscribers: Subscribers) -> Option<f64> {
        let [constant, slope] = self.linear?;
        match subscribers {
            Subscribers::Known(count) => Some(constant + slope * log_count(count)),
            Subscribers::Hidden => Some(constant),
            Subscribers::Unknown => None,
        }
    }
}

impl GeneralModel {
    /// The level that uses the most of `requested`: uploads are dropped first, then the
    /// category, then hidden subscribers.
    pub(crate) fn level(&self, requested: Inputs, category: Option<u16>) -> &Level {
        let category = category.filter(|_| requested.category);
        let fits = |level: &&Level| level.inputs.are_known(requested, category, &level.categories);
        let preference = |level: &&Level| level.inputs.preference();
        self.levels.iter().filter(fits).max_by_key(preference).unwrap_or(&self.levels[0])
    }

    pub(crate) fn check(&self, name: &str) -> Result<(), ModelError> {
        self.curve.check().map_err(|invalid| invalid.at(format!("{name}, curve")))?;
        for level in &self.levels {
            let location = || format!("{name}, level of {:?}", level.inputs);
            level.check().map_err(|invalid| invalid.at(location()))?;
        }
        let result = if self.levels.first().map(|level| level.inputs) != Some(Inputs::NONE) {
            Err(Invalid("the first level has inputs"))
        } else if !(0.0..=1.0).contains(&self.content_share) {
            Err(Invalid("content_share is outside [0, 1]"))
        } else {
            let line = self.baselines.linear.unwrap_or_default();
            finite(&[self.baselines.median, line[0], line[1]])
        };
        result.map_err(|invalid| invalid.at(name))
    }
}

/// The inputs that determine a level or an early forecast; by default unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KnownInputs {
    /// The channel's subscribers.
    pub subscribers: Subscribers,
    /// The number of videos that the channel has published.
    pub uploads: Option<u64>,
    /// YouTube category id.
    pub category: Option<u16>,
}

impl From<&Plan> for KnownInputs {
    fn from(plan: &Plan) -> Self {
        let Plan { subscribers, uploads, category, .. } = *plan;
        Self { subscribers, uploads, category }
    }
}

impl KnownInputs {
    pub(crate) fn inputs(self) -> Inputs {
        Inputs {
            subscribers: self.subscribers.into(),
            uploads: self.uploads.is_some(),
            category: self.category.is_some(),
        }
    }

    /// The level with `inputs` only.
    pub(crate) fn level(self, general: &GeneralModel, inputs: Inputs) -> f64 {
        let subscribers = match self.subscribers {
            Subscribers::Known(count) => count,
            Subscribers::Hidden | Subscribers::Unknown => 0,
        };
        let level = general.level(inputs, self.category);
        level.predict(subscribers, self.uploads.unwrap_or_default(), self.category)
    }

    /// The incremental effects of subscribers, category and uploads, in this order.
    pub(crate) fn effects(self, general: &GeneralModel, typical: f64) -> Vec<(&'static str, f64)> {
        let all = self.inputs();
        let subscribers = Inputs { subscribers: all.subscribers, ..Inputs::NONE };
        let steps = [
            ("subscribers", subscribers),
            ("category", Inputs { uploads: false, ..all }),
            ("uploads", all),
        ];
        let mut previous = typical;
        let mut effect = |(name, inputs)| {
            let level = self.level(general, inputs);
            (name, level - std::mem::replace(&mut previous, level))
        };
        steps.map(&mut effect).to_vec()
    }
}
