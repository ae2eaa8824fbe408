//! Fuzz target: a query string with a keyword.

use common::{
    http::{Field, Query},
    keywords::{compose, normalize_keyword, validate_keyword},
};
use std::collections::HashMap;

/// Parses the query string; normalization must be idempotent.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(Query(fields)) = Query::<HashMap<String, Field<String>>>::parse(&text) else {
        panic!("a query string with any field deserializes: {text:?}");
    };
    for field in fields.into_values() {
        let Field::Value(value) = field else { continue };
        validate_keyword(&value).ok();
        let normalized = normalize_keyword(&compose(&value));
        assert_eq!(normalize_keyword(&normalized), normalized, "{value:?}");
    }
}
