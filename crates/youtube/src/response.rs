//! Lists in responses: pages, batches, and items that cannot be parsed.

use crate::error::Error;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::{collections::HashSet, fmt, hash::Hash};

/// Maximum number of ids in a request.
pub const MAX_IDS: usize = 50;

/// Token of the next page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct PageToken(pub(crate) String);

impl PageToken {
    /// The token as text, to be stored and used later.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for PageToken {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// An item that does not have the documented form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidItem {
    /// The id of the item, if it can be read.
    pub id: Option<String>,
    /// Location and cause.
    pub reason: String,
}

impl fmt::Display for InvalidItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id.as_deref().unwrap_or("item without an id"), self.reason)
    }
}

/// A page of a list. Lists change between requests: an item can be on two pages or on none.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// In the order of the list.
    pub items: Vec<T>,
    /// Items that cannot be parsed.
    pub invalid: Vec<InvalidItem>,
    /// Token of the next page; `None` on the last one.
    pub next: Option<PageToken>,
    /// The approximate length of the list.
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// A list without items.
    pub(crate) const fn empty() -> Self {
        Self { items: Vec::new(), invalid: Vec::new(), next: None, total: Some(0) }
    }
}

/// The response to a request for ids.
#[derive(Debug, Clone, PartialEq)]
pub struct IdResponse<T, I> {
    /// One per id that exists, in the order of the server.
    pub items: Vec<T>,
    /// Items that cannot be parsed. Their ids are not missing.
    pub invalid: Vec<InvalidItem>,
    /// Ids without an item: deleted, private or never used.
    pub missing: Vec<I>,
}

impl<T, I: Clone + Eq + Hash + AsRef<str>> IdResponse<T, I> {
    pub(crate) const fn empty() -> Self {
        Self { items: Vec::new(), invalid: Vec::new(), missing: Vec::new() }
    }

    /// Compares the items of a page with the requested ids. A repeated item is kept once.
    pub(crate) fn from_page(requested: &[I], page: Page<T>, id: impl Fn(&T) -> &I) -> Self {
        let Page { mut items, invalid, .. } = page;
        let mut known: HashSet<I> = HashSet::with_capacity(items.len());
        items.retain(|item| known.insert(id(item).clone()));
        let unreadable: HashSet<&str> =
            invalid.iter().filter_map(|item| item.id.as_deref()).collect();
        let is_missing =
            |id: &&I| !known.contains(*id) && !unreadable.contains(AsRef::<str>::as_ref(*id));
        let missing = requested.iter().filter(is_missing).cloned().collect();
        Self { items, invalid, missing }
    }
}

/// The envelope of every list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListResponse<'a> {
    /// Distinguishes a response of the API from other JSON.
    kind: String,
    /// Absent if the list is empty.
    #[serde(borrow, default)]
    items: Vec<&'a RawValue>,
    next_page_token: Option<PageToken>,
    page_info: Option<PageInfo>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    total_results: Option<u64>,
}

#[derive(Deserialize)]
struct ItemId {
    id: Option<String>,
}

/// Parses a list. An item that cannot be parsed does not fail the others.
pub(crate) fn parse_list<T: DeserializeOwned>(body: &[u8]) -> Result<Page<T>, Error> {
    let response: ListResponse<'_> = parse(body)?;
    if !response.kind.starts_with("youtube#") {
        let reason = format!("kind: {:?} does not start with youtube#", response.kind);
        return Err(Error::InvalidResponse { reason, is_truncated: false });
    }
    let (mut items, mut invalid) = (Vec::with_capacity(response.items.len()), Vec::new());
    for item in response.items {
        match parse_json(item.get().as_bytes()) {
            Ok(item) => items.push(item),
            Err(error) => {
                let id = serde_json::from_str(item.get()).ok().and_then(|ItemId { id }| id);
                invalid.push(InvalidItem { id, reason: error.to_string() });
            }
        }
    }
    let total = response.page_info.and_then(|info| info.total_results);
    Ok(Page { items, invalid, next: response.next_page_token, total })
}

fn parse<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Error> {
    parse_json(body).map_err(|error| Error::InvalidResponse {
        is_truncated: error.inner().is_eof(),
        reason: format!("{error} ({} bytes)", body.len()),
    })
}

fn parse_json<'a, T: Deserialize<'a>>(
    body: &'a [u8],
) -> Result<T, serde_path_to_error::Error<serde_json::Error>> {
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(body))
}
