//! Request parameters and response bodies.

mod keyword_data;
mod keyword_lists;

pub(crate) use keyword_data::{KeywordDataParams, KeywordDataResponse};
pub(crate) use keyword_lists::{KeywordListParams, KeywordListResponse};
