//! Pages of a list, and links to them with the gateway's public scheme and host.

use super::decode_query;
use actix_web::{HttpRequest, http::header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// All but the unreserved characters of RFC 3986, as Python's `quote_plus`, with which
/// the Django API writes links; the space becomes `+`. `form_urlencoded` escapes `~` and not `*`.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'.').remove(b'-').remove(b'~');

/// A page number of a list, at least 1. `N` is the number of rows on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<const N: i64>(i64);

impl<const N: i64> Page<N> {
    /// The first page.
    pub const FIRST: Self = Self(1);
    /// The number of rows on a page.
    pub const SIZE: i64 = N;

    /// Parses the parameter `page`.
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.trim().parse().ok()?;
        // The upper bound prevents an overflow of `offset`.
        (1..=i64::MAX / N).contains(&number).then_some(Self(number))
    }

    /// The number, from 1.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// The number of rows on the pages before it.
    pub const fn offset(self) -> i64 {
        (self.0 - 1) * N
    }

    /// Its rows, of all rows of the list.
    pub fn rows<T: Clone>(self, rows: &[T]) -> Vec<T> {
        let position = |row: i64| usize::try_from(row).unwrap_or(usize::MAX).min(rows.len());
        let start = position(self.offset());
        let end = position(self.offset().saturating_add(N));
        rows.get(start..end).unwrap_or_default().to_vec()
    }

    /// The number of the page before it.
    pub const fn previous(self) -> Option<i64> {
        if self.0 > 1 { Some(self.0 - 1) } else { None }
    }

    /// The number of the next page, if `count` rows reach it.
    pub const fn next(self, count: i64) -> Option<i64> {
        if self.offset() + N < count { Some(self.0 + 1) } else { None }
    }
}

/// URLs of the pages of a list.
#[derive(Debug, Clone)]
pub struct PageLinks {
    base: String,
    /// Query parameters without `page`, sorted by name.
    pairs: Vec<(Vec<u8>, Vec<u8>)>,
}

impl PageLinks {
    /// Takes scheme and host from `X-Forwarded-Proto` and `Host`.
    pub fn new(request: &HttpRequest) -> Self {
        let base = public_url(request, request.path());
        let pairs = decode_query(request.query_string());
        let mut pairs: Vec<_> = pairs.filter(|(name, _)| name != b"page").collect();
        // A stable sort keeps the order of repeated parameters.
        pairs.sort_by(|one, other| one.0.cmp(&other.0));
        Self { base, pairs }
    }

    /// The URL of a page, without the parameter `page` for the first one.
    pub fn url(&self, number: i64) -> String {
        let page = (b"page".to_vec(), number.to_string().into_bytes());
        let mut pairs: Vec<_> = self.pairs.iter().collect();
        if number > 1 {
            let at = pairs.partition_point(|(name, _)| *name < page.0);
            pairs.insert(at, &page);
        }
        let query: Vec<_> = pairs.iter().map(|(name, value)| encode(name, value)).collect();
        if query.is_empty() {
            return self.base.clone();
        }
        format!("{}?{}", self.base, query.join("&"))
    }
}

/// The URL of a path with the scheme and host of `X-Forwarded-Proto` and `Host`.
pub fn public_url(request: &HttpRequest, path: &str) -> String {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let scheme = match text("x-forwarded-proto") {
        Some("https") => "https",
        _ => "http",
    };
    let host = text(header::HOST.as_str()).unwrap_or("localhost");
    format!("{scheme}://{host}{path}")
}

fn encode(name: &[u8], value: &[u8]) -> String {
    let form = |text| percent_encode(text, ESCAPED).to_string().replace("%20", "+");
    format!("{}={}", form(name), form(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use proptest::prelude::*;

    type TenRows = Page<10>;

    #[test]
    fn page_that_is_not_a_positive_number_is_invalid() {
        assert_eq!(TenRows::parse("1"), Some(TenRows::FIRST));
        assert_eq!(TenRows::parse(" 12 ").map(TenRows::offset), Some(110));
        for text in ["", "0", "-1", "1.5", "last", "９", "9223372036854775807", "1e3"] {
            assert_eq!(TenRows::parse(text), None, "{text}");
        }
    }

    #[test]
    fn last_page_has_no_next_page() {
        assert_eq!(
            (Page::<10>(2).previous(), Page::<10>(2).next(20), Page::<10>(2).next(21)),
            (Some(1), None, Some(3))
        );
    }

    #[test]
    fn rows_of_a_page_past_the_end_are_empty() {
        let rows: Vec<i64> = (0..25).collect();
        assert_eq!(TenRows::parse("3").unwrap().rows(&rows), [20, 21, 22, 23, 24]);
        assert_eq!(TenRows::parse("4").unwrap().rows(&rows), [0_i64; 0]);
    }

    fn links(query: &str) -> PageLinks {
        let request = TestRequest::with_uri(&format!("/list/?{query}"))
            .insert_header(("host", "trend.example:8080"))
            .insert_header(("x-forwarded-proto", "https"));
        PageLinks::new(&request.to_http_request())
    }

    #[test]
    fn url_keeps_the_query_and_replaces_the_page() {
        let links = links("youtuber_name=%EB%A8%B9+a&page=7&x=%26&empty=");
        assert_eq!(
            links.url(8),
            "https://trend.example:8080/list/?empty=&page=8&x=%26&youtuber_name=%EB%A8%B9+a"
        );
    }

    #[test]
    fn url_of_the_first_page_has_no_page_parameter() {
        assert_eq!(links("page=2").url(1), "https://trend.example:8080/list/");
    }

    proptest! {
        #[test]
        fn every_channel_is_on_exactly_one_page(count in 0_i64..200) {
            let next = |page: &TenRows| page.next(count).map(Page);
            let pages = std::iter::successors(Some(TenRows::FIRST), next);
            let shown: i64 = pages.map(|page| TenRows::SIZE.min(count - page.offset())).sum();
            prop_assert_eq!(shown, count);
        }

        #[test]
        fn query_parameter_survives_encoding(name in "\\PC{0,9}", value in "\\PC{0,9}") {
            prop_assume!(name != "page");
            let query = encode(name.as_bytes(), value.as_bytes());
            let link = links(&query).url(3);
            let linked: Vec<_> = decode_query(link.split_once('?').unwrap().1).collect();
            prop_assert!(linked.contains(&(b"page".to_vec(), b"3".to_vec())));
            prop_assert!(linked.contains(&(name.into_bytes(), value.into_bytes())));
        }
    }
}
