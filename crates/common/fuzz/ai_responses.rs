//! Fuzz target: the response of an AI server, with its optional details.

use common::prediction::{Details, read_views};

/// Parses the views and the details.
pub fn run(bytes: &[u8]) {
    read_views(bytes).ok();
    Details::read(bytes);
}
