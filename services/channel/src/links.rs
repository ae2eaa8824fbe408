//! Links to other pages of a list, as the client sees the gateway.

use actix_web::{HttpRequest, http::header};
use common::http::Query;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// What HTML forms escape, but for the space.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'.').remove(b'-').remove(b'~');

/// The address of a list, with its query.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    base: String,
    /// The query without the page, sorted by name.
    pairs: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Address {
    /// The address that was asked for: scheme and host are the gateway's.
    pub(crate) fn of(request: &HttpRequest, query: &Query) -> Self {
        let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let scheme = match text("x-forwarded-proto") {
            Some("https") => "https",
            _ => "http",
        };
        let host = text(header::HOST.as_str()).unwrap_or("localhost");
        let base = format!("{scheme}://{host}{}", request.path());
        let mut pairs: Vec<_> =
            query.pairs().filter(|(name, _)| *name != b"page").map(owned).collect();
        // Stable: what is given several times keeps its order.
        pairs.sort_by(|one, other| one.0.cmp(&other.0));
        Self { base, pairs }
    }

    /// The address of a page. The first is named by leaving the page out.
    pub(crate) fn page(&self, number: i64) -> String {
        let page = (b"page".to_vec(), number.to_string().into_bytes());
        let mut pairs: Vec<_> = self.pairs.iter().collect();
        if number > 1 {
            let at = pairs.partition_point(|(name, _)| *name < page.0);
            pairs.insert(at, &page);
        }
        let query: Vec<_> = pairs.iter().map(|(name, value)| encoded(name, value)).collect();
        if query.is_empty() {
            return self.base.clone();
        }
        format!("{}?{}", self.base, query.join("&"))
    }
}

fn owned((name, value): (&[u8], &[u8])) -> (Vec<u8>, Vec<u8>) {
    (name.to_vec(), value.to_vec())
}

fn encoded(name: &[u8], value: &[u8]) -> String {
    let form = |text| percent_encode(text, ESCAPED).to_string().replace("%20", "+");
    format!("{}={}", form(name), form(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use proptest::prelude::*;

    fn address(query: &str) -> Address {
        let request = TestRequest::with_uri(&format!("/list/?{query}"))
            .insert_header(("host", "trend.example:8080"))
            .insert_header(("x-forwarded-proto", "https"));
        Address::of(&request.to_http_request(), &Query::parse(query))
    }

    #[test]
    fn the_query_is_kept_and_the_page_replaced() {
        let address = address("youtuber_name=%EB%A8%B9+a&page=7&x=%26&empty=");
        assert_eq!(
            address.page(8),
            "https://trend.example:8080/list/?empty=&page=8&x=%26&youtuber_name=%EB%A8%B9+a"
        );
    }

    #[test]
    fn the_first_page_is_the_list_itself() {
        assert_eq!(address("page=2").page(1), "https://trend.example:8080/list/");
    }

    proptest! {
        #[test]
        fn whatever_stands_in_the_query_comes_back(name in "\\PC{0,9}", value in "\\PC{0,9}") {
            prop_assume!(name != "page");
            let query = encoded(name.as_bytes(), value.as_bytes());
            let link = address(&query).page(3);
            let linked = Query::parse(link.split_once('?').unwrap().1);
            prop_assert_eq!(linked.text("page"), Ok(Some("3")));
            if !value.contains('\0') {
                prop_assert_eq!(linked.text(&name), Ok(Some(value.as_str())));
            }
        }
    }
}
