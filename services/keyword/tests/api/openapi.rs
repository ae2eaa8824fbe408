//! The service's part of the OpenAPI document.

use serde_json::Value;

/// All that the document refers to.
fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => {
            let here = fields.get("$ref").and_then(Value::as_str);
            here.into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn what_the_document_refers_to_is_in_it() {
    let document = serde_json::to_value((keyword::service().openapi)()).expect("JSON");
    let references = references(&document);
    assert!(references.contains(&"#/components/schemas/FoundVideo"), "{references:?}");
    for reference in references {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
    }
}
