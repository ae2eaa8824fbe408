//! Request parameters and bodies, and response bodies.

pub(crate) mod best_times;
pub(crate) mod chart;
pub(crate) mod detail;
pub(crate) mod filters;
pub(crate) mod forecast;
pub(crate) mod outliers;
