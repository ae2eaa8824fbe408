//! Types of settings: durations, lists, secrets.

use super::SettingsError;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Deserializer, de::Error};
use std::{fmt::Display, fs, path::Path, str::FromStr, time::Duration};

/// A duration in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct Millis(pub u64);

impl Millis {
    /// The duration as [`Duration`].
    pub const fn duration(self) -> Duration {
        Duration::from_millis(self.0)
    }
}

/// A list: an array in a file, or a comma-separated string in the environment.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
pub struct List<T>(#[schemars(with = "Form<T>")] pub Vec<T>);

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum Form<T> {
    List(Vec<T>),
    Text(String),
}

impl<'de, T> Deserialize<'de> for List<T>
where
    T: Deserialize<'de> + FromStr,
    T::Err: Display,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Form::deserialize(deserializer)? {
            Form::List(items) => Ok(Self(items)),
            Form::Text(text) => split(&text).map(Self).map_err(D::Error::custom),
        }
    }
}

fn split<T: FromStr>(text: &str) -> Result<Vec<T>, T::Err> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::parse).collect()
}

/// The secret `key` of `section`: its value, or the content of its file.
pub(super) fn secret(
    section: &'static str,
    key: &'static str,
    value: Option<&SecretString>,
    file: Option<&Path>,
) -> Result<SecretString, SettingsError> {
    if let Some(value) = value {
        return Ok(value.clone());
    }
    let path = file.ok_or_else(|| SettingsError::MissingSecret { section, key })?;
    let text = fs::read_to_string(path)
        .map_err(|error| SettingsError::SecretFile { path: path.display().to_string(), error })?;
    Ok(SecretString::from(text.trim_end_matches(['\r', '\n'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_in_the_environment_is_comma_separated() {
        let texts: Vec<String> = split("lol, 롤 하이라이트,").unwrap();
        assert_eq!(texts, ["lol", "롤 하이라이트"]);
        assert_eq!(split::<i32>(""), Ok(Vec::new()));
        assert!(split::<i32>("1,x").is_err());
    }
}
