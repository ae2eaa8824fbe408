//! Preparation of samples, and fitting and evaluation of the model that predicts views.

pub mod evaluate;
pub mod samples;
mod statistics;
pub mod train;
