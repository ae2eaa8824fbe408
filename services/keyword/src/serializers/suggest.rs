//! Suggested keywords.

use common::{
    error::FieldErrors,
    http::{CsvRows, Field},
    keywords::validate_keyword,
    search::{Suggestion, TypedText},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const DEFAULT_LIMIT: usize = 10;
const MAX_LIMIT: usize = 20;

/// The parameters of `keywords/suggest/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestParams {
    /// The beginning of a keyword, as typed so far; not blank.
    #[param(value_type = String, example = "먹ㅂ", max_length = 100, pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    q: Field<String>,
    /// The number of suggestions, from 1 to 20; by default 10.
    #[param(value_type = Option<i64>, example = 10, minimum = 1, maximum = 20)]
    limit: Field<i64>,
}

impl SuggestParams {
    /// The text and the limit.
    pub(crate) fn validate(self) -> Result<(TypedText, usize), FieldErrors> {
        let mut errors = FieldErrors::default();
        let parse = |text: String| {
            validate_keyword(&text)?;
            TypedText::new(&text).ok_or("This field may not be blank.")
        };
        let typed = self.q.not_blank().and_then(parse).required("q", &mut errors);
        let limit = |limit: i64| match usize::try_from(limit) {
            Ok(limit @ 1..=MAX_LIMIT) => Ok(limit),
            _ => Err(format!("Must be from 1 to {MAX_LIMIT}.")),
        };
        let limit = self.limit.and_then(limit).optional("limit", &mut errors);
        match typed {
            Some(typed) if errors.is_empty() => Ok((typed, limit.unwrap_or(DEFAULT_LIMIT))),
            _ => Err(errors),
        }
    }
}

/// Keywords for an incomplete one.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuggestResponse {
    /// By kind of match, then by recent popularity.
    results: Vec<SuggestedKeyword>,
}

/// A suggested keyword.
#[derive(Serialize, ToSchema)]
struct SuggestedKeyword {
    /// The most frequent of its spellings.
    #[schema(example = "먹방")]
    keyword: String,
    /// `prefix`: it begins with the text; `initials`: its initial consonants begin with the text;
    /// `layout`: it matches when typed with the other keyboard layout, Korean or English; `typo`: it
    /// matches with one typo.
    #[schema(example = "prefix")]
    matched: &'static str,
}

impl From<Vec<Suggestion>> for SuggestResponse {
    fn from(suggestions: Vec<Suggestion>) -> Self {
        let result = |suggestion: Suggestion| SuggestedKeyword {
            keyword: suggestion.keyword,
            matched: suggestion.kind.name(),
        };
        Self { results: suggestions.into_iter().map(result).collect() }
    }
}

impl CsvRows for SuggestResponse {
    fn rows(&self) -> impl Iterator<Item = impl Serialize> {
        self.results.iter()
    }
}
