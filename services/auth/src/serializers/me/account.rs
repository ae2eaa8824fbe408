//! Changes of the password, and deletions.

use crate::domain::NEW_PASSWORD_MIN;
use common::{auth::rules, error::FieldErrors, http::Field};
use serde::Deserialize;
use utoipa::ToSchema;

/// A change of the password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PasswordRequest {
    /// The current password.
    #[schema(value_type = String, example = "correct horse battery staple", min_length = 1)]
    password: Field<String>,
    /// At least 8 characters and at most 4096 bytes. Trimmed and normalized (NFKC).
    #[schema(value_type = String, example = "better horse battery staple", min_length = 8, max_length = 4096)]
    new_password: Field<String>,
}

impl PasswordRequest {
    /// The present and the new password.
    pub(crate) fn validate(self) -> Result<(String, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let password = self.password.not_blank().required("password", &mut errors);
        let new = self.new_password.not_blank().and_then(|text| {
            if rules::normalize_password(&text).chars().count() < NEW_PASSWORD_MIN {
                return Err(format!(
                    "Ensure this field has at least {NEW_PASSWORD_MIN} characters."
                ));
            }
            rules::validate_password(&text).map_err(|error| error.to_string()).map(|()| text)
        });
        let new = new.required("new_password", &mut errors);
        password.zip(new).ok_or(errors)
    }
}

/// The confirmation of a deletion.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DeletionRequest {
    /// The current password.
    #[schema(value_type = String, example = "correct horse battery staple", min_length = 1)]
    password: Field<String>,
}

impl DeletionRequest {
    pub(crate) fn validate(self) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        self.password.not_blank().required("password", &mut errors).ok_or(errors)
    }
}

/// The error of a wrong current password.
pub(crate) fn wrong_password() -> FieldErrors {
    FieldErrors::single("password", "The password is wrong.")
}

/// The error of an account to which other tables refer.
pub(crate) fn account_in_use() -> FieldErrors {
    FieldErrors::single(
        "non_field_errors",
        "Records of another application refer to this account. Ask the operator to delete it.",
    )
}
