//! `createtrend import`: files that could be read with wrong values.

use crate::{
    import::import_with,
    import_formats::{Imported, TWO_VIDEOS, error_of, stored, two_rows},
};
use encoding_rs::{EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_1252};
use ingest::import::{ImportError, ImportOptions, ImportSummary};
use test_support::{
    dataset::{file, with_field},
    tables::query_value,
};

const CHANNEL: &str = "UCabcdefghijklmnopqrstuv";

/// The summary of an import, and the rejects file without the path.
pub async fn import(
    imported: &Imported,
    options: ImportOptions,
) -> (Result<ImportSummary, ImportError>, String) {
    let rejects = imported.files.path("rejects");
    let name = format!("{}:", options.files[0].display());
    let options = ImportOptions { rejects: Some(rejects.clone()), ..options };
    let summary = import_with(&imported.database, options).await;
    (summary, std::fs::read_to_string(rejects).unwrap_or_default().replace(&name, ""))
}

/// The rejects file of an import.
pub async fn reports(name: &str, content: impl AsRef<[u8]>) -> String {
    let imported = Imported::new().await;
    import(&imported, imported.options(name, content)).await.1
}

#[tokio::test]
async fn western_and_japanese_text_is_rejected_with_its_encoding() {
    let reports_of = async |title: &str, encoding: &'static Encoding| {
        let row = with_field(two_rows()[0].clone(), "title", title);
        let row = with_field(with_field(row, "description", ""), "tags", "a");
        let text = file(&[with_field(row, "channelTitle", "b")]);
        reports("e.csv", encoding.encode(&text).0).await
    };
    for (title, encoding, name) in [
        ("Don’t Stop Me Now", WINDOWS_1252, "windows-1252"),
        ("VLOG EM SÃO PAULO", WINDOWS_1252, "windows-1252"),
        ("料理の作り方", SHIFT_JIS, "shift_jis"),
    ] {
        let reports = reports_of(title, encoding).await;
        assert!(reports.contains(&format!("(--encoding {name})")), "{title}: {reports}");
    }
}

#[tokio::test]
async fn short_chinese_and_japanese_text_is_rejected() {
    for (title, encoding) in [
        ("歌曲大全", GBK),
        ("周杰伦 告白气球", GBK),
        ("海底捞火锅", GBK),
        ("高画質 公開", EUC_JP),
        ("東京散歩", EUC_JP),
        ("¿¡Otra vez!?", WINDOWS_1252),
    ] {
        let row = with_field(two_rows()[0].clone(), "title", title);
        let row = with_field(with_field(row, "description", ""), "tags", "a");
        let text = file(&[with_field(row, "channelTitle", "b")]);
        let reports = reports("e.csv", encoding.encode(&text).0).await;
        let has_hint = reports.contains("--encoding");
        assert!(reports.contains("invalid UTF-8 in title") && has_hint, "{title}: {reports}");
    }
}

#[tokio::test]
async fn korean_line_that_is_valid_utf_8_too_is_read_as_its_file() {
    let [first, second] = two_rows();
    let row = with_field(first, "title", "KiiiKiii 키키 'BTG' MV");
    let row = with_field(with_field(row, "description", ""), "tags", "a");
    let text = file(&[with_field(row, "channelTitle", "b"), second]);
    let expected = "fmt00000001 KiiiKiii 키키 'BTG' MV 1000 100 2020-08-12 a; \
                    fmt00000002 제목 fmt00000002 1000 100 2020-08-12 먹방|브이로그";
    assert_eq!(stored("a.csv", EUC_KR.encode(&text).0).await, expected);
}

const SEVERAL_DAYS: &str = "video_id,title,publishedAt,channelId,views,seen
fmt00000001,제목,2020-08-09,UC1,100,8/10
fmt00000001,제목,2020-08-09,UC1,200,8/11
";

#[tokio::test]
async fn file_named_by_day_with_rows_of_several_days_is_rejected() {
    let error = error_of("videos-20200812.csv", SEVERAL_DAYS).await;
    assert!(error.contains("\"fmt00000001\" occurs with different views"), "{error}");
    let error = error_of("videos-20200810-20200812.csv", SEVERAL_DAYS).await;
    assert!(error.contains("no column has the day"), "{error}");
}

#[tokio::test]
async fn repeated_video_on_requested_day_causes_a_warning() {
    let imported = Imported::new().await;
    let options = imported.options("a.csv", SEVERAL_DAYS);
    let date = chrono::NaiveDate::from_ymd_opt(2020, 8, 12);
    let summary = import(&imported, ImportOptions { date, ..options }).await.0.unwrap();
    assert!(summary.warnings[0].contains("occur more than once on a day in 1 rows"), "{summary}");
}

#[tokio::test]
async fn own_days_of_rows_are_kept_in_file_named_by_day() {
    let korean = SEVERAL_DAYS.replace("seen", "수집일").replace("8/1", "2020-08-1");
    let mongo = r#"{"video_id": "fmt00000001", "title": "제목", "publishedAt": "2020-08-09",
        "channelId": "UC1", "views": {"$numberLong": "100"}, "collected_at": {"$date": "2020-08-10T00:00:00Z"}}"#;
    let mongo = mongo.replace('\n', " ");
    let mongo = format!("{mongo}\n{}", mongo.replace("08-10", "08-11").replace("100", "200"));
    for (name, text) in [("a-20200812.csv", korean), ("a-20200812.json", mongo)] {
        let imported = Imported::new().await;
        imported.import(name, text).await;
        let days = "SELECT string_agg(check_time::date || ' ' || views, '; ' ORDER BY check_time)
            FROM video_views";
        let days: String = query_value(&imported.database, days).await;
        assert_eq!(days, "2020-08-10 100; 2020-08-11 200", "{name}");
    }
}

#[tokio::test]
async fn timestamp_of_yt_dlp_table_is_not_the_observation() {
    const ROW: &str = "fmt00000001,제목,채널,UC1,20200810,1597028400,1000";
    let columns = "id,title,channel,channel_id,upload_date,timestamp,view_count";
    let with_epoch = format!("{columns},epoch\n{ROW},1597190400\n");
    let expected = "fmt00000001 제목 1000 - 2020-08-12";
    assert_eq!(stored("a.csv", with_epoch).await, expected);
    let named = format!("{columns}\n{ROW}\n");
    assert_eq!(stored("a-20200812.csv", &named).await, expected);
    let reports = reports("a.csv", named).await;
    assert!(reports.contains("timestamp is the publication"), "{reports}");
}

#[tokio::test]
async fn videos_of_other_sites_are_rejected() {
    let row = |id: &str| file(&[with_field(two_rows()[0].clone(), "video_id", id)]);
    for id in [
        "550e8400-e29b-41d4-a716-446655440001",
        "6543f0c0ffee000000000001",
        "7234567890123456789",
        "https://www.youtube.com/channel/UC12345678901",
    ] {
        let reports = reports("a.csv", row(id)).await;
        assert!(reports.contains("is not YouTube's id of a video"), "{id}: {reports}");
    }
    let other = reports("a.csv", row("https://www.facebook.com/watch?v=12345678901")).await;
    assert!(other.contains("video_id is not an id"), "{other}");
    let text = r#"{"id": "x8abcde", "title": "제목", "channel": "채널", "channel_id": "UC1",
        "upload_date": "20200810", "view_count": 1, "epoch": 1597190400, "extractor_key": "Dailymotion"}"#;
    let reports = reports("a.json", text).await;
    assert!(reports.contains("a video of \"Dailymotion\", not of YouTube"), "{reports}");
}

#[tokio::test]
async fn ids_are_found_beside_other_columns() {
    let row = |columns: &str, values: &str| {
        format!("title,published_at,date,views,{columns}\n제목,2020-08-09,2020-08-12,1,{values}\n")
    };
    for (columns, values, channel) in [
        ("id,channel", format!("fmt00000001,{CHANNEL}"), CHANNEL),
        ("id,channel_id,channel", "fmt00000001,17,채널".to_owned(), "title:채널"),
        ("id,channel_id,channel", "fmt00000001,17.0,채널".to_owned(), "title:채널"),
        ("id,channel_id,channel", "fmt00000001,다른 채널,채널".to_owned(), "title:채널"),
        (
            "id,channel_id,url",
            format!("fmt00000001,UC1,https://www.youtube.com/channel/{CHANNEL}"),
            "UC1",
        ),
    ] {
        let imported = Imported::new().await;
        imported.import("a.csv", row(columns, &values)).await;
        let ids = "SELECT video_id || ' ' || channel_id FROM video v
            JOIN channel c ON c.idx = v.channel_idx";
        let ids: String = query_value(&imported.database, ids).await;
        assert_eq!(ids, format!("fmt00000001 {channel}"), "{columns}");
    }
    let reports = reports("a.csv", row("id,channel_id", "fmt00000001,17")).await;
    assert!(reports.contains("channel_id is not an id: \"17\""), "{reports}");
}

#[tokio::test]
async fn row_with_separator_in_text_is_rejected_if_the_last_column_is_empty() {
    let text = "video_id,publishedAt,channelId,date,views,title,description
fmt00000001,2020-08-09,UC1,2020-08-12,1,먹방, 그리고 산책,
fmt00000002,2020-08-09,UC1,2020-08-12,1,제목,
fmt00000003,2020-08-09,UC1,2020-08-12,1,제목,
";
    assert_eq!(reports("a.csv", text).await, "2: 8 columns instead of 7\n");
}

#[tokio::test]
async fn joined_files_with_equal_columns_are_read() {
    let [first, second] = two_rows().map(|row| file(&[row]));
    let upper = second.replace("video_id,title", "VIDEO ID,Title");
    let reordered: Vec<Vec<&str>> = second
        .lines()
        .map(|line| {
            let mut columns: Vec<&str> = line.split(',').collect();
            columns.swap(8, 9);
            columns
        })
        .collect();
    let reordered: String = reordered.iter().map(|row| row.join(",") + "\n").collect();
    for joined in
        [format!("\u{feff}{first}\u{feff}{second}"), first.clone() + &upper, first + &reordered]
    {
        assert_eq!(stored("a.csv", joined).await, TWO_VIDEOS);
    }
}

#[tokio::test]
async fn titles_are_trimmed_and_thumbnails_are_urls() {
    let imported = Imported::new().await;
    let row = with_field(two_rows()[0].clone(), "title", "  제목  ");
    let row = with_field(row, "thumbnail_link", "images/a.jpg");
    imported.import("a.csv", file(&[row])).await;
    let texts = "SELECT video_name || ' ' || thumbnail_url FROM video";
    let texts: String = query_value(&imported.database, texts).await;
    assert_eq!(texts, "제목 https://i.ytimg.com/vi/fmt00000001/hqdefault.jpg");
}

#[tokio::test]
async fn invalid_properties_are_reported() {
    let text = "video_id,title,publishedAt,channelId,date,views,comments,category,duration
fmt00000001,제목,2020-08-09,UC1,2020-08-12,1,1.2K,음악,약 3분
";
    let reports = reports("a.csv", text).await;
    for part in [
        "comments is not a count",
        "category is not a YouTube category",
        "duration is not a duration",
    ] {
        assert!(reports.contains(part), "{reports}");
    }
}

#[tokio::test]
async fn rows_of_videos_do_not_rename_channels() {
    let imported = Imported::new().await;
    let text = "video_id,title,publishedAt,channelId,channelTitle,date,view_count,subscriber_count
fmt00000001,영상 제목,2020-08-09,UC1,채널 이름,2020-08-12,1000,5000
";
    let videos = imported.options("a.csv", text);
    let options = ImportOptions { channels: Some(videos.files[0].clone()), ..videos };
    import_with(&imported.database, options).await.unwrap();
    let names = "SELECT channel_name || ' ' || (SELECT count(*) FROM channel_views) FROM channel";
    assert_eq!(query_value::<String>(&imported.database, names).await, "채널 이름 0");
}

#[tokio::test]
async fn lists_in_rows_are_values() {
    let row = |id: &str, list: &str| {
        format!(
            r#"{{"video_id": "{id}", "title": "제목", "publishedAt": "2020-08-09", "channelId": "UC1",
            "date": "2020-08-12", "views": 1, "likes": 1{list}}}"#
        )
    };
    let list = r#", "channels": [{"id": "UC2"}], "items": ["PL1"]"#;
    let text = format!("[{}, {}]", row("fmt00000001", ""), row("fmt00000002", list));
    let expected = "fmt00000001 제목 1 1 2020-08-12; fmt00000002 제목 1 1 2020-08-12";
    assert_eq!(stored("a.json", text).await, expected);
}

#[tokio::test]
async fn unusable_files_are_described_briefly() {
    let day = r#""snippet": {"title": "t", "publishedAt": "2020-08-09T00:00:00Z", "channelId": "UC1"},
        "statistics": {"viewCount": "1"}"#;
    for (name, content, what) in [
        (
            "a.json",
            format!(r#"{{"items": [{{"etag": "x"}}, {{"id": "fmt00000001", {day}}}]}}"#),
            "no column has the day",
        ),
        (
            "a.json",
            r#"[["video_id"], ["fmt00000001"]]"#.to_owned(),
            "JSON of arrays without the names",
        ),
        (
            "a.json",
            r#"{"title": {"a": 1, "b": 2}, "views": {"a": 1, "b": 2}}"#.to_owned(),
            "JSON with rows or columns by key",
        ),
        (
            "a.csv",
            "\"video_id,title,publishedAt,channelId,views\"\n".to_owned(),
            "one quoted column each",
        ),
        ("a.csv", "video_id,title\ra,b\rc,d\n".to_owned(), "lines end in CR only"),
        ("a.csv", "lorem ipsum,".repeat(10_000), "the column video_id is missing"),
    ] {
        let error = error_of(name, content).await;
        assert!(error.contains(what) && error.len() < 1_000, "{error}");
    }
    let snippet = r#"{"items": [{"id": "fmt00000001", "snippet": {"title": "t",
        "publishedAt": "2020-08-09T00:00:00Z", "channelId": "UC1"}}]}"#;
    let reports = reports("a-20200812.json", snippet).await;
    assert!(reports.contains("statistics (part=snippet,statistics) is missing"), "{reports}");
}

#[tokio::test]
async fn repeated_standard_input_is_an_error() {
    let imported = Imported::new().await;
    let options =
        ImportOptions { channels: Some("-".into()), ..ImportOptions::new(vec!["-".into()]) };
    let error = import_with(&imported.database, options).await.unwrap_err();
    assert!(matches!(error, ImportError::RepeatedStandardInput), "{error}");
}

#[tokio::test]
async fn marker_of_missing_value_is_neither_id_nor_channel() {
    let rows = "video_id,title,publishedAt,channelTitle,date,views
nan,제목,2020-08-09,채널,2020-08-10,100
fmt00000001,제목,2020-08-09,nan,2020-08-10,100
";
    let reports = reports("e.csv", rows).await;
    assert!(reports.contains("2: video_id is missing"), "{reports}");
    assert!(reports.contains("3: channelId is missing"), "{reports}");
    let title = rows.replace("nan", "fmt00000002").replace("제목", "nan");
    assert!(stored("e.csv", title).await.contains("fmt00000002 nan 100"));
}

#[tokio::test]
async fn quotes_of_titles_between_tabs_are_kept() {
    let rows = "video_id\ttitle\tpublishedAt\tchannelId\tdate\tviews
fmt00000001\t\"인용\" 제목\t2020-08-09\tUC1\t2020-08-12\t1
fmt00000002\t\"열린 제목\t2020-08-09\tUC1\t2020-08-12\t2
fmt00000003\t\"제목\"\t2020-08-09\tUC1\t2020-08-12\t3
";
    let expected = "fmt00000001 \"인용\" 제목 1 - 2020-08-12; \
                    fmt00000002 \"열린 제목 2 - 2020-08-12; fmt00000003 제목 3 - 2020-08-12";
    assert_eq!(stored("a.tsv", rows).await, expected);
}

#[tokio::test]
async fn rows_with_two_carriage_returns_or_empty_urls_are_read() {
    let lines = [
        "id,url,title,publishedAt,channelId,view_count,collected_date",
        "fmt00000001,,제목,2020-08-09,UC1,100,2020-08-10",
        "",
    ];
    let imported = Imported::new().await;
    let options = imported.options("e-20200812.csv", lines.join("\r\r\n"));
    let (summary, reports) = import(&imported, options).await;
    assert_eq!((summary.unwrap().rejected, reports.as_str()), (0, ""));
    let day = "SELECT (check_time AT TIME ZONE 'UTC')::date::text FROM video_views";
    assert_eq!(query_value::<String>(&imported.database, day).await, "2020-08-10");
}

#[tokio::test]
async fn unquoted_separator_is_rejected_although_other_rows_have_empty_ends() {
    let rows = "video_id,publishedAt,channelId,date,view_count,title,tags,description
fmt00000001,2020-08-09,UC1,2020-08-10,1000,하나,먹방,브이로그,
fmt00000002,2020-08-09,UC1,2020-08-10,1000,둘,asmr,요리
fmt00000003,2020-08-09,UC1,2020-08-10,1000,셋,asmr,
";
    let reports = reports("e.csv", rows).await;
    assert!(reports.contains("2: 9 columns instead of 8"), "{reports}");
    assert!(!reports.contains("3:") && !reports.contains("4:"), "{reports}");
}

#[tokio::test]
async fn views_beside_total_views_are_ambiguous() {
    let error = async |name: &str, content: &str| {
        let imported = Imported::new().await;
        import(&imported, imported.options(name, content)).await.0.unwrap_err().to_string()
    };
    let table = "video_id,title,publishedAt,channelId,date,views,total_views\n\
        fmt00000001,제목,2020-08-10,UC1,2020-08-12,10,110\n";
    let expected = "the columns \"views\" and \"total_views\" may both be the views of the video up \
                    to then: remove or rename the one that is not";
    let found = error("a.csv", table).await;
    assert!(found.ends_with(expected), "{found}");
    let object = r#"{"video_id":"fmt00000001","title":"제목","publishedAt":"2020-08-10","channelId":"UC1",
        "date":"2020-08-12","views":10,"total_views":110}"#;
    let found = error("a.json", object).await;
    assert!(found.ends_with(expected), "{found}");
    let later = r#"{"video_id":"fmt00000002","title":"제목","publishedAt":"2020-08-10","channelId":"UC1",
        "date":"2020-08-12","view_count":10}"#;
    let reports = reports("a.json", format!("[{later},{object}]")).await;
    assert!(reports.contains("may both be the views of the video"), "{reports}");
    let analytics = error("a.csv", &table.replace("total_views", "averageViewDuration")).await;
    assert!(analytics.contains("a report of the YouTube Analytics API"), "{analytics}");
    let repeated = error("a.csv", &table.replace("total_views", "view_count")).await;
    assert!(repeated.contains("\"views\" and \"view_count\" may both be"), "{repeated}");
    // The name of the API is not ambiguous: the total is that of the channel.
    let imported = Imported::new().await;
    let table = table.replace("views,total", "view_count,total");
    assert_eq!(import(&imported, imported.options("a.csv", table)).await.0.unwrap().rows, 1);
}
