//! Fuzz target: a query string with a keyword.

use common::{
    http::Query,
    keywords::validate_keyword,
    search::{compose, normalize_keyword},
};

/// Parses the query string; normalizing a value twice gives the same as once.
pub fn run(bytes: &[u8]) {
    let query = Query::parse(&String::from_utf8_lossy(bytes));
    let values = query.pairs().filter_map(|(_, value)| std::str::from_utf8(value).ok());
    for value in values {
        validate_keyword(value).ok();
        let normal = normalize_keyword(&compose(value));
        assert_eq!(normalize_keyword(&normal), normal, "{value:?}");
    }
    for name in ["search", "keyword", "page"] {
        query.text(name).ok();
    }
}
