//! Former names of settings, accepted for one version.

use super::SettingsError;
use config::{Config, ConfigError, Map, Source, Value, ValueKind};

const AUTH_RATE_LIMITS: &[&str] = &[
    "auth.account",
    "auth.account_network",
    "auth.account_address",
    "auth.address",
    "auth.register",
];

/// The former and the current name of a key, which can be a table.
type Renaming = (&'static str, &'static str);

/// Renamed keys by section.
const RENAMED: [(&[&str], &[Renaming]); 14] = [
    (&["http"], &[("drain_ms", "shutdown_timeout_ms")]),
    (&["cache"], &[("fresh_ms", "ttl_ms")]),
    (
        &["postgres"],
        &[
            ("wait_ms", "acquire_timeout_ms"),
            ("connect_ms", "connect_timeout_ms"),
            ("statement_ms", "statement_timeout_ms"),
        ],
    ),
    (&["elasticsearch"], &[("deadline_ms", "search_timeout_ms")]),
    (&["rabbitmq"], &[("connect_ms", "connect_timeout_ms")]),
    (&["passwords"], &[("at_once", "max_concurrent"), ("waiting", "max_queued")]),
    (
        &["ai_worker"],
        &[("at_once", "max_concurrent"), ("job_ms", "job_timeout_ms"), ("tries", "max_deliveries")],
    ),
    (&["ai_worker.thumbnails"], &[("at_once", "max_concurrent"), ("fetch_ms", "fetch_timeout_ms")]),
    // Before the keys of the table under its current name.
    (&["auth"], &[("account_subnet", "account_address")]),
    (
        AUTH_RATE_LIMITS,
        &[
            ("free", "free_attempts"),
            ("first_ms", "first_delay_ms"),
            ("longest_ms", "max_delay_ms"),
            ("forget_ms", "reset_after_ms"),
        ],
    ),
    (&["channel"], &[("count_fresh_ms", "count_ttl_ms")]),
    (
        &["predict"],
        &[
            ("wait_ms", "reply_timeout_ms"),
            ("in_flight", "max_concurrent"),
            ("held_bytes", "max_buffered_bytes"),
            ("max_picture_bytes", "max_image_bytes"),
        ],
    ),
    (&["trends"], &[("made", "recent")]),
    (&["video"], &[("averages_fresh_ms", "averages_ttl_ms")]),
];

/// The content of `source` under current names. Adds a warning for each former one.
pub(super) fn with_current_names(
    source: impl Source + Send + Sync + 'static,
    warnings: &mut Vec<String>,
) -> Result<Config, SettingsError> {
    let mut config = Config::builder().add_source(source).build()?;
    let sections = RENAMED.iter().flat_map(|(sections, keys)| sections.iter().map(|s| (*s, *keys)));
    for (section, keys) in sections {
        let Some(table) = table_at(&mut config.cache, section) else { continue };
        for (former, current) in keys {
            let Some(value) = table.remove(*former) else { continue };
            if table.insert((*current).to_owned(), value).is_some() {
                let message =
                    format!("both {section}.{current} and its former name {former} are set");
                return Err(ConfigError::Message(message).into());
            }
            warnings.push(format!(
                "the setting {section}.{former} was renamed to {section}.{current}; the former \
                 name will be removed in the next version"
            ));
        }
    }
    Ok(config)
}

fn table_at<'a>(root: &'a mut Value, path: &str) -> Option<&'a mut Map<String, Value>> {
    path.split('.').try_fold(table_of(root)?, |table, name| table_of(table.get_mut(name)?))
}

fn table_of(value: &mut Value) -> Option<&mut Map<String, Value>> {
    match &mut value.kind {
        ValueKind::Table(table) => Some(table),
        _ => None,
    }
}
