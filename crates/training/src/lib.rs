//! Preparation of samples, and fitting and evaluation of the model that predicts views.
//!
//! Public functions return boxed futures, so that calling crates do not compile them again.

pub mod evaluate;
pub mod samples;
mod statistics;
pub mod train;
