//! `createtrend secrets`: what containers share and nobody else may know.

use std::{
    fmt::Write as _,
    fs::{self, File, Permissions},
    io::{self, Read},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// Bytes out of the system's source of randomness in one secret.
const RANDOM_BYTES: usize = 24;

/// A secret: the folder of those who may read it, its name, what stands before the random
/// part, and how `RabbitMQ`'s definitions call it.
struct Secret {
    folder: &'static str,
    name: &'static str,
    start: &'static str,
    placeholder: Option<&'static str>,
}

const SECRETS: [Secret; 7] = [
    Secret { folder: "postgres", name: "postgres_password", start: "", placeholder: None },
    Secret {
        folder: "rabbitmq",
        name: "rabbitmq_password",
        start: "",
        placeholder: Some("@PASSWORD@"),
    },
    Secret { folder: "accounts", name: "token_keys", start: "k1:", placeholder: None },
    Secret { folder: "accounts", name: "password_key", start: "", placeholder: None },
    Secret { folder: "servers", name: "postgres_superuser_password", start: "", placeholder: None },
    Secret {
        folder: "servers",
        name: "rabbitmq_operator_password",
        start: "",
        placeholder: Some("@OPERATOR_PASSWORD@"),
    },
    Secret { folder: "monitoring", name: "grafana_password", start: "", placeholder: None },
];

/// Where `RabbitMQ`'s definitions go: they hold passwords.
const DEFINITIONS: &str = "servers/rabbitmq_definitions.json";

/// Why a secret cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub struct SecretsError {
    path: PathBuf,
    error: io::Error,
}

/// Makes the secrets that are missing below `folder`, and `RabbitMQ`'s definitions out of
/// `template`. Gives the names of those that were made.
///
/// What is there stays as it is. Whoever a folder is mounted for may read its files.
pub fn make(folder: &Path, template: &Path) -> Result<Vec<&'static str>, SecretsError> {
    let mut made = Vec::new();
    let mut definitions = read(template)?;
    for secret in &SECRETS {
        let path = folder.join(secret.folder).join(secret.name);
        let value = match fs::read_to_string(&path) {
            Ok(value) if !value.trim().is_empty() => value,
            Ok(_) => fresh(secret, &path, &mut made)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fresh(secret, &path, &mut made)?
            }
            Err(error) => return Err(SecretsError { path, error }),
        };
        if let Some(placeholder) = secret.placeholder {
            let text = serde_json::Value::from(value.trim_end()).to_string();
            definitions = definitions.replace(&format!("\"{placeholder}\""), &text);
        }
    }
    write(&folder.join(DEFINITIONS), &definitions)?;
    Ok(made)
}

fn fresh(
    secret: &Secret,
    path: &Path,
    made: &mut Vec<&'static str>,
) -> Result<String, SecretsError> {
    let source = Path::new("/dev/urandom");
    let mut bytes = [0; RANDOM_BYTES];
    File::open(source)
        .and_then(|mut random| random.read_exact(&mut bytes))
        .map_err(|error| SecretsError { path: source.to_owned(), error })?;
    let mut value = secret.start.to_owned();
    for byte in bytes {
        // Writing to a string cannot fail.
        _ = write!(value, "{byte:02x}");
    }
    write(path, &value)?;
    made.push(secret.name);
    Ok(value)
}

fn read(path: &Path) -> Result<String, SecretsError> {
    fs::read_to_string(path).map_err(|error| SecretsError { path: path.to_owned(), error })
}

/// Under another name first: nobody ever reads half a secret.
fn write(path: &Path, text: &str) -> Result<(), SecretsError> {
    let failed = |error| SecretsError { path: path.to_owned(), error };
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(failed)?;
    let unfinished = path.with_extension("new");
    fs::write(&unfinished, text).map_err(failed)?;
    fs::set_permissions(&unfinished, Permissions::from_mode(0o444)).map_err(failed)?;
    fs::rename(&unfinished, path).map_err(failed)
}
