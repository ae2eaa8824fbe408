//! Query parameters.

use super::problem::Problem;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::{collections::HashMap, str::FromStr};
use youtube::MAX_IDS;

/// Query parameters by name.
pub(super) type Params = HashMap<String, String>;

/// The requested parts of a resource.
pub(super) struct Parts<'a>(Vec<&'a str>);

impl<'a> Parts<'a> {
    pub(super) fn read(params: &'a Params, known: &[&str]) -> Result<Self, Problem> {
        let parts: Vec<&str> = required(params, "part")?.split(',').map(str::trim).collect();
        match parts.iter().find(|part| **part != "id" && !known.contains(part)) {
            Some(part) => Err(Problem::new(400, "unknownPart", format!("'{part}'"))),
            None => Ok(Self(parts)),
        }
    }

    pub(super) fn has(&self, part: &str) -> bool {
        self.0.contains(&part)
    }
}

pub(super) fn required<'a>(params: &'a Params, name: &str) -> Result<&'a str, Problem> {
    params.get(name).map(String::as_str).filter(|value| !value.is_empty()).ok_or_else(|| {
        Problem::new(400, "missingRequiredParameter", format!("Missing parameter: {name}"))
    })
}

pub(super) fn parsed<T: FromStr>(params: &Params, name: &str) -> Result<Option<T>, Problem> {
    let value = params.get(name).map(|value| value.parse());
    value.transpose().map_err(|_| Problem::invalid_parameter(name))
}

/// Comma-separated ids, each once. A text that is not an id is like the id of a deleted resource.
pub(super) fn ids<T: FromStr + PartialEq>(params: &Params) -> Result<Vec<T>, Problem> {
    let texts: Vec<&str> = required(params, "id")?.split(',').map(str::trim).collect();
    if texts.len() > MAX_IDS {
        return Err(Problem::new(400, "invalidFilters", "The request has too many ids."));
    }
    let mut ids = Vec::with_capacity(texts.len());
    for id in texts.into_iter().filter_map(|text| text.parse::<T>().ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// A part of a list.
pub(super) struct Window {
    pub offset: usize,
    pub size: usize,
}

impl Window {
    /// From `maxResults` (0 to 50, by default 5) and `pageToken`.
    pub(super) fn read(params: &Params) -> Result<Self, Problem> {
        let size = parsed(params, "maxResults")?.unwrap_or(5);
        if size > MAX_IDS {
            return Err(Problem::invalid_parameter("maxResults"));
        }
        let token = params.get("pageToken").filter(|token| !token.is_empty());
        let offset = token.map_or(Some(0), |token| decode_token(token)).ok_or_else(|| {
            let message = "The request specifies an invalid page token.";
            Problem::new(400, "invalidPageToken", message)
        })?;
        Ok(Self { offset, size })
    }

    /// The token of the next page.
    pub(super) fn next_token(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("P:{}", self.offset + self.size))
    }

    /// The items of this page of a list, and whether there are more.
    pub(super) fn of<'a, T>(&self, list: &'a [T]) -> (&'a [T], bool) {
        let start = self.offset.min(list.len());
        let end = (start + self.size).min(list.len());
        (&list[start..end], end < list.len())
    }
}

fn decode_token(token: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    text.strip_prefix("P:")?.parse().ok().filter(|offset| *offset < 1_000_000)
}
