//! `createtrend secrets`

use cli::secrets::create_missing;
use std::{collections::BTreeMap, fs, path::Path};

const TEMPLATE: &str = include_str!("../../../../deploy/rabbitmq/definitions.json");

/// Every file below `folder`, by relative path.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for subfolder in fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .filter(|subfolder| subfolder.path().is_dir())
    {
        for file in fs::read_dir(subfolder.path()).unwrap().map(Result::unwrap) {
            let name =
                format!("{}/{}", subfolder.file_name().display(), file.file_name().display());
            found.insert(name, fs::read_to_string(file.path()).unwrap());
        }
    }
    found
}

#[test]
fn missing_secrets_are_created_and_existing_ones_kept() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("template.json");
    fs::write(&template, TEMPLATE).unwrap();
    fs::create_dir(folder.path().join("rabbitmq")).unwrap();
    fs::write(folder.path().join("rabbitmq/rabbitmq_password"), "mine: \"quoted\"\n").unwrap();
    assert_eq!(create_missing(folder.path(), &template).unwrap().len(), 18);
    let first = files(folder.path());
    assert_eq!(first["rabbitmq/rabbitmq_password"], "mine: \"quoted\"\n");
    assert!(first["accounts/token_keys"].starts_with("k1:"));
    for name in ["accounts/password_key", "postgres/postgres_password", "auth/postgres_password"] {
        assert_eq!(first[name].len(), 48, "{name}");
    }
    assert!(create_missing(folder.path(), &template).unwrap().is_empty());
    assert_eq!(files(folder.path()), first);
}

#[test]
fn rabbitmq_definitions_contain_passwords() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("template.json");
    fs::write(&template, TEMPLATE).unwrap();
    create_missing(folder.path(), &template).unwrap();
    let created = files(folder.path());
    let definitions: serde_json::Value =
        serde_json::from_str(&created["servers/rabbitmq_definitions.json"]).unwrap();
    for (user, folder) in
        [("createtrend", "rabbitmq"), ("predict", "predict"), ("ai-worker", "ai-worker")]
    {
        let mut users = definitions["users"].as_array().unwrap().iter();
        let password = &users.find(|found| found["name"] == user).unwrap()["password"];
        assert_eq!(
            password.as_str(),
            Some(created[&format!("{folder}/rabbitmq_password")].as_str())
        );
    }
    assert!(!created["servers/rabbitmq_definitions.json"].contains('@'));
}
