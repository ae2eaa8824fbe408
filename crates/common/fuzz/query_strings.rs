//! Fuzz target: a query string with a keyword.

use common::{
    http::Query,
    keywords::validate_keyword,
    search::{compose, normalize_keyword},
};

/// Parses the query string; normalization must be idempotent.
pub fn run(bytes: &[u8]) {
    let query = Query::parse(&String::from_utf8_lossy(bytes));
    let values = query.pairs().filter_map(|(_, value)| std::str::from_utf8(value).ok());
    for value in values {
        validate_keyword(value).ok();
        let normalized = normalize_keyword(&compose(value));
        assert_eq!(normalize_keyword(&normalized), normalized, "{value:?}");
    }
    for name in ["search", "keyword", "page"] {
        query.text(name).ok();
    }
}
