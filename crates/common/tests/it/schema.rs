//! `schema.rs` says what the migrations leave behind.

use std::fmt::Write;
use test_support::Database;

const SCHEMA: &str = include_str!("../../src/db/schema.rs");

const COLUMNS: &str = "
    SELECT c.table_name, c.column_name, c.data_type, c.is_nullable = 'YES', t.key
    FROM information_schema.columns c
    JOIN (
        SELECT table_name, string_agg(column_name, ', ' ORDER BY ordinal_position) AS key
        FROM information_schema.table_constraints
        JOIN information_schema.key_column_usage USING (table_name, constraint_name)
        WHERE constraint_type = 'PRIMARY KEY'
        GROUP BY table_name
    ) t USING (table_name)
    WHERE c.table_schema = 'public' AND c.table_name <> '__diesel_schema_migrations'
    ORDER BY c.table_name, c.ordinal_position";

/// The tables of the database, as `schema.rs` writes them.
async fn tables(database: &Database) -> String {
    let client = database.client().await;
    let mut text = String::new();
    let mut open = String::new();
    for row in client.query(COLUMNS, &[]).await.unwrap() {
        let [table, column, kind, key] = [0, 1, 2, 4].map(|at| row.get::<_, String>(at));
        if table != open {
            if !open.is_empty() {
                text.push_str("    }\n}\n\n");
            }
            writeln!(text, "diesel::table! {{\n    {table} ({key}) {{").unwrap();
            open = table;
        }
        let kind = diesel_type(&kind);
        let kind = if row.get(3) { format!("Nullable<{kind}>") } else { kind.to_owned() };
        writeln!(text, "        {column} -> {kind},").unwrap();
    }
    text + "    }\n}\n"
}

fn diesel_type(name: &str) -> &'static str {
    match name {
        "integer" => "Int4",
        "bigint" => "Int8",
        "double precision" => "Float8",
        "boolean" => "Bool",
        "character varying" => "Varchar",
        "text" => "Text",
        "uuid" => "Uuid",
        "date" => "Date",
        "timestamp with time zone" => "Timestamptz",
        other => panic!("a type that schema.rs has not had yet: {other}"),
    }
}

#[tokio::test]
async fn the_schema_is_what_the_migrations_make() {
    let made = tables(&Database::create().await).await;
    assert!(SCHEMA.contains(&made), "schema.rs should hold:\n{made}");
}
