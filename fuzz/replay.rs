//! Replays the corpus of a fuzz target, in the tests of the crate that owns the parser.

use std::{fs, path::Path};

/// Runs `target` on every file of `fuzz/corpus/<name>`, and on the first half of each.
pub fn replay(name: &str, target: fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let corpus = fs::read_dir(root.join("fuzz/corpus").join(name)).unwrap();
    let files: Vec<_> = corpus.map(Result::unwrap).collect();
    assert!(!files.is_empty(), "the corpus of {name} is empty");
    for file in files {
        let bytes = fs::read(file.path()).unwrap();
        target(&bytes);
        target(&bytes[..bytes.len() / 2]);
    }
}
