//! `createtrend import`: titles and properties of videos, and JSON of yt-dlp.

use crate::{
    import::import_with,
    import_formats::{Imported, two_rows},
    import_misread::{import, reports},
};
use ingest::import::ImportOptions;
use test_support::{
    dataset::{file, with_field},
    tables::query_value,
};

const DETAILS: &str = "SELECT string_agg(concat_ws(' ', video_id, coalesce(category::text, '-'),
    coalesce(duration_seconds::text, '-'), coalesce(live_state, '-'), coalesce(language, '-'),
    coalesce(comment_count::text, '-')), '; ' ORDER BY idx) FROM video";

async fn details(name: &str, content: impl AsRef<[u8]>) -> (String, String) {
    let imported = Imported::new().await;
    let summary = imported.import(name, content).await;
    (query_value(&imported.database, DETAILS).await, summary.to_string())
}

fn metadata(id: &str, more: &str) -> String {
    format!(
        r#"{{"id": "{id}", "title": "제목", "channel": "채널", "channel_id": "UC1",
        "timestamp": 1597028400, "extractor": "youtube", "view_count": 1000, "epoch": 1597190400{more}}}"#
    )
    .replace('\n', " ")
}

#[tokio::test]
async fn yt_dlp_properties_are_imported() {
    let live = r#", "duration": 3853.0, "comment_count": 7, "live_status": "was_live",
        "language": "ko", "categories": ["Music"], "width": 1920, "formats": [{"id": 1}]"#;
    let plain = r#", "live_status": "not_live", "categories": ["Unknown"], "duration": null"#;
    let text = metadata("fmt00000001", live) + "\n" + &metadata("fmt00000002", plain);
    let (details, summary) = details("videos.jsonl", text).await;
    assert_eq!(details, "fmt00000001 10 3853 ended ko 7; fmt00000002 - - none - -");
    assert!(summary.contains("keys not used: formats, width\n"), "{summary}");
}

#[tokio::test]
async fn properties_of_resources_are_imported() {
    let text = r#"{"items": [{"kind": "youtube#video", "id": "fmt00000001", "snippet": {
        "publishedAt": "2020-08-10T03:00:00Z", "channelId": "UC1", "title": "제목",
        "categoryId": "24", "defaultAudioLanguage": "ko", "liveBroadcastContent": "none"},
        "statistics": {"viewCount": "10", "commentCount": "3"},
        "contentDetails": {"duration": "PT1H2M", "definition": "hd"},
        "status": {"privacyStatus": "public"}}]}"#;
    let (details, summary) = details("20200812.json", text).await;
    assert_eq!(details, "fmt00000001 24 3720 - ko 3");
    assert!(summary.contains("keys not used: status\n"), "{summary}");
}

#[tokio::test]
async fn durations_and_comments_of_csv_are_imported() {
    let rows = two_rows().map(|row| with_field(row, "comment_count", "1,234"));
    for (name, duration) in [
        ("durationSec", "253"),
        ("duration", "PT4M13S"),
        ("duration", "253.0"),
        ("duration_iso8601", "PT4M13S"),
        ("Duration", "4:13"),
    ] {
        let text = file(&rows)
            .replace("ratings_disabled", name)
            .replace(",False,False,", &format!(",False,{duration},"));
        let (details, _) = details("a.csv", text).await;
        let expected = "fmt00000001 24 253 - - 1234; fmt00000002 24 253 - - 1234";
        assert_eq!(details, expected, "{name} {duration}");
    }
}

#[tokio::test]
async fn null_elements_are_counted_and_reports_name_the_element() {
    let broken = metadata("fmt00000002", "").replace("1000", "\"many\"");
    let unnamed = metadata("", "").replace(r#""id": "", "#, "");
    let text = format!(
        r#"{{"_type": "playlist", "entries": [null, {}, null, {broken}, {unnamed}]}}"#,
        metadata("fmt00000001", "")
    );
    let imported = Imported::new().await;
    let rejects = Some(imported.files.path("rejects"));
    let options = ImportOptions { rejects, ..imported.options("list.json", text) };
    let summary = import_with(&imported.database, options).await.unwrap();
    assert_eq!((summary.rows, summary.rejected, summary.nulls), (1, 2, 2));
    assert!(summary.to_string().contains("2 empty elements (null) ignored"), "{summary}");
    let reports = std::fs::read_to_string(imported.files.path("rejects")).unwrap();
    for report in [
        "list.json:1: element 4, id \"fmt00000002\": view_count is not a count: \"many\"\n",
        "list.json:1: element 5, id \"UC1\": video_id is missing\n",
    ] {
        assert!(reports.contains(report), "{report}: {reports}");
    }
}

#[tokio::test]
async fn unknown_category_language_and_live_state_are_reported() {
    let table = "video_id,title,publishedAt,channelId,date,view_count,category_id,language,live_status\n\
        fmt00000001,제목,2020-08-10,UC1,2020-08-12,10,999,Korean,banana\n\
        fmt00000002,제목,2020-08-10,UC1,2020-08-12,10,44,ko-KR,is_upcoming\n";
    let reports = reports("a.csv", table).await;
    let expected = [
        "category_id is not a YouTube category: \"999\"",
        "language is not a language tag such as ko: \"Korean\"",
        "live_status is not a live state: \"banana\"",
    ]
    .map(|issue| format!("2: {issue}; the value is ignored; the row is imported\n"));
    assert_eq!(reports, expected.concat());
}

#[tokio::test]
async fn html_entities_in_titles_are_decoded_and_reported() {
    for (title, stored, is_reported) in [
        ("A &amp; B &#39;live&#39;", "A & B 'live'", true),
        ("A & B &amp; C", "A & B &amp; C", false),
        ("A & B", "A & B", false),
    ] {
        let imported = Imported::new().await;
        let rows = two_rows().map(|row| with_field(row, "title", title));
        let (summary, reports) = import(&imported, imported.options("a.csv", file(&rows))).await;
        assert_eq!(summary.unwrap().rows, 2, "{title}");
        assert_eq!(reports.contains("HTML entities"), is_reported, "{title}: {reports}");
        let sql = "SELECT video_name::text FROM video LIMIT 1";
        assert_eq!(query_value::<String>(&imported.database, sql).await, stored);
    }
}
