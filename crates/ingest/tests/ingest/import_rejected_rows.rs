//! `createtrend import`: rejected and repaired rows.

use crate::import::{import_files, import_with};
use ingest::import::ImportOptions;
use test_support::{
    TestDatabase,
    dataset::{Files, file, header, line, video_row, with_field},
    tables::query_value,
};

/// Imports `content`; returns the stored videos and the rejects file without the file name.
async fn import_content(content: impl AsRef<[u8]>) -> (String, Vec<String>) {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let usual = ImportOptions::new(vec![files.write("kr.csv", content)]);
    let options = ImportOptions { rejects: Some(files.path("rejects")), ..usual };
    import_with(&database, options).await.unwrap();
    let reports = std::fs::read_to_string(files.path("rejects")).unwrap();
    let start = format!("{}:", files.path("kr.csv").display());
    let reports = reports.lines().map(|line| line.strip_prefix(&start).unwrap().to_owned());
    let videos = "SELECT coalesce(string_agg(video_id, ' ' ORDER BY idx), '') FROM video";
    (query_value(&database, videos).await, reports.collect())
}

/// A row without line breaks.
fn single_line_row(video_id: &str) -> Vec<String> {
    with_field(video_row(video_id, "UC1", 12, 100), "description", "")
}

#[tokio::test]
async fn import_reports_invalid_values_with_line_and_reason() {
    let cases = [
        ("video_id", "", "video_id is missing"),
        ("video_id", "#NAME?", "video_id is not an id: \"#NAME?\""),
        ("video_id", &"x".repeat(101), &format!("video_id is not an id: {:?}", "x".repeat(40))),
        ("video_id", "a\nb", "a line break in video_id"),
        ("channelId", &"x".repeat(201), &format!("channelId is not an id: {:?}", "x".repeat(40))),
        ("view_count", "-1", "view_count is not a count: \"-1\""),
        ("view_count", "1.5", "view_count is not a count: \"1.5\""),
        ("view_count", "many", "view_count is not a count: \"many\""),
        (
            "view_count",
            "9223372036854775808",
            "view_count is implausibly large: \"9223372036854775808\"",
        ),
        ("trending_date", "2020-13-12", "trending_date is not a date: \"2020-13-12\""),
        ("publishedAt", "", "publishedAt is not a date: \"\""),
        ("publishedAt", "2020-08-12\n", "a line break in publishedAt"),
        (
            "publishedAt",
            "2020-08-15T00:00:00Z",
            "observed on 2020-08-12, before the publication on 2020-08-15",
        ),
        ("title", "a\0b", "a NUL byte in title"),
    ];
    let (mut text, mut reports) = (header(), Vec::new());
    for (column, value, reason) in cases {
        reports.push(format!("{}: {reason}", text.matches('\n').count() + 1));
        text += &line(&with_field(video_row("bad", "UC1", 12, 1), column, value));
    }
    text += &line(&video_row("valid", "UC1", 12, 1));
    assert_eq!(import_content(text).await, ("valid".to_owned(), reports));
}

#[tokio::test]
async fn import_reports_malformed_rows() {
    let mut text = (header() + "a,b,c\n" + &line(&single_line_row("v1"))).into_bytes();
    text.extend(line(&single_line_row("v2")).trim_end().bytes());
    text.extend(b",17th\n");
    text.extend(line(&single_line_row("v3")).replacen("v3,", "\"v3\"!,", 1).bytes());
    text.extend(b"v4,\xff\xfe");
    text.extend(&line(&single_line_row("v4")).into_bytes()["v4,제목 v4".len()..]);
    text.extend(line(&single_line_row("v5")).bytes());
    let reports = [
        "2: 3 columns instead of 16",
        "4: 17 columns instead of 16",
        "5: text after the closing quote of column 1",
        "6: invalid UTF-8 in title",
    ];
    assert_eq!(import_content(text).await, ("v1 v5".to_owned(), reports.map(str::to_owned).into()));
}

#[tokio::test]
async fn import_with_unclosed_quote_rejects_one_row() {
    let mut text = header();
    text += &line(&video_row("v1", "UC1", 12, 1));
    text += &line(&single_line_row("v2")).replace("제목 v2", "\"제목 v2");
    text += &line(&video_row("v3", "UC1", 12, 1));
    text += &line(&single_line_row("v4")).replace("제목 v4", "제목 v4\"");
    text += &line(&single_line_row("v5"));
    let reports = ["5: a quote is opened and never closed".to_owned()];
    assert_eq!(import_content(text).await, ("v1 v3 v4 v5".to_owned(), reports.into()));
}

#[tokio::test]
async fn import_repairs_and_reports_minor_errors() {
    let long_tag = "가".repeat(101);
    let rows = [
        with_field(single_line_row("v1"), "tags", &format!("a|{long_tag}|b")),
        with_field(single_line_row("v2"), "title", "두\r\n줄"),
        with_field(single_line_row("v3"), "tags", "한\n태그|x"),
        with_field(single_line_row("v4"), "dislikes", "many"),
    ];
    let (videos, reports) = import_content(file(&rows)).await;
    assert_eq!(videos, "v1 v2 v3 v4");
    let expected = [
        "2: a tag of 101 characters is removed; the row is imported",
        "3: a line break in title becomes a space; the row is imported",
        "5: a line break in tags becomes a space; the row is imported",
        "7: dislikes is not a count: \"many\"; the value is ignored; the row is imported",
    ];
    assert_eq!(reports, expected);
}

#[tokio::test]
async fn repaired_texts_are_stored_as_reported() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let text =
        with_field(with_field(single_line_row("v1"), "title", "두\r\n줄"), "tags", "한\n태그|x");
    import_files(&database, &[files.write("kr.csv", file(&[text]))]).await.unwrap();
    let stored = "SELECT video_name || '; ' || string_agg(keyword, '|' ORDER BY k.idx)
        FROM video v JOIN video_keyword_new k ON k.video_idx = v.idx GROUP BY video_name";
    assert_eq!(query_value::<String>(&database, stored).await, "두 줄; 한 태그|x");
}

#[tokio::test]
async fn truncated_gzip_file_is_imported_up_to_the_truncation() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let rows: Vec<_> = (0..2_000).map(|number| single_line_row(&format!("v{number}"))).collect();
    let packed = std::fs::read(files.write_gzip("whole.gz", &[file(&rows).as_bytes()])).unwrap();
    let path = files.write("half.gz", &packed[..packed.len() / 2]);
    let usual = ImportOptions::new(vec![path]);
    let options = ImportOptions { rejects: Some(files.path("rejects")), ..usual };
    let summary = import_with(&database, options).await.unwrap();
    assert_eq!(summary.rejected, 1);
    assert!(summary.problems[0].contains("file incomplete"), "{summary}");
    assert!((100..2_000).contains(&summary.added.videos), "{summary}");
    let reports = std::fs::read_to_string(files.path("rejects")).unwrap();
    let line = format!("half.gz:{}: the rest of the file cannot be read", summary.rows + 2);
    assert!(reports.contains(&line), "{line}: {reports}");
}
