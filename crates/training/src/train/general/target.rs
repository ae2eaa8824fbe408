//! Targets of the fitted levels.

use crate::samples::Sample;
use forecast::{ANCHOR_DAYS, Curve, Inputs, SubscriberKind};

/// The range of ages in days of counts that views at the anchor are derived from.
const USABLE_AGES: std::ops::RangeInclusive<f64> = 1.0..=31.0;

/// A video with derived views at the anchor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    pub sample: &'a Sample,
    pub log_views: f64,
}

impl<'a> Target<'a> {
    /// The target of a video, from its count nearest to the anchor and the growth curve.
    pub(super) fn from_sample(sample: &'a Sample, curve: &Curve) -> Option<Self> {
        let point = sample.nearest(ANCHOR_DAYS)?;
        let log_views = curve.at_anchor(point.age, point.views);
        USABLE_AGES.contains(&point.age).then_some(Self { sample, log_views })
    }

    /// The target without the offset of its source, on the scale of ln(1 + views).
    pub(super) fn remove_offset(self, offset: f64) -> Self {
        Self { log_views: self.log_views - offset, ..self }
    }

    /// Whether all of these inputs are known; unknown subscribers match any video.
    pub(super) fn has_inputs(&self, inputs: Inputs) -> bool {
        let plan = &self.sample.plan;
        let subscribers = SubscriberKind::from(plan.subscribers);
        (inputs.subscribers == SubscriberKind::Unknown || inputs.subscribers == subscribers)
            && (!inputs.uploads || plan.uploads.is_some())
            && (!inputs.category || plan.category.is_some())
    }
}
