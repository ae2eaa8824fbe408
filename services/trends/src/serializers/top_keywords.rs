//! The parameters of `channel_analyze/`.

use common::{Error, error::FieldErrors, http::Field};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// How spellings of a keyword are counted that differ in case, width or spaces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Spellings {
    /// As different keywords.
    #[default]
    Separate,
    /// As one keyword, named by its most frequent spelling.
    Merged,
}

/// The parameters of `channel_analyze/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TopKeywordsParams {
    /// `merged`: spellings that differ in case, width or spaces are one keyword, and settings of
    /// YouTube (`yt:…`) are left out. By default `separate`.
    #[param(value_type = Option<Spellings>, inline, example = "merged")]
    spellings: Field<String>,
}

impl TopKeywordsParams {
    pub(crate) fn validate(self) -> Result<Spellings, Error> {
        let parse = |text: String| match text.as_str() {
            "separate" => Ok(Spellings::Separate),
            "merged" => Ok(Spellings::Merged),
            _ => Err("Must be separate or merged."),
        };
        let mut errors = FieldErrors::default();
        let spellings = self.spellings.and_then(parse).optional("spellings", &mut errors);
        errors.into_result()?;
        Ok(spellings.unwrap_or_default())
    }
}
