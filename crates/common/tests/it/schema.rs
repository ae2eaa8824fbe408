//! `schema.rs` matches a migrated database.

use std::fmt::Write;
use test_support::TestDatabase;

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
    WHERE c.table_schema = 'public' AND c.table_name !~ $1
    ORDER BY c.table_name, c.ordinal_position";

/// Tables that are read by SQL text alone.
const NOT_IN_SCHEMA: &str =
    "^(__diesel_schema_migrations|collector_.*|data_source|import_shift|keyword(?!_list$).*)$";

/// The tables of the database in the format of `schema.rs`.
async fn tables(database: &TestDatabase) -> String {
    let client = database.client().await;
    let mut text = String::new();
    let mut current = String::new();
    for row in client.query(COLUMNS, &[&NOT_IN_SCHEMA]).await.unwrap() {
        let [table, column, kind, key] = [0, 1, 2, 4].map(|at| row.get::<_, String>(at));
        if table != current {
            if !current.is_empty() {
                text.push_str("    }\n}\n\n");
            }
            writeln!(text, "diesel::table! {{\n    {table} ({key}) {{").unwrap();
            current = table;
        }
        let kind = diesel_type(&kind);
        let kind = if row.get(3) { format!("Nullable<{kind}>") } else { kind.to_owned() };
        writeln!(text, "        {column} -> {kind},").unwrap();
    }
    text + "    }\n}\n"
}

fn diesel_type(name: &str) -> &'static str {
    match name {
        "smallint" => "Int2",
        "integer" => "Int4",
        "bigint" => "Int8",
        "double precision" => "Float8",
        "boolean" => "Bool",
        "character varying" => "Varchar",
        "text" => "Text",
        "uuid" => "Uuid",
        "date" => "Date",
        "timestamp with time zone" => "Timestamptz",
        other => panic!("no diesel type for {other}"),
    }
}

#[tokio::test]
async fn schema_matches_migrated_database() {
    let expected = tables(&TestDatabase::create().await).await;
    assert!(SCHEMA.contains(&expected), "schema.rs should contain:\n{expected}");
}
