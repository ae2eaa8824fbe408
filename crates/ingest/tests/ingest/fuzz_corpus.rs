//! Replays the corpus of the fuzz target.

#[path = "../../fuzz/import_rows.rs"]
mod import_rows;
#[path = "../../../../fuzz/replay.rs"]
mod replay;

#[test]
fn import_rows_corpus_replays_without_panic() {
    replay::replay("import_rows", import_rows::run);
}
