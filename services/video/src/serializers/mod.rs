//! Request parameters and bodies, and response bodies.

pub(crate) mod best_times;
pub(crate) mod chart;
pub(crate) mod detail;
pub(crate) mod forecast;
pub(crate) mod outliers;

use common::{error::FieldErrors, http::Field};

/// The `idx` of a channel.
fn parse_channel(field: Field<i64>, errors: &mut FieldErrors) -> Option<i32> {
    let parse = |number: i64| {
        i32::try_from(number).ok().filter(|idx| *idx >= 0).ok_or("A valid channel idx is required.")
    };
    field.and_then(parse).optional("channel", errors)
}
