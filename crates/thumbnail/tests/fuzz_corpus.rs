//! Replays the corpus of the fuzz target.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

#[path = "../../../fuzz/replay.rs"]
mod replay;
#[path = "../fuzz/thumbnails.rs"]
mod thumbnails;

#[test]
fn thumbnails_corpus_replays_without_panic() {
    replay::replay("thumbnails", thumbnails::run);
}
