//! What a client sends.

use crate::{domain::is_short, queries::accounts::UserInfoChanges};
use common::{
    Error,
    auth::rules,
    error::FieldErrors,
    http::{Body, OptionalField},
};
use utoipa::ToSchema;

/// The longest telephone number, in characters.
const LONGEST_PHONE: usize = 45;

/// A new account.
#[derive(ToSchema)]
pub(crate) struct RegisterRequest {
    /// Letters and digits of any script, and `@.+-_`. Widths make no difference: ａｂｃｄｅ is
    /// abcde.
    #[schema(example = "오늘의_먹방", min_length = 5, max_length = 150)]
    pub username: String,
    /// Not blank, and at most 4096 bytes. White space around it does not count, and neither
    /// do widths and the ways in which keyboards compose letters.
    #[schema(example = "correct horse battery staple", min_length = 4, max_length = 4096)]
    pub password: String,
}

impl RegisterRequest {
    /// Reads the body, or says what is wrong with it.
    pub(crate) fn parse(body: &Body) -> Result<Self, Error> {
        let mut errors = FieldErrors::default();
        let username = present(body, "username", &mut errors).unwrap_or_default();
        let password = present(body, "password", &mut errors).unwrap_or_default();
        errors.into_result()?;
        if is_short(username, password) {
            return Err(Error::Message { message: "short field", code: "short_field" });
        }
        let mut errors = FieldErrors::default();
        let name = rules::validate_username(username);
        if let Err(error) = &name {
            errors.add("username", error.to_string());
        }
        if rules::normalize_password(password).is_empty() {
            errors.add("password", "This field may not be blank.");
        } else if let Err(error) = rules::validate_password(password) {
            errors.add("password", error.to_string());
        }
        match name {
            Ok(username) if errors.is_empty() => {
                Ok(Self { username, password: password.to_owned() })
            }
            _ => Err(errors.into()),
        }
    }
}

/// The text `name`, which must be there but may be blank.
fn present<'a>(body: &'a Body, name: &'static str, errors: &mut FieldErrors) -> Option<&'a str> {
    match body.optional_text(name, errors) {
        OptionalField::Value(text) => return Some(text),
        OptionalField::Null => errors.add(name, "This field may not be null."),
        OptionalField::Absent if !errors.has(name) => errors.add(name, "This field is required."),
        OptionalField::Absent => {}
    }
    None
}

/// Who logs in.
#[derive(ToSchema)]
pub(crate) struct LoginRequest {
    /// The account's name.
    #[schema(example = "오늘의_먹방", min_length = 1)]
    pub username: String,
    /// Its password.
    #[schema(example = "correct horse battery staple", min_length = 1)]
    pub password: String,
}

impl LoginRequest {
    /// Reads the body, or says what is wrong with it.
    pub(crate) fn parse(body: &Body) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let username = body.text("username", &mut errors).map(rules::normalize_username);
        let password = body.text("password", &mut errors).map(str::to_owned);
        match (username, password) {
            (Some(username), Some(password)) => Ok(Self { username, password }),
            _ => Err(errors),
        }
    }
}

/// What an account says of itself. Each may be null, and may be left out.
#[derive(ToSchema)]
pub(crate) struct UserInfoRequest {
    /// Telephone number, as typed.
    #[schema(value_type = Option<String>, example = "010-1234-5678", max_length = 45)]
    phone: OptionalField<String>,
    /// Whether news is wanted.
    #[schema(value_type = Option<bool>, example = true)]
    on_subscribe: OptionalField<bool>,
    /// The user's own channel, by its number here.
    #[schema(value_type = Option<i32>, example = 17)]
    own_channel: OptionalField<i32>,
}

impl UserInfoRequest {
    /// Reads the body, or says what is wrong with each field.
    pub(crate) fn parse(body: &Body) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let phone = map(body.optional_text("phone", &mut errors), str::to_owned);
        if let OptionalField::Value(phone) = &phone
            && phone.chars().count() > LONGEST_PHONE
        {
            errors.add("phone", "Ensure this field has no more than 45 characters.");
        }
        let on_subscribe = body.optional_bool("on_subscribe", &mut errors);
        let channel = body.optional_integer("own_channel", &mut errors);
        let own_channel = map(channel, |idx| i32::try_from(idx).map_err(|_| idx));
        let own_channel = match own_channel {
            OptionalField::Value(Ok(idx)) => OptionalField::Value(idx),
            OptionalField::Value(Err(idx)) => {
                errors.add("own_channel", no_such_channel(idx));
                OptionalField::Absent
            }
            OptionalField::Null => OptionalField::Null,
            OptionalField::Absent => OptionalField::Absent,
        };
        if errors.is_empty() { Ok(Self { phone, on_subscribe, own_channel }) } else { Err(errors) }
    }

    /// What is not given becomes null.
    pub(crate) fn replacing(self) -> UserInfoChanges {
        UserInfoChanges {
            phone: Some(self.phone.value()),
            on_subscribe: Some(self.on_subscribe.value()),
            own_channel: Some(self.own_channel.value()),
        }
    }

    /// What is not given stays as it is.
    pub(crate) fn changing(self) -> UserInfoChanges {
        UserInfoChanges {
            phone: change(self.phone),
            on_subscribe: change(self.on_subscribe),
            own_channel: change(self.own_channel),
        }
    }
}

fn map<T, U>(given: OptionalField<T>, convert: impl FnOnce(T) -> U) -> OptionalField<U> {
    match given {
        OptionalField::Absent => OptionalField::Absent,
        OptionalField::Null => OptionalField::Null,
        OptionalField::Value(value) => OptionalField::Value(convert(value)),
    }
}

#[expect(clippy::option_option, reason = "so diesel tells what stays from what becomes null")]
fn change<T>(given: OptionalField<T>) -> Option<Option<T>> {
    match given {
        OptionalField::Absent => None,
        OptionalField::Null => Some(None),
        OptionalField::Value(value) => Some(Some(value)),
    }
}

/// The error of a name that somebody has already.
pub(crate) fn taken_username() -> FieldErrors {
    FieldErrors::of("username", "A user with that username already exists.")
}

/// The error of whatever is wrong with a login.
pub(crate) fn unable_to_log_in() -> FieldErrors {
    FieldErrors::of("non_field_errors", "Unable to log in with provided credentials.")
}

/// The error of a channel that is not there.
pub(crate) fn unknown_channel(idx: i64) -> FieldErrors {
    FieldErrors::of("own_channel", no_such_channel(idx))
}

fn no_such_channel(idx: i64) -> String {
    format!("Invalid pk \"{idx}\" - object does not exist.")
}
