//! `createtrend secrets`: generates the secrets of a container installation.

use std::{
    fmt::Write as _,
    fs::{self, File, Permissions},
    io::{self, Read},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

const RANDOM_BYTES: usize = 24;

/// A secret: the folder of its readers, its file name, its prefix, and its placeholder in
/// `RabbitMQ`'s definitions.
struct Secret {
    folder: &'static str,
    name: &'static str,
    prefix: &'static str,
    placeholder: Option<&'static str>,
}

const SECRETS: [Secret; 19] = [
    // The owner of the database, and external AI servers.
    password("postgres", "postgres_password"),
    in_definitions("rabbitmq", "rabbitmq_password", "@PASSWORD@"),
    // A folder for each service: its role, and its user.
    password("trends", "postgres_password"),
    password("keyword", "postgres_password"),
    password("channel", "postgres_password"),
    password("video", "postgres_password"),
    password("auth", "postgres_password"),
    password("predict", "postgres_password"),
    in_definitions("predict", "rabbitmq_password", "@PREDICT_PASSWORD@"),
    password("ai-worker", "postgres_password"),
    in_definitions("ai-worker", "rabbitmq_password", "@AI_WORKER_PASSWORD@"),
    password("collector", "postgres_password"),
    password("collector", "simulator_key"),
    Secret { prefix: "k1:", ..password("accounts", "token_keys") },
    password("accounts", "password_key"),
    password("servers", "postgres_superuser_password"),
    in_definitions("servers", "rabbitmq_operator_password", "@OPERATOR_PASSWORD@"),
    password("monitoring", "grafana_password"),
    password("postgres-exporter", "postgres_password"),
];

const fn password(folder: &'static str, name: &'static str) -> Secret {
    Secret { folder, name, prefix: "", placeholder: None }
}

const fn in_definitions(
    folder: &'static str,
    name: &'static str,
    placeholder: &'static str,
) -> Secret {
    Secret { folder, name, prefix: "", placeholder: Some(placeholder) }
}

/// The file of `RabbitMQ`'s definitions, which contain passwords.
const DEFINITIONS: &str = "servers/rabbitmq_definitions.json";

/// A secret that cannot be created.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub struct SecretsError {
    path: PathBuf,
    error: io::Error,
}

/// Creates the missing secrets below `folder`, and `RabbitMQ`'s definitions from `template`.
/// Returns the names of the created secrets; existing ones are kept.
pub fn create_missing(folder: &Path, template: &Path) -> Result<Vec<&'static str>, SecretsError> {
    let mut created = Vec::new();
    let mut definitions = read(template)?;
    for secret in &SECRETS {
        let path = folder.join(secret.folder).join(secret.name);
        let value = match fs::read_to_string(&path) {
            Ok(value) if !value.trim().is_empty() => value,
            Ok(_) => generate(secret, &path, &mut created)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                generate(secret, &path, &mut created)?
            }
            Err(error) => return Err(SecretsError { path, error }),
        };
        if let Some(placeholder) = secret.placeholder {
            let text = serde_json::Value::from(value.trim_end()).to_string();
            definitions = definitions.replace(&format!("\"{placeholder}\""), &text);
        }
    }
    write(&folder.join(DEFINITIONS), &definitions)?;
    Ok(created)
}

fn generate(
    secret: &Secret,
    path: &Path,
    created: &mut Vec<&'static str>,
) -> Result<String, SecretsError> {
    let source = Path::new("/dev/urandom");
    let mut bytes = [0; RANDOM_BYTES];
    File::open(source)
        .and_then(|mut random| random.read_exact(&mut bytes))
        .map_err(|error| SecretsError { path: source.to_owned(), error })?;
    let mut value = secret.prefix.to_owned();
    for byte in bytes {
        // Writing to a string cannot fail.
        _ = write!(value, "{byte:02x}");
    }
    write(path, &value)?;
    created.push(secret.name);
    Ok(value)
}

fn read(path: &Path) -> Result<String, SecretsError> {
    fs::read_to_string(path).map_err(|error| SecretsError { path: path.to_owned(), error })
}

/// Writes atomically: readers never see a partial secret.
fn write(path: &Path, text: &str) -> Result<(), SecretsError> {
    let failed = |error| SecretsError { path: path.to_owned(), error };
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(failed)?;
    let temporary = path.with_extension("new");
    fs::write(&temporary, text).map_err(failed)?;
    fs::set_permissions(&temporary, Permissions::from_mode(0o444)).map_err(failed)?;
    fs::rename(&temporary, path).map_err(failed)
}
