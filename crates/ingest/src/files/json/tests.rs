use super::*;
use proptest::{collection::vec, prelude::*, sample::select};

/// The lines and ids of objects, or the errors.
fn ids(text: &str) -> Vec<(u64, Result<String, String>)> {
    let mut reader = JsonReader::new(text.as_bytes());
    let mut ids = Vec::new();
    loop {
        match reader.next() {
            Ok(Some((line, Ok(object)))) => ids.push((line, Ok(object["id"].to_string()))),
            Ok(Some((line, Err(issue)))) => ids.push((line, Err(issue.to_string()))),
            Ok(None) => return ids,
            Err(error) => {
                ids.push((reader.stop(), Err(error.to_string())));
                return ids;
            }
        }
    }
}

fn found(lines: &[(u64, &str)]) -> Vec<(u64, Result<String, String>)> {
    lines.iter().map(|(line, id)| (*line, Ok((*id).to_owned()))).collect()
}

#[test]
fn objects_of_arrays_documents_and_lines_are_found() {
    let two = found(&[(1, "1"), (1, "2")]);
    for text in [
        r#"[{"id":1},{"id":2}]"#,
        r#"[[{"id":1}],[{"id":2}]]"#,
        r#"{"id":1}{"id":2}"#,
        r#"{"kind":"k","items":[{"id":1,"a":["]"]},{"id":2}],"page":{"n":["x\"]}"]}}"#,
        r#"[{"items":[{"id":1}]},{"items" : [ {"id":2}]}]"#,
        r#"{"at":"x","pages":[{"items":[{"id":1}],"n":1},{"items":[{"id":2}]}]}"#,
        r#"{"data":{"items":[{"id":1},{"id":2}]},"more":1}"#,
        r#"{"videos":[{"id":1}],"results":[{"id":2}]}"#,
        r#"{"videos":[],"n":"a,\"items\":[","items":[{"id":1},{"id":2}],"rows":[]}"#,
        r#"{"KR":{"a":[[1]],"items":[{"id":1}]},"US":{"items":[{"id":2}],"b":{"c":1}}}"#,
        "\u{feff}[{\"id\":1},{\"id\":2},]",
    ] {
        assert_eq!(ids(text), two, "{text}");
    }
    assert_eq!(ids("{\"id\":1}\n\n{\"id\":2}\r\n"), found(&[(1, "1"), (3, "2")]));
    assert_eq!(ids("{\n\"id\": 1\n}\n{\n\"id\": 2\n}"), found(&[(1, "1"), (4, "2")]));
    assert_eq!(ids("[]"), []);
    assert_eq!(ids(r#"{"items":[]}"#), []);
}

#[test]
fn arrays_of_names_and_numbers_are_row_values() {
    let two = found(&[(1, "1"), (1, "2")]);
    for text in [
        r#"[{"id":1,"channels":["a","b"],"n":1},{"id":2}]"#,
        r#"[{"data":[ 1, 2],"id":1},{"id":2,"rows":[],"results":[null]}]"#,
        r#"{"rows":[{"id":1}],"data":[1],"results":[{"id":2,"data":[[1]]}]}"#,
        r#"{"id":"PL1","entries":[null,{"id":1},{"id":2}]}"#,
        r#"{"results":[null,{"id":1},{"id":2}]}"#,
    ] {
        assert_eq!(ids(text), two, "{text}");
    }
    let seen = ids("{\"id\":1}\n{\"id\":2,\"data\":[\n{\"id\":3}\n");
    assert!(seen.len() == 3 && seen[1].1.is_err(), "{seen:?}");
}

#[test]
fn lists_of_objects_in_rows_are_values() {
    let playlist = r#"{"id":"PL1234567890","title":"t","view_count":1,"entries":[{"id":1}]}"#;
    assert_eq!(ids(playlist), found(&[(1, "1")]));
    for key in ["videos", "items", "channels", "data", "2026-11-21"] {
        for id in [r#""id":"abcdefghij1""#, r#""id":1,"video_id":"abcdefghij1""#] {
            let text = format!(
                r#"[{{{id},"title":"t","views":1,"x":{{"{key}":[{{"id":3}}]}}}},{{"id":2}}]"#
            );
            let seen = ids(&text);
            assert!(seen.len() == 2 && seen[1] == (1, Ok("2".into())), "{text}: {seen:?}");
        }
    }
}

#[test]
fn fields_of_wrapper_objects_are_found() {
    let text = r#"{"at":"a","n":[1],"response":{"kind":"k","items":[{"id":1}]},"x":1}
        {"2026-11-18":{"items":[{"id":2}]},"2026-11-19":[{"id":3}],"at":"b,","rows":[{"id":4}]}
        [{"items":[{"id":5}],"at":"c"}]"#;
    let mut reader = JsonReader::new(text.as_bytes());
    let mut seen = Vec::new();
    while let Some((_, object)) = reader.next().unwrap() {
        let field = |name: &str| reader.enclosing_fields().find_map(|fields| fields.get(name));
        let text = |name: &str| field(name).map_or("-", |field| field.as_str().unwrap()).to_owned();
        let id = object.unwrap()["id"].to_string();
        seen.push([id, text("at"), text("date"), text("kind"), text("n")].join(" "));
    }
    let expected =
        ["1 a - k -", "2 - 2026-11-18 - -", "3 - 2026-11-19 - -", "4 b, - - -", "5 - - - -"];
    assert_eq!(seen, expected);
}

#[test]
fn invalid_line_affects_one_object() {
    let seen = ids("{\"id\":1}\n{\"id\":\"a\n{\"id\":3}\nnull\n{\"id\" 5}\n{\"id\":6}\n");
    assert_eq!(
        [&seen[0], &seen[2], &seen[4]],
        [&(1, Ok("1".into())), &(3, Ok("3".into())), &(6, Ok("6".into()))]
    );
    assert!(seen[1].1.is_err() && seen[3].1.is_err());
}

#[test]
fn values_between_objects_are_reported_and_null_is_counted() {
    let seen = ids(r#"[null,{"id":1},"text",nul,{"id":2}, null ]"#);
    let objects: Vec<&str> = seen.iter().filter_map(|(_, id)| id.as_deref().ok()).collect();
    assert_eq!((objects, seen.len()), (vec!["1", "2"], 4));
    let mut reader = JsonReader::new(&b"{\"entries\": [null, {\"id\": 1}, null]}"[..]);
    assert!(reader.next().unwrap().is_some_and(|(_, object)| object.is_ok()));
    assert_eq!(reader.element(), 2);
    assert!(reader.next().unwrap().is_none());
    assert_eq!((reader.take_nulls(), reader.take_nulls()), (2, 0));
}

#[test]
fn log_line_between_objects_is_one_error() {
    let seen = ids("{\"id\":1}\n[youtube] abc: Downloading, [x] {y}\n{\"id\":2}\n");
    assert_eq!([&seen[0], &seen[2]], [&(1, Ok("1".into())), &(3, Ok("2".into()))]);
    assert!(seen.len() == 3 && seen[1].1.as_ref().unwrap_err().contains("log"));
}

#[test]
fn truncated_text_is_an_error() {
    for text in [r#"[{"id":1},{"id":2"#, r#"[{"id":1},"#, r#"{"items":[{"id":1}]"#] {
        let seen = ids(text);
        assert_eq!(seen[0], (1, Ok("1".to_owned())), "{text}");
        assert!(seen[1].1.as_ref().unwrap_err().contains("truncated"), "{text}");
    }
}

#[test]
fn unbalanced_brackets_after_rows_do_not_hide_later_rows() {
    let text = r#"{"a":{"items":[{"id":1}]],"rows":[{"id":2}]}"#;
    assert_eq!(ids(text)[..2], found(&[(1, "1"), (1, "2")]));
}

#[test]
fn python_constants_and_trailing_commas_are_accepted() {
    let text = r#"{"id":1,"a":NaN,"b":[-Infinity,],"c":"NaN,}",}"#;
    assert_eq!(ids(text), found(&[(1, "1")]));
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(parts in vec(select(PARTS.as_slice()), 0..40)) {
        let text = parts.concat();
        let mut reader = JsonReader::new(text.as_bytes());
        while let Ok(Some(_)) = reader.next() {}
    }
}

const PARTS: [&str; 13] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    "\n",
    "\"",
    "null",
    "\"items\":",
    "\"2026-11-21\":",
    "\"date\":",
    "\"2026-11-21\"",
    "\"id\":1",
];
