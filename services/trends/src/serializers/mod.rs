//! Request parameters and response bodies.

mod keyword_data;
mod keyword_lists;
mod top_keywords;

pub(crate) use keyword_data::{KeywordDataParams, KeywordDataResponse};
pub(crate) use keyword_lists::{KeywordListParams, KeywordListResponse};
pub(crate) use top_keywords::{Spellings, TopKeywordsParams};
