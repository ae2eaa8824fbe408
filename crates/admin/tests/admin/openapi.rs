//! The merged OpenAPI document.

use admin::openapi::merge;
use std::fs;

const PART: &str = r#"{
    "openapi": "3.1.0",
    "info": { "title": "part", "version": "1" },
    "paths": { "/api/PATH/": { "get": { "responses": { "200": { "description": "ok" } } } } }
}"#;

#[test]
fn all_parts_are_in_both_documents() {
    let folder = tempfile::tempdir().unwrap();
    let parts = ["one", "two"].map(|name| {
        let path = folder.path().join(name);
        fs::write(&path, PART.replace("PATH", name)).unwrap();
        path
    });
    merge(&parts, folder.path()).unwrap();
    for file in ["openapi.json", "openapi.yaml"] {
        let document = fs::read_to_string(folder.path().join(file)).unwrap();
        for text in ["/api/one/", "/api/two/", "CreateTrend", "3.1"] {
            assert!(document.contains(text), "{file} has no {text}");
        }
    }
}

#[test]
fn a_part_that_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("part.json");
    fs::write(&path, "not JSON").unwrap();
    let refused = merge(&[path], folder.path()).unwrap_err().to_string();
    assert!(refused.contains("part.json"), "{refused}");
}
