//! Replays the corpora of the fuzz targets.

#[path = "../../fuzz/ai_responses.rs"]
mod ai_responses;
#[path = "../../fuzz/query_strings.rs"]
mod query_strings;
#[path = "../../../../fuzz/replay.rs"]
mod replay;
#[path = "../../fuzz/tokens.rs"]
mod tokens;
#[path = "../../fuzz/upload_times.rs"]
mod upload_times;

use replay::replay;

#[test]
fn ai_responses_corpus_replays_without_panic() {
    replay("ai_responses", ai_responses::run);
}

#[test]
fn query_strings_corpus_replays_without_panic() {
    replay("query_strings", query_strings::run);
}

#[test]
fn tokens_corpus_replays_without_panic() {
    replay("tokens", tokens::run);
}

#[test]
fn upload_times_corpus_replays_without_panic() {
    replay("upload_times", upload_times::run);
}
