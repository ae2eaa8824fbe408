//! The state and the URL of a feed.

use super::feed_texts::Language;
use common::{Error, error::FieldErrors, http::Field, time::OffsetTime};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The parameters of `me/feed/{token}.atom`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FeedParams {
    /// The language of the texts, `ko` or `en`; by default `ko`.
    #[param(value_type = Option<String>, example = "en", pattern = "^(ko|en)$")]
    lang: Field<String>,
}

impl FeedParams {
    pub(crate) fn validate(self) -> Result<Language, Error> {
        let mut errors = FieldErrors::default();
        let language = self.lang.and_then(|text| match text.as_str() {
            "ko" => Ok(Language::Korean),
            "en" => Ok(Language::English),
            _ => Err("Must be ko or en."),
        });
        let language = language.optional("lang", &mut errors).unwrap_or(Language::Korean);
        errors.into_result().map(|()| language)
    }
}

/// The state of a feed.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedResponse {
    /// When its URL was created, in Seoul; null if there is no feed.
    #[schema(value_type = Option<String>, example = "2026-11-26T09:30:00+09:00")]
    pub created_at: Option<OffsetTime>,
}

/// A new URL of a feed.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewFeedResponse {
    /// The secret URL. It is not shown again.
    #[schema(
        example = "https://createtrend.example/api/me/feed/cf_3q2-7wEGCGCCZ2VtYmVycyBhcmUgbm90IHNlY3JldCE.atom"
    )]
    pub url: String,
    /// When it was created, in Seoul.
    #[schema(value_type = String, example = "2026-11-26T09:30:00+09:00")]
    pub created_at: OffsetTime,
}
