//! `createtrend user`

use cli::{
    cli::UserCommand,
    user::{Account, Outcome, UserError, run},
};
use common::{
    auth::{PasswordCheck, Passwords},
    settings::CommonSettings,
};
use std::{
    io::Write,
    process::{Command, Output, Stdio},
};
use test_support::{PASSWORD_KEY, TestDatabase};

/// An isolated database and its settings.
struct TestContext {
    database: TestDatabase,
    settings: CommonSettings,
}

impl TestContext {
    async fn new() -> Self {
        let database = TestDatabase::create().await;
        let mut settings = test_support::settings();
        settings.postgres = database.settings().clone();
        Self { database, settings }
    }

    /// Runs a subcommand; a password prompt is answered with `password`.
    async fn run(&self, command: UserCommand, password: &str) -> Result<Outcome, UserError> {
        run(command, &self.settings, || Ok(password.into())).await
    }

    async fn create(&self, name: &str) -> Result<Outcome, UserError> {
        self.run(UserCommand::Create { name: name.to_owned() }, "비밀번호").await
    }

    async fn accounts(&self) -> Vec<Account> {
        match self.run(UserCommand::List, "").await.unwrap() {
            Outcome::Accounts(accounts) => accounts,
            other => unreachable!("{other:?}"),
        }
    }

    /// Runs the binary with `input` on standard input.
    fn run_binary(&self, arguments: &[&str], input: &str) -> Output {
        let (name, database) = self.database.setting();
        let mut command = Command::new(env!("CARGO_BIN_EXE_createtrend"))
            .args(arguments)
            .env(name, database)
            .env("CREATETREND_PASSWORDS__KEY", PASSWORD_KEY)
            .env("CREATETREND_PASSWORDS__COST", "4")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Fails if the process exits before it reads.
        command.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        command.wait_with_output().unwrap()
    }

    /// The first column of the first row.
    async fn count(&self, query: &str) -> i64 {
        self.database.client().await.query_one(query, &[]).await.unwrap().get(0)
    }

    /// Creates two sessions for every account.
    async fn log_in(&self) {
        let tokens = "INSERT INTO auth_token
            SELECT gen_random_uuid(), id, now() + interval '1 day'
            FROM auth_user, generate_series(1, 2)";
        self.database.client().await.batch_execute(tokens).await.unwrap();
    }

    async fn tokens_of(&self, name: &str) -> i64 {
        let query = format!(
            "SELECT count(*) FROM auth_token JOIN auth_user ON id = user_id
             WHERE username = '{name}'"
        );
        self.count(&query).await
    }

    async fn check_password(&self, name: &str, password: &str) -> PasswordCheck {
        let query = "SELECT password FROM auth_user WHERE username = $1";
        let row = self.database.client().await.query_one(query, &[&name]).await.unwrap();
        let passwords = Passwords::new(&self.settings.passwords).unwrap();
        passwords.verify(password, row.get(0)).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn user_create_inserts_account_with_info_and_password() {
    let context = TestContext::new().await;
    assert_eq!(context.create(" ｍｉｎｊｉ ").await.unwrap().to_string(), "created minji");
    let [account] = &context.accounts().await[..] else { unreachable!("one account") };
    assert_eq!((account.username.as_str(), account.is_active), ("minji", true));
    assert_eq!(account.last_login, None);
    let infos = "SELECT count(*) FROM accounts_userinfo JOIN auth_user u ON u.id = user_id
        WHERE NOT is_staff AND NOT is_superuser AND email = ''";
    assert_eq!(context.count(infos).await, 1);
    assert_eq!(context.check_password("minji", "비밀번호").await, PasswordCheck::Correct);
}

#[tokio::test(flavor = "multi_thread")]
async fn user_create_with_invalid_input_is_rejected() {
    let context = TestContext::new().await;
    context.create("minji").await.unwrap();
    let taken = context.create("ｍｉｎｊｉ").await.unwrap_err();
    assert_eq!(taken.to_string(), r#"the account "minji" exists already"#);
    for name in ["min", "min ji", "minji!"] {
        assert!(matches!(context.create(name).await, Err(UserError::Username(..))), "{name}");
    }
    let short = context.run(UserCommand::Create { name: "junho".to_owned() }, "abc").await;
    assert!(matches!(short, Err(UserError::Password(_))), "{short:?}");
    assert_eq!(context.count("SELECT count(*) FROM accounts_userinfo").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn set_password_replaces_password_and_revokes_sessions() {
    let context = TestContext::new().await;
    context.create("minji").await.unwrap();
    context.create("junho").await.unwrap();
    context.log_in().await;
    let command = UserCommand::SetPassword { name: "minji".to_owned() };
    context.run(command, "다른 비밀번호").await.unwrap();
    assert_eq!(context.check_password("minji", "비밀번호").await, PasswordCheck::Incorrect);
    assert_eq!(context.check_password("minji", "다른 비밀번호").await, PasswordCheck::Correct);
    assert_eq!((context.tokens_of("minji").await, context.tokens_of("junho").await), (0, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn activate_restores_a_deactivated_account() {
    let context = TestContext::new().await;
    context.create("minji").await.unwrap();
    context.log_in().await;
    context.run(UserCommand::Deactivate { name: "minji".to_owned() }, "").await.unwrap();
    assert!(!context.accounts().await[0].is_active);
    assert_eq!(context.tokens_of("minji").await, 0);
    context.run(UserCommand::Activate { name: "minji".to_owned() }, "").await.unwrap();
    assert!(context.accounts().await[0].is_active);
}

#[tokio::test(flavor = "multi_thread")]
async fn revoke_tokens_keeps_account_active() {
    let context = TestContext::new().await;
    context.create("minji").await.unwrap();
    context.log_in().await;
    let command = UserCommand::RevokeTokens { name: "minji".to_owned() };
    let outcome = context.run(command, "").await.unwrap();
    assert_eq!(outcome.to_string(), "revoked 2 tokens of minji");
    assert_eq!(context.tokens_of("minji").await, 0);
    assert!(context.accounts().await[0].is_active);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_account_is_rejected_before_password_prompt() {
    let context = TestContext::new().await;
    let name = || "unknown".to_owned();
    for command in [
        UserCommand::Deactivate { name: name() },
        UserCommand::Activate { name: name() },
        UserCommand::SetPassword { name: name() },
        UserCommand::RevokeTokens { name: name() },
    ] {
        let result = run(command, &context.settings, || unreachable!("no prompt")).await;
        assert_eq!(result.unwrap_err().to_string(), r#"the account "unknown" does not exist"#);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn user_list_orders_accounts_by_id() {
    let context = TestContext::new().await;
    context.create("minji").await.unwrap();
    context.create("junho").await.unwrap();
    let login = "UPDATE auth_user SET last_login = '2026-11-21T01:21:48Z', is_active = false
        WHERE username = 'junho'";
    context.database.client().await.batch_execute(login).await.unwrap();
    let list = context.run(UserCommand::List, "").await.unwrap().to_string();
    let expected = "      id  state     last login        name
       1  active    never             minji
       2  inactive  2026-11-21 10:21  junho";
    assert_eq!(list, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn user_create_reads_piped_password_without_echo() {
    let context = TestContext::new().await;
    let created = context.run_binary(&["user", "create", "minji"], "비밀번호\n");
    assert!(created.status.success(), "{created:?}");
    assert_eq!(String::from_utf8_lossy(&created.stdout), "created minji\n");
    assert!(created.stderr.is_empty(), "{created:?}");
    assert_eq!(context.check_password("minji", "비밀번호").await, PasswordCheck::Correct);
    let again = context.run_binary(&["user", "create", "minji"], "비밀번호\n");
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&again.stderr),
        "createtrend: the account \"minji\" exists already\n"
    );
}

#[tokio::test]
async fn user_list_with_infinite_last_login_shows_never() {
    let context = TestContext::new().await;
    context.create("오늘의_먹방").await.unwrap();
    let update = "UPDATE auth_user SET last_login = 'infinity', date_joined = '-infinity'";
    context.database.client().await.batch_execute(update).await.unwrap();
    assert_eq!(context.accounts().await[0].last_login, None);
}
