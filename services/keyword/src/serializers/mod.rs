//! Request parameters and response bodies.

mod history;
mod keyword_search;
mod outliers;
mod related;
mod score;
mod suggest;

pub(crate) use history::{HistoryParams, HistoryResponse};
pub(crate) use keyword_search::{
    FoundVideo, GrowingVideo, KeywordSearchParams, KeywordSearchResponse, missing_keyword,
};
pub(crate) use outliers::{KeywordOutliersParams, KeywordOutliersResponse};
pub(crate) use related::{RelatedParams, RelatedResponse};
pub(crate) use score::{ScoreParams, ScoreResponse};
pub(crate) use suggest::{SuggestParams, SuggestResponse};

use common::{error::FieldErrors, http::Field, keywords::parse_keyword_key};

/// A keyword as requested, and its key.
fn parse_keyword(field: Field<String>, errors: &mut FieldErrors) -> Option<(String, String)> {
    let parse = |keyword: String| parse_keyword_key(&keyword).map(|key| (keyword, key));
    field.not_blank().and_then(parse).required("keyword", errors)
}
