//! The sources of settings, in order of precedence.

use super::{CommonSettings, renamed::with_current_names};
use config::{
    Config, ConfigError, Environment, File, FileFormat, FileSourceString, Map, Value, ValueKind,
};
use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::{collections::HashMap, env};

/// The prefix of environment variables that are settings.
pub const ENVIRONMENT_PREFIX: &str = "CREATETREND_";

/// The environment variable with the path of the settings file.
pub const FILE_VARIABLE: &str = "CREATETREND_SETTINGS_FILE";

const DEFAULTS: &str = include_str!("defaults.toml");

/// Invalid settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A source cannot be read, a key is unknown, or a value has the wrong type.
    #[error("settings: {0}")]
    Invalid(#[from] ConfigError),
    /// A required secret is not set.
    #[error(
        "settings: {section}.{key} is missing: set CREATETREND_{}__{}_FILE to the path of a file with the secret",
        section.to_uppercase(),
        key.to_uppercase()
    )]
    MissingSecret {
        /// The section.
        section: &'static str,
        /// The secret's name in it.
        key: &'static str,
    },
    /// The file of a secret cannot be read.
    #[error("settings: cannot read the secret file {path}: {error}")]
    SecretFile {
        /// The file.
        path: String,
        /// The I/O error.
        error: std::io::Error,
    },
    /// A value has the right type but is out of range or malformed.
    #[error("settings: {0}")]
    InvalidValue(String),
}

/// The settings of one process: the common part, and the service's own section.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Settings of all processes.
    pub common: CommonSettings,
    service_section: Value,
    /// Former names in use, one message each.
    warnings: Vec<String>,
}

impl Settings {
    /// Reads the settings of the service `name` from its defaults, the file named by
    /// [`FILE_VARIABLE`] and this process' environment.
    ///
    /// `defaults` is TOML. Besides common sections it may contain the section `[<name>]` of the
    /// service, which [`Settings::service_section`] returns. In the section's name `-` is replaced by `_`,
    /// because environment variables cannot contain `-`.
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
        let mut sources = Config::builder().add_source(toml(DEFAULTS)).add_source(toml(defaults));
        let mut warnings = Vec::new();
        if let Some(path) = file {
            let file = File::new(&path, FileFormat::Toml).required(true);
            sources = sources.add_source(with_current_names(file, &mut warnings)?);
        }
        let variables = Environment::with_prefix(ENVIRONMENT_PREFIX.trim_end_matches('_'))
            .prefix_separator("_")
            .separator("__")
            .source(Some(environment));
        let variables = with_current_names(variables, &mut warnings)?;
        let mut sections: Map<String, Value> =
            sources.add_source(variables).build()?.try_deserialize()?;
        let service_section = sections
            .remove(&section(name))
            .unwrap_or_else(|| Value::from(Map::<String, Value>::new()));
        let common = Value::new(None, ValueKind::Table(sections)).try_deserialize()?;
        Ok(Self { common, service_section, warnings })
    }

    /// A message for each setting that is set by its former name.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The service's own section. Its type should deny unknown fields.
    pub fn service_section<T: DeserializeOwned>(&self) -> Result<T, SettingsError> {
        Ok(self.service_section.clone().try_deserialize()?)
    }
}

/// JSON Schema of the settings `T`. Descriptions are the doc comments; `required` contains all
/// fields in the order of declaration.
pub(crate) fn schema<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::default().for_serialize();
    let settings = settings.with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>()
}

/// Schemas and defaults of the common settings and of the section of a service, whose schema is `section`.
pub(crate) fn reference(
    section: &Schema,
    defaults: &str,
) -> Result<serde_json::Value, ConfigError> {
    let parse = |text| Config::builder().add_source(toml(text)).build()?.try_deserialize();
    let (common, service): (serde_json::Value, serde_json::Value) =
        (parse(DEFAULTS)?, parse(defaults)?);
    Ok(json!({
        "common": { "schema": schema::<CommonSettings>(), "defaults": common },
        "service": { "schema": section, "defaults": service },
    }))
}

fn toml(text: &str) -> File<FileSourceString, FileFormat> {
    File::from_str(text, FileFormat::Toml)
}

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
    fn environment_overrides_service_defaults_and_common_defaults() {
        let settings = load(&[("CREATETREND_HTTP__WORKERS", "2")]).unwrap();
        assert_eq!(settings.common.http.port, 17010);
        assert_eq!(settings.common.http.workers, 2);
        assert_eq!(settings.service_section::<Own>().unwrap().limit, 300);
        let settings = load(&[("CREATETREND_TRENDS__LIMIT", "5")]).unwrap();
        assert_eq!(settings.service_section::<Own>().unwrap().limit, 5);
    }

    /// Loads a settings file with this content, and the environment.
    fn load_file(content: &str, variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let file = env::temp_dir().join(format!("settings-{}", uuid::Uuid::new_v4()));
        std::fs::write(&file, content).unwrap();
        let all = [&[(FILE_VARIABLE, file.to_str().unwrap())], variables].concat();
        let settings = load(&all);
        std::fs::remove_file(&file).unwrap();
        settings
    }

    #[test]
    fn environment_overrides_file_and_defaults() {
        let content = "[http]\nworkers = 3\nhost = \"::1\"";
        let settings = load_file(content, &[("CREATETREND_HTTP__WORKERS", "2")]).unwrap();
        assert_eq!(settings.common.http.host, "::1");
        assert_eq!(settings.common.http.workers, 2);
    }

    #[test]
    fn former_name_in_the_environment_sets_the_value_with_a_warning() {
        let former = ("CREATETREND_CACHE__FRESH_MS", "7");
        let settings = load(&[former]).unwrap();
        assert_eq!(settings.common.cache.ttl_ms.0, 7);
        assert_eq!(settings.warnings.len(), 1);
        assert!(settings.warnings[0].contains("cache.fresh_ms was renamed to cache.ttl_ms"));
        let error = load(&[former, ("CREATETREND_CACHE__TTL_MS", "8")]).unwrap_err().to_string();
        assert!(
            error.contains("both cache.ttl_ms and its former name fresh_ms are set"),
            "{error}"
        );
    }

    #[test]
    fn former_name_in_the_file_sets_the_value_with_a_warning() {
        let content = "[passwords]\nat_once = 3";
        let settings = load_file(content, &[]).unwrap();
        assert_eq!((settings.common.passwords.max_concurrent, settings.warnings.len()), (3, 1));
        let current = ("CREATETREND_PASSWORDS__MAX_CONCURRENT", "4");
        let settings = load_file(content, &[current]).unwrap();
        assert_eq!((settings.common.passwords.max_concurrent, settings.warnings.len()), (4, 1));
        assert!(load_file(&format!("{content}\nmax_concurrent = 3"), &[]).is_err());
    }

    #[test]
    fn former_name_of_a_table_is_accepted_with_a_warning() {
        let former = ("CREATETREND_TRENDS__MADE__STOP_KEYWORDS", "vlog");
        let warnings = load(&[former]).unwrap().warnings;
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains("trends.made was renamed to trends.recent"), "{warnings:?}");
    }

    #[test]
    fn former_names_of_timeouts_set_the_values_with_warnings() {
        let settings = load(&[
            ("CREATETREND_HTTP__DRAIN_MS", "1"),
            ("CREATETREND_POSTGRES__CONNECT_MS", "2"),
            ("CREATETREND_POSTGRES__STATEMENT_MS", "3"),
            ("CREATETREND_ELASTICSEARCH__DEADLINE_MS", "4"),
            ("CREATETREND_RABBITMQ__CONNECT_MS", "5"),
        ])
        .unwrap();
        let CommonSettings { http, postgres, elasticsearch, rabbitmq, .. } = &settings.common;
        assert_eq!(http.shutdown_timeout_ms.0, 1);
        assert_eq!(postgres.connect_timeout_ms.0, 2);
        assert_eq!(postgres.statement_timeout_ms.0, 3);
        assert_eq!(elasticsearch.search_timeout_ms.0, 4);
        assert_eq!(rabbitmq.connect_timeout_ms.0, 5);
        assert_eq!(settings.warnings.len(), 5);
    }

    #[test]
    fn former_name_in_a_renamed_table_is_accepted_with_two_warnings() {
        let former = ("CREATETREND_AUTH__ACCOUNT_SUBNET__FREE".to_owned(), "7".to_owned());
        let settings = Settings::from_environment("auth", "", [former].into_iter().collect());
        let warnings = settings.unwrap().warnings;
        assert_eq!(warnings.len(), 2);
        assert!(warnings[0].contains("auth.account_subnet was renamed to auth.account_address"));
        assert!(warnings[1].contains("auth.account_address.free was renamed"), "{warnings:?}");
    }

    #[test]
    fn unknown_key_in_any_section_returns_an_error() {
        for key in ["CREATETREND_HTTP__PROT", "CREATETREND_HTPP__PORT", "CREATETREND_PORT"] {
            let error = load(&[(key, "1")]).unwrap_err().to_string();
            assert!(error.contains("unknown field"), "{key}: {error}");
        }
        let settings = load(&[("CREATETREND_TRENDS__LIMITS", "1")]).unwrap();
        assert!(settings.service_section::<Own>().is_err());
    }

    #[test]
    fn secret_has_no_default_and_keeps_leading_zeros() {
        let missing = load(&[]).unwrap().common.postgres.password().unwrap_err().to_string();
        assert!(missing.contains("CREATETREND_POSTGRES__PASSWORD_FILE"), "{missing}");
        let settings = load(&[("CREATETREND_POSTGRES__PASSWORD", "0123")]).unwrap().common.postgres;
        assert_eq!(settings.password().unwrap().expose_secret(), "0123");
        assert!(!format!("{settings:?}").contains("0123"));
    }
}
