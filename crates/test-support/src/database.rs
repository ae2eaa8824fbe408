//! An isolated database.

use crate::{gateway::project, secret_of, settings, unique};
use common::{
    db::{connect, migrate, tokio_config},
    settings::PostgresSettings,
};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
};
use tokio_postgres::NoTls;

/// Key of the advisory lock for creating the template; arbitrary.
const TEMPLATE_LOCK: i64 = 0x7465_6d70;

/// A migrated, empty database with the permissions of services; deleted on drop.
pub struct TestDatabase {
    settings: PostgresSettings,
}

impl TestDatabase {
    /// Creates a database from the template, which is created first if necessary.
    pub async fn create() -> Self {
        let template = template().await;
        Self::create_from(Some(&template)).await
    }

    /// The environment variable that selects it in a service.
    pub fn setting(&self) -> (&'static str, &str) {
        ("CREATETREND_POSTGRES__DATABASE", &self.settings.database)
    }

    /// The settings of a user with all permissions.
    pub fn settings(&self) -> &PostgresSettings {
        &self.settings
    }

    /// The settings of a service with its own role.
    pub fn settings_of(&self, service: &str) -> PostgresSettings {
        let password = secret_of(service, "postgres").expect("a password of the service");
        PostgresSettings {
            user: service.to_owned(),
            password: None,
            password_file: Some(password),
            ..self.settings.clone()
        }
    }

    /// A client for statements of the test itself.
    pub async fn client(&self) -> tokio_postgres::Client {
        client_of(&self.settings).await
    }

    /// Executes the statements of a fixture, in which `pg_temp.ago(days, 'HH:MM:SS')` is that time
    /// of day in Seoul, `days` days ago.
    pub async fn fill(&self, fixture: &str) {
        let ago = "CREATE FUNCTION pg_temp.ago(days int, clock time) RETURNS timestamptz
            LANGUAGE sql AS $$
                SELECT ((now() AT TIME ZONE 'Asia/Seoul')::date - days + clock)
                    AT TIME ZONE 'Asia/Seoul'
            $$";
        let client = self.client().await;
        client.batch_execute(ago).await.expect("pg_temp.ago is created");
        client.batch_execute(fixture).await.expect("the fixture is valid");
    }

    async fn create_from(template: Option<&str>) -> Self {
        let name = unique("test_");
        let server = client_of(&settings().postgres).await;
        let template = template.unwrap_or("template0");
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        server.batch_execute(&create).await.expect("the database is created");
        let settings = PostgresSettings { database: name, ..settings().postgres };
        Self { settings }
    }
}

/// An empty database without any table.
pub async fn unmigrated_database() -> TestDatabase {
    TestDatabase::create_from(None).await
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = self.settings.database.clone();
        // In its own runtime: the test's may be shutting down.
        let deletion = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let server = client_of(&settings().postgres).await;
                // WITH (FORCE) fails during autovacuum; a plain DROP cancels it, and waits for other
                // sessions to end.
                let sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = $1 AND backend_type = 'client backend'";
                server.execute(sessions, &[&name]).await?;
                server.batch_execute(&format!("DROP DATABASE IF EXISTS {name}")).await
            })
        });
        let result = deletion.join();
        assert!(
            std::thread::panicking() || matches!(result, Ok(Ok(()))),
            "the database of the test could not be dropped: {result:?}"
        );
    }
}

/// The names of all migrations, in order.
pub fn migration_names() -> Vec<String> {
    let folder = fs::read_dir(project().join("crates/common/migrations")).expect("migrations");
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("a name in UTF-8");
    let mut names: Vec<_> = folder.map(|entry| name(entry.expect("a migration"))).collect();
    names.sort();
    names
}

/// The permissions of services, granted by `createtrend migrate`.
fn permissions() -> String {
    let path = project().join("crates/cli/src/privileges.sql");
    fs::read_to_string(path).expect("the permissions of services")
}

/// The name of the template, which contains a hash of the migrations and permissions.
async fn template() -> String {
    let mut hasher = DefaultHasher::new();
    migration_names().hash(&mut hasher);
    permissions().hash(&mut hasher);
    let name = format!("template_{:016x}", hasher.finish());
    let server = client_of(&settings().postgres).await;
    let lock = format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})");
    server.batch_execute(&lock).await.expect("the lock of the template");
    let found = server
        .query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name])
        .await
        .expect("a list of databases");
    if found.is_none() {
        create_template(&server, &name).await;
    }
    name
}

/// Creates the template under a temporary name, so that it is never found incomplete.
async fn create_template(server: &tokio_postgres::Client, name: &str) {
    let draft = unique("draft_");
    server.batch_execute(&format!("CREATE DATABASE {draft} TEMPLATE template0")).await.unwrap();
    let target = PostgresSettings { database: draft.clone(), ..settings().postgres };
    // Migrations need a multi-thread runtime; a test may have another.
    let migration = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let connection = connect(&target).await.expect("a connection");
            migrate(connection).await.expect("the migrations run");
            let client = client_of(&target).await;
            client.batch_execute(&permissions()).await.expect("the permissions of services");
        });
    });
    migration.join().expect("the template is migrated");
    let rename = format!("ALTER DATABASE {draft} RENAME TO {name}");
    server.batch_execute(&rename).await.expect("the template is renamed");
}

/// A client whose connection closes when it is dropped.
async fn client_of(settings: &PostgresSettings) -> tokio_postgres::Client {
    let config = tokio_config(settings).expect("settings of PostgreSQL");
    let (client, connection) = config.connect(NoTls).await.expect("a connection to PostgreSQL");
    tokio::spawn(connection);
    client
}
