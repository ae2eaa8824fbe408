//! Fuzz target: a query string with a keyword.

use common::{
    http::Query,
    keywords::impossible,
    search::{compose, normalise},
};

/// Parses the query string; normalizing a value twice gives the same as once.
pub fn run(bytes: &[u8]) {
    let query = Query::parse(&String::from_utf8_lossy(bytes));
    let values = query.pairs().filter_map(|(_, value)| std::str::from_utf8(value).ok());
    for value in values {
        impossible(value);
        let normal = normalise(&compose(value));
        assert_eq!(normalise(&normal), normal, "{value:?}");
    }
    for name in ["search", "keyword", "page"] {
        query.text(name).ok();
    }
}
