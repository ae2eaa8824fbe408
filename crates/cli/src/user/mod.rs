//! `createtrend user`

mod password;
mod store;

pub use password::from_terminal_or_stdin;
pub use store::Account;

use crate::cli::UserCommand;
use chrono::Utc;
use common::{
    auth::{
        Passwords,
        rules::{self, PasswordError, UsernameError},
    },
    db::connect,
    settings::{CommonSettings, SettingsError},
    time::SEOUL,
};
use diesel_async::AsyncPgConnection;
use secrecy::{ExposeSecret, SecretString};
use std::{fmt, io};

/// An account was not created or changed.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// PostgreSQL is unreachable.
    #[error("PostgreSQL: {0}")]
    Connection(#[from] diesel::ConnectionError),
    /// A statement failed.
    #[error("PostgreSQL: {0}")]
    Statement(#[from] diesel::result::Error),
    /// The name is invalid.
    #[error("invalid name {0:?}: {1}")]
    Username(String, UsernameError),
    /// The name is taken.
    #[error("the account {0:?} exists already")]
    Taken(String),
    /// No account has this name.
    #[error("the account {0:?} does not exist")]
    Unknown(String),
    /// The password is invalid.
    #[error("invalid password: {0}")]
    Password(#[from] PasswordError),
    /// The repeated password differs from the first.
    #[error("the passwords do not match")]
    Different,
    /// The password cannot be read.
    #[error("cannot read the password: {0}")]
    Input(#[from] io::Error),
    /// The password cannot be hashed.
    #[error("cannot hash the password: {0}")]
    Hash(common::Error),
}

/// The result of a command. Its `Display` is the command's output.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The change and the account's name.
    Done(&'static str, String),
    /// The number of tokens that were revoked, and the account's name.
    Revoked(usize, String),
    /// All accounts, ordered by id.
    Accounts(Vec<Account>),
}

/// Runs `command`; calls `read_password` if it needs one.
pub async fn run(
    command: UserCommand,
    settings: &CommonSettings,
    read_password: impl FnOnce() -> Result<SecretString, UserError>,
) -> Result<Outcome, UserError> {
    settings.postgres.password()?;
    let mut connection = connect(&settings.postgres).await?;
    let connection = &mut connection;
    match command {
        UserCommand::List => Ok(Outcome::Accounts(store::list_accounts(connection).await?)),
        UserCommand::Create { name } => {
            let name = rules::validate_username(&name)
                .map_err(|error| UserError::Username(name, error))?;
            if store::find_user_id(connection, &name).await?.is_some() {
                return Err(UserError::Taken(name));
            }
            let hash = read_and_hash(settings, read_password).await?;
            store::create_account(connection, &name, &hash, Utc::now()).await?;
            Ok(Outcome::Done("created", name))
        }
        UserCommand::SetPassword { name } => {
            let (id, name) = find(connection, &name).await?;
            let hash = read_and_hash(settings, read_password).await?;
            store::set_password(connection, id, &hash).await?;
            Ok(Outcome::Done("changed the password and revoked all sessions of", name))
        }
        UserCommand::Deactivate { name } => {
            let (id, name) = find(connection, &name).await?;
            store::deactivate(connection, id).await?;
            Ok(Outcome::Done("deactivated and revoked all sessions of", name))
        }
        UserCommand::Activate { name } => {
            let (id, name) = find(connection, &name).await?;
            store::activate(connection, id).await?;
            Ok(Outcome::Done("activated", name))
        }
        UserCommand::RevokeTokens { name } => {
            let (id, name) = find(connection, &name).await?;
            Ok(Outcome::Revoked(store::revoke_tokens(connection, id).await?, name))
        }
    }
}

/// The id and the normalized name of an account.
async fn find(connection: &mut AsyncPgConnection, name: &str) -> Result<(i32, String), UserError> {
    let name = rules::normalize_username(name);
    match store::find_user_id(connection, &name).await? {
        Some(id) => Ok((id, name)),
        None => Err(UserError::Unknown(name)),
    }
}

async fn read_and_hash(
    settings: &CommonSettings,
    read_password: impl FnOnce() -> Result<SecretString, UserError>,
) -> Result<String, UserError> {
    let passwords = Passwords::new(&settings.passwords)?;
    let password = read_password()?;
    rules::validate_password(password.expose_secret())?;
    passwords.hash(password.expose_secret()).await.map_err(UserError::Hash)
}

impl fmt::Display for Outcome {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(what, name) => write!(text, "{what} {name}"),
            Self::Revoked(count, name) => write!(text, "revoked {count} tokens of {name}"),
            Self::Accounts(accounts) => {
                write!(text, "{:>8}  {:<8}  {:<16}  name", "id", "state", "last login")?;
                accounts.iter().try_for_each(|account| write!(text, "\n{account}"))
            }
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, line: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, username, is_active, last_login } = self;
        let state = if *is_active { "active" } else { "inactive" };
        let login = last_login.map_or_else(
            || "never".to_owned(),
            |time| time.with_timezone(&SEOUL).format("%Y-%m-%d %H:%M").to_string(),
        );
        write!(line, "{id:>8}  {state:<8}  {login:<16}  {username}")
    }
}
