//! Replays the corpus of the fuzz target.

#[path = "../fuzz/channel_parameters.rs"]
mod channel_parameters;
#[path = "../../../fuzz/replay.rs"]
mod replay;

#[test]
fn channel_parameters_corpus_replays_without_panic() {
    replay::replay("channel_parameters", channel_parameters::run);
}
