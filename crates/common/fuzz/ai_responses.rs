//! Fuzz target: the response of an AI server, with its optional details.

use common::prediction::{Details, parse_views};

/// Parses the views and the details.
pub fn run(bytes: &[u8]) {
    parse_views(bytes).ok();
    Details::parse(bytes);
}
