//! Where settings come from, and the order in which they count.

use super::CommonSettings;
use config::{Config, ConfigError, Environment, File, FileFormat, Map, Value, ValueKind};
use serde::de::DeserializeOwned;
use std::{collections::HashMap, env};

/// Every environment variable with this start is a setting.
pub const ENVIRONMENT_PREFIX: &str = "CREATETREND_";

/// The environment variable that names the settings file.
pub const FILE_VARIABLE: &str = "CREATETREND_SETTINGS_FILE";

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A source cannot be read, a key is unknown, or a value has the wrong type.
    #[error("settings: {0}")]
    Invalid(#[from] ConfigError),
    /// A secret has no default and was not given.
    #[error(
        "settings: {section}.{key} is missing: set CREATETREND_{}__{}_FILE to a file that holds it",
        section.to_uppercase(),
        key.to_uppercase()
    )]
    MissingSecret {
        /// The section.
        section: &'static str,
        /// The secret's name in it.
        key: &'static str,
    },
    /// The file that should hold a secret cannot be read.
    #[error("settings: the secret's file {path} cannot be read: {error}")]
    SecretFile {
        /// The file.
        path: String,
        /// What is wrong with it.
        error: std::io::Error,
    },
    /// A value has the right type but cannot be used.
    #[error("settings: {0}")]
    Unusable(String),
}

/// The settings of one process: the common part, and the service's own section.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What every process knows.
    pub common: CommonSettings,
    own: Value,
}

impl Settings {
    /// Reads the settings of the service `name` from its defaults, the file named by
    /// [`FILE_VARIABLE`] and this process' environment.
    ///
    /// `defaults` is TOML. Besides common sections it may hold the section `[<name>]`,
    /// which is the service's own and is read with [`Settings::own`]; a variable of the
    /// environment has no `-` in its name, so the section has `_` in its place.
    pub fn load(name: &str, defaults: &str) -> Result<Self, SettingsError> {
        let texts = env::vars_os()
            .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)));
        Self::from_environment(name, defaults, texts.collect())
    }

    /// As [`Settings::load`], with the environment as a value.
    pub fn from_environment(
        name: &str,
        defaults: &str,
        mut environment: HashMap<String, String>,
    ) -> Result<Self, SettingsError> {
        let file = environment.remove(FILE_VARIABLE);
        environment.retain(|key, _| key.starts_with(ENVIRONMENT_PREFIX));
        let mut sources = Config::builder()
            .add_source(File::from_str(include_str!("defaults.toml"), FileFormat::Toml))
            .add_source(File::from_str(defaults, FileFormat::Toml));
        if let Some(path) = file {
            sources = sources.add_source(File::new(&path, FileFormat::Toml).required(true));
        }
        let variables = Environment::with_prefix(ENVIRONMENT_PREFIX.trim_end_matches('_'))
            .prefix_separator("_")
            .separator("__")
            .source(Some(environment));
        let mut sections: Map<String, Value> =
            sources.add_source(variables).build()?.try_deserialize()?;
        let own = sections
            .remove(&section(name))
            .unwrap_or_else(|| Value::from(Map::<String, Value>::new()));
        let common = Value::new(None, ValueKind::Table(sections)).try_deserialize()?;
        Ok(Self { common, own })
    }

    /// The service's own section. Its type should refuse unknown fields.
    pub fn own<T: DeserializeOwned>(&self) -> Result<T, SettingsError> {
        Ok(self.own.clone().try_deserialize()?)
    }
}

/// The section of a service's own settings.
fn section(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Own {
        limit: u32,
    }

    const DEFAULTS: &str = "[http]\nport = 17010\n[trends]\nlimit = 300";

    fn load(environment: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let environment =
            environment.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Settings::from_environment("trends", DEFAULTS, environment.collect())
    }

    #[test]
    fn the_service_overrides_common_defaults_and_the_environment_overrides_both() {
        let settings = load(&[("CREATETREND_HTTP__WORKERS", "2")]).unwrap();
        assert_eq!(settings.common.http.port, 17010);
        assert_eq!(settings.common.http.workers, 2);
        assert_eq!(settings.own::<Own>().unwrap().limit, 300);
        let settings = load(&[("CREATETREND_TRENDS__LIMIT", "5")]).unwrap();
        assert_eq!(settings.own::<Own>().unwrap().limit, 5);
    }

    #[test]
    fn a_file_counts_more_than_defaults_and_less_than_the_environment() {
        let folder = env::temp_dir().join(format!("settings-{}", uuid::Uuid::new_v4()));
        std::fs::write(&folder, "[http]\nworkers = 3\nhost = \"::1\"").unwrap();
        let file = (FILE_VARIABLE, folder.to_str().unwrap());
        let settings = load(&[file, ("CREATETREND_HTTP__WORKERS", "2")]).unwrap();
        std::fs::remove_file(&folder).unwrap();
        assert_eq!(settings.common.http.host, "::1");
        assert_eq!(settings.common.http.workers, 2);
    }

    #[test]
    fn unknown_keys_are_refused_wherever_they_stand() {
        for key in ["CREATETREND_HTTP__PROT", "CREATETREND_HTPP__PORT", "CREATETREND_PORT"] {
            let refusal = load(&[(key, "1")]).unwrap_err().to_string();
            assert!(refusal.contains("unknown field"), "{key}: {refusal}");
        }
        let settings = load(&[("CREATETREND_TRENDS__LIMITS", "1")]).unwrap();
        assert!(settings.own::<Own>().is_err());
    }

    #[test]
    fn a_secret_has_no_default_and_keeps_its_digits() {
        let missing = load(&[]).unwrap().common.postgres.password().unwrap_err().to_string();
        assert!(missing.contains("CREATETREND_POSTGRES__PASSWORD_FILE"), "{missing}");
        let given = load(&[("CREATETREND_POSTGRES__PASSWORD", "0123")]).unwrap().common.postgres;
        assert_eq!(given.password().unwrap().expose_secret(), "0123");
        assert!(!format!("{given:?}").contains("0123"));
    }
}
