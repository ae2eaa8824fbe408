//! Request bodies.

use crate::{domain::are_credentials_too_short, queries::accounts::UserInfoChanges};
use common::{Error, auth::rules, error::FieldErrors, http::Field};
use serde::Deserialize;
use utoipa::ToSchema;

/// The maximum length of a phone number in characters.
const MAX_PHONE: usize = 45;

/// A username in its normal form, and a password as sent.
pub(crate) struct Credentials {
    pub username: String,
    pub password: String,
}

/// A new account.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RegisterRequest {
    /// Letters and digits of any script, and `@.+-_`. Normalized (NFKC): ａｂｃｄｅ equals abcde.
    #[schema(value_type = String, example = "오늘의_먹방", min_length = 5, max_length = 150)]
    username: Field<String>,
    /// Not blank, at most 4096 bytes. Trimmed and normalized (NFKC).
    #[schema(
        value_type = String,
        example = "correct horse battery staple",
        min_length = 4,
        max_length = 4096
    )]
    password: Field<String>,
}

impl RegisterRequest {
    pub(crate) fn validate(self) -> Result<Credentials, Error> {
        let mut errors = FieldErrors::default();
        let username = self.username.required("username", &mut errors);
        let password = self.password.required("password", &mut errors);
        let (username, password) = username.zip(password).ok_or(errors)?;
        if are_credentials_too_short(&username, &password) {
            return Err(Error::InvalidWithMessage { message: "short field", code: "short_field" });
        }
        let mut errors = FieldErrors::default();
        let username = Field::Value(username).and_then(|name| rules::validate_username(&name));
        let username = username.required("username", &mut errors);
        let password = Field::Value(password).and_then(valid_password);
        let password = password.required("password", &mut errors);
        let (username, password) = username.zip(password).ok_or(errors)?;
        Ok(Credentials { username, password })
    }
}

fn valid_password(password: String) -> Result<String, String> {
    if rules::normalize_password(&password).is_empty() {
        return Err("This field may not be blank.".to_owned());
    }
    rules::validate_password(&password).map_err(|error| error.to_string())?;
    Ok(password)
}

/// The credentials of an account.
#[derive(Deserialize, ToSchema)]
pub(crate) struct LoginRequest {
    /// The username.
    #[schema(value_type = String, example = "오늘의_먹방", min_length = 1)]
    username: Field<String>,
    /// The password.
    #[schema(value_type = String, example = "correct horse battery staple", min_length = 1)]
    password: Field<String>,
}

impl LoginRequest {
    pub(crate) fn validate(self) -> Result<Credentials, FieldErrors> {
        let mut errors = FieldErrors::default();
        let username = self.username.not_blank().required("username", &mut errors);
        let password = self.password.not_blank().required("password", &mut errors);
        let (username, password) = username.zip(password).ok_or(errors)?;
        Ok(Credentials { username: rules::normalize_username(&username), password })
    }
}

/// Changes of the user info. Each field is optional and may be null.
#[derive(Deserialize, ToSchema)]
pub(crate) struct UserInfoRequest {
    /// Phone number, as entered.
    #[schema(value_type = Option<String>, example = "010-1234-5678", max_length = 45)]
    phone: Field<String>,
    /// Whether the user subscribes to news.
    #[schema(value_type = Option<bool>, example = true)]
    on_subscribe: Field<bool>,
    /// The `idx` of the user's own channel.
    #[schema(value_type = Option<i32>, example = 17)]
    own_channel: Field<i64>,
}

impl UserInfoRequest {
    /// The changes of a PUT request: a missing field becomes null.
    pub(crate) fn replacement(self) -> Result<UserInfoChanges, Error> {
        let UserInfoChanges { phone, on_subscribe, own_channel } = self.changes()?;
        Ok(UserInfoChanges {
            phone: Some(phone.flatten()),
            on_subscribe: Some(on_subscribe.flatten()),
            own_channel: Some(own_channel.flatten()),
        })
    }

    /// The changes of a PATCH request: a missing field stays as it is.
    pub(crate) fn changes(self) -> Result<UserInfoChanges, Error> {
        let mut errors = FieldErrors::default();
        let phone = self.phone.max_chars(MAX_PHONE);
        let channel = |idx: i64| i32::try_from(idx).map_err(|_| no_such_channel(idx));
        let changes = UserInfoChanges {
            phone: change(phone, "phone", &mut errors),
            on_subscribe: change(self.on_subscribe, "on_subscribe", &mut errors),
            own_channel: change(self.own_channel.and_then(channel), "own_channel", &mut errors),
        };
        errors.into_result().map(|()| changes)
    }
}

#[expect(clippy::option_option, reason = "diesel skips None, and writes Some(None) as NULL")]
fn change<T>(field: Field<T>, name: &'static str, errors: &mut FieldErrors) -> Option<Option<T>> {
    match field {
        Field::Missing => None,
        field => Some(field.optional(name, errors)),
    }
}

/// The error of a username that another account has.
pub(crate) fn taken_username() -> FieldErrors {
    FieldErrors::single("username", "A user with that username already exists.")
}

/// The same error for an unknown username, a wrong password and an inactive account.
pub(crate) fn unable_to_log_in() -> FieldErrors {
    FieldErrors::single("non_field_errors", "Unable to log in with provided credentials.")
}

/// The error of a channel that does not exist.
pub(crate) fn unknown_channel(idx: i64) -> FieldErrors {
    FieldErrors::single("own_channel", no_such_channel(idx))
}

fn no_such_channel(idx: i64) -> String {
    format!("Invalid pk \"{idx}\" - object does not exist.")
}
