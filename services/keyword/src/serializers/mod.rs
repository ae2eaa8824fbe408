//! Request parameters and response bodies.

mod history;
mod keyword_search;
mod related;
mod score;
mod suggest;

pub(crate) use history::{HistoryParams, HistoryResponse};
pub(crate) use keyword_search::{
    FoundVideo, GrowingVideo, KeywordSearchParams, KeywordSearchResponse, missing_keyword,
};
pub(crate) use related::{RelatedParams, RelatedResponse};
pub(crate) use score::{ScoreParams, ScoreResponse};
pub(crate) use suggest::{SuggestParams, SuggestResponse};

use common::{error::FieldErrors, http::Field, keywords::validate_keyword, search::keyword_key};

/// A keyword as requested, and its key.
fn parse_keyword(field: Field<String>, errors: &mut FieldErrors) -> Option<(String, String)> {
    let valid = |keyword: String| {
        validate_keyword(&keyword)?;
        let key = keyword_key(&keyword);
        if key.is_empty() { Err("This field may not be blank.") } else { Ok((keyword, key)) }
    };
    field.not_blank().and_then(valid).required("keyword", errors)
}

/// Rounds to three decimals.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
