//! Tags as exports write them: separated, quoted, or as a list of JSON or Python.

use super::{
    fields::{decode_entities, is_missing},
    row_issue::RowIssue,
};
use crate::column_fit::MAX_TAG;

/// Parses `a|"b c"`, `a,b`, `a;b`, `["a", "b"]`, `['a', 'b']` or `[None]` into distinct tags, in
/// order, without HTML entities.
pub fn split_tags(text: &str, issues: &mut Vec<RowIssue>) -> Vec<String> {
    let text = unwrap_call(text.trim());
    if is_missing(text) || text.eq_ignore_ascii_case("[none]") {
        return Vec::new();
    }
    if let Some(list) = parse_list(text) {
        return distinct(list.iter().map(String::as_str), issues);
    }
    if text.contains('|') {
        return distinct(text.split('|'), issues);
    }
    if text.starts_with("['") || text.starts_with("[\"") {
        // A list that was truncated.
        let complete = text.rfind(',').map_or(String::new(), |end| format!("{}]", &text[..end]));
        if let Some(list) = parse_list(&complete).filter(|_| !text.ends_with(']')) {
            return distinct(list.iter().map(String::as_str), issues);
        }
    }
    let words = || text.split_whitespace();
    if words().count() > 1 && words().all(|word| word.starts_with('#') && word.len() > 1) {
        return distinct(words().map(|word| &word[1..]), issues);
    }
    if text.contains(';') && !text.contains(',') && !has_html_entity(text) {
        return distinct(text.split(';'), issues);
    }
    let text = unwrap_list(text).unwrap_or(text);
    distinct(split_quoted(text).into_iter(), issues)
}

/// Splits at commas outside quotes: `"a, b",c`. A quote that is not closed before a comma is
/// literal.
fn split_quoted(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = Some(text);
    while let Some(text) = rest {
        let start = text.len() - text.trim_start().len();
        let closed = text[start..].strip_prefix('"').and_then(|quoted| {
            let mut ends = quoted.match_indices('"').map(|(end, _)| start + end + 2);
            ends.find(|end| matches!(text[*end..].trim_start().chars().next(), None | Some(',')))
        });
        let end = text[closed.unwrap_or(0)..].find(',').map(|end| closed.unwrap_or(0) + end);
        parts.push(&text[..end.unwrap_or(text.len())]);
        rest = end.map(|end| &text[end + 1..]);
    }
    parts
}

/// Whether the text has an HTML entity such as `&amp;`, whose semicolon separates nothing.
fn has_html_entity(text: &str) -> bool {
    text.split('&').skip(1).any(|after| {
        let name = after.split(';').next().filter(|name| name.len() < after.len());
        name.is_some_and(|name| {
            !name.is_empty()
                && name.bytes().all(|byte| byte == b'#' || byte.is_ascii_alphanumeric())
        })
    })
}

fn distinct<'a>(tags: impl Iterator<Item = &'a str>, issues: &mut Vec<RowIssue>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for tag in tags {
        let tag = unquoted(tag.trim());
        let decoded = decode_entities(tag);
        let tag = decoded.as_deref().unwrap_or(tag);
        if tag.is_empty() || is_missing_marker(tag) {
            continue;
        }
        let length = tag.chars().count();
        if length > MAX_TAG {
            issues.push(RowIssue::LongTag { length });
        } else if !distinct.iter().any(|other| other == tag) {
            distinct.push(tag.to_owned());
        }
    }
    distinct
}

/// A marker of a missing value in a list.
fn is_missing_marker(tag: &str) -> bool {
    ["[none]", "[nan]", "[null]", "[[none]]"].iter().any(|marker| tag.eq_ignore_ascii_case(marker))
}

/// The list in `c("a", "b")` of R or `array(['a', 'b'], dtype=object)` of `numpy`.
fn unwrap_call(text: &str) -> &str {
    let call = |start| text.strip_prefix(start).and_then(|text| text.strip_suffix(')'));
    if let Some(list) = call("c(\"").or_else(|| call("c('")) {
        return &text[text.len() - list.len() - 3..];
    }
    let array = call("array(").filter(|list| list.starts_with('['));
    array.map_or(text, |list| list.rfind(']').map_or(text, |end| &list[..=end]))
}

/// The elements of `{a,"b c"}` of PostgreSQL, also a single one, or `[a, b]` of Java.
fn unwrap_list(text: &str) -> Option<&str> {
    let inner = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
        .or_else(|| text.strip_prefix('[').and_then(|text| text.strip_suffix(']')))?;
    let is_list = inner.contains(',') || text.starts_with('{');
    (!inner.contains(['[', ']', '{', '}']) && is_list).then_some(inner)
}

fn unquoted(tag: &str) -> &str {
    let inner = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    inner.map_or(tag, str::trim)
}

/// The strings of a list in the syntax of JSON or Python; `None` if `text` is not a list.
fn parse_list(text: &str) -> Option<Vec<String>> {
    let is_list = matches!(
        (text.chars().next()?, text.chars().last()?),
        ('[', ']') | ('(', ')') | ('{', '}')
    );
    if !is_list {
        return None;
    }
    if let Ok(list) = serde_json::from_str::<Vec<Option<String>>>(text) {
        return Some(list.into_iter().flatten().collect());
    }
    let mut rest = &text[1..text.len() - 1];
    let mut list = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', ',', '\n', '\t']);
        let Some(quote) = rest.chars().next() else { return Some(list) };
        if let Some(after) = rest.strip_prefix("None") {
            rest = after;
            continue;
        }
        if !matches!(quote, '\'' | '"') {
            return None;
        }
        let (tag, after) = parse_string(&rest[1..], quote)?;
        list.push(tag);
        rest = after;
    }
}

/// The string up to the closing `quote`, and the rest.
fn parse_string(text: &str, quote: char) -> Option<(String, &str)> {
    let mut string = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '\\' => match characters.next()?.1 {
                'n' | 't' | 'r' => string.push(' '),
                escaped => string.push(escaped),
            },
            _ if character == quote => return Some((string, &text[index + 1..])),
            _ => string.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> (Vec<String>, Vec<RowIssue>) {
        let mut issues = Vec::new();
        (split_tags(text, &mut issues), issues)
    }

    #[test]
    fn tags_are_trimmed_unquoted_and_deduplicated_in_order() {
        assert_eq!(tags("먹방| \"vlog \"|a|먹방||\"\"|\u{a0}b").0, ["먹방", "vlog", "a", "b"]);
        assert_eq!(tags("BTS|bts").0, ["BTS", "bts"]);
        assert_eq!(tags("먹방,브이로그").0, ["먹방", "브이로그"]);
        assert_eq!(tags("\"서울, 한국\",먹방, \"a\" ,b").0, ["서울, 한국", "먹방", "a", "b"]);
        assert_eq!(tags("\"a,b,5\" tv,").0, ["\"a", "b", "5\" tv"]);
        assert_eq!(tags("a \"b,c\"").0, ["a \"b", "c\""]);
        assert_eq!(tags("한 태그").0, ["한 태그"]);
        assert_eq!(tags("먹방;\"a b\"; 요리;").0, ["먹방", "a b", "요리"]);
        assert_eq!(tags("먹방, a;b").0, ["먹방", "a;b"]);
        assert_eq!(tags("R&amp;B").0, ["R&B"]);
    }

    #[test]
    fn lists_of_json_and_python_are_parsed() {
        assert_eq!(tags("[\"먹방\",\"a, b\"]").0, ["먹방", "a, b"]);
        assert_eq!(tags("['먹방', 'ASMR', \"it's\", 'it\\'s', None]").0, ["먹방", "ASMR", "it's"]);
        assert_eq!(tags("('a',)").0, ["a"]);
        assert_eq!(tags("['a' 'b']").0, ["a", "b"]);
        assert_eq!(tags("[먹방] 모음").0, ["[먹방] 모음"]);
    }

    #[test]
    fn lists_of_databases_and_languages_are_parsed() {
        for text in [
            "{먹방,\"a b\"}",
            "{\"먹방\",\"a b\"}",
            "[먹방, a b]",
            "c(\"먹방\", \"a b\")",
            "array(['먹방', 'a b'], dtype=object)",
            "array(['먹방' 'a b'])",
        ] {
            assert_eq!(tags(text).0, ["먹방", "a b"], "{text}");
        }
        assert_eq!(tags("{먹방}").0, ["먹방"]);
        assert_eq!(tags("{\"a b\"}").0, ["a b"]);
        assert_eq!(tags("[먹방]").0, ["[먹방]"]);
        assert_eq!(tags("c(1)").0, ["c(1)"]);
        assert_eq!(tags("#먹방 #asmr").0, ["먹방", "asmr"]);
        assert_eq!(tags("#asmr").0, ["#asmr"]);
        assert_eq!(tags("['먹방', 'a b', '브이").0, ["먹방", "a b"]);
        assert_eq!(tags("['A'] 노래, b").0, ["['A'] 노래", "b"]);
    }

    #[test]
    fn missing_value_markers_are_not_tags() {
        for text in
            ["[None]", "[nan]", "['']", "[none]", "", "[]", "nan", "NaN", "null", "None", "{}", "-"]
        {
            assert!(tags(text).0.is_empty(), "{text}");
        }
    }

    #[test]
    fn tag_over_100_characters_is_removed_and_reported() {
        let (fits, too_long) = ("가".repeat(100), "나".repeat(101));
        let (tags, issues) = tags(&format!("{too_long}|{fits}"));
        assert_eq!(tags, [fits]);
        assert_eq!(issues, [RowIssue::LongTag { length: 101 }]);
    }
}
