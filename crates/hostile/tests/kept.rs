//! What fuzzing has kept, tried again.

use hostile::KINDS;
use std::{fs, path::Path};

#[test]
fn all_that_was_kept_is_survived() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (kind, survive) in KINDS {
        let kept: Vec<_> = fs::read_dir(corpus.join(kind)).unwrap().map(Result::unwrap).collect();
        assert!(!kept.is_empty(), "nothing was kept for {kind}");
        for file in kept {
            let bytes = fs::read(file.path()).unwrap();
            survive(&bytes);
            // And what begins like it.
            survive(&bytes[..bytes.len() / 2]);
        }
    }
}
