use super::*;
use crate::files::RowIssue;

const HEADER: &str = "video_id,title,publishedAt,channelId,trending_date,view_count";

/// The observations and the issues of a file.
fn read(content: &str) -> (Vec<VideoObservation>, Vec<RowIssue>) {
    let mut table = open(content).unwrap();
    let (mut rows, mut issues) = (Vec::new(), Vec::new());
    while let Some(parsed) = table.next_row() {
        rows.extend(parsed.row);
        issues.extend(parsed.issues);
    }
    (rows, issues)
}

fn open(content: &str) -> Result<Table<VideoObservation, &[u8]>, FileError> {
    Table::read(Path::new("-"), content.as_bytes(), ReadOptions::default())
}

fn views(content: &str) -> Vec<i64> {
    read(content).0.iter().map(|row| row.views).collect()
}

#[test]
fn counts_with_points_as_thousands_are_reported() {
    let rows = "row00000001,a,2026-11-10,UC1,2026-11-20,12.000\n\
        row00000002,b,2026-11-10,UC1,2026-11-20,12.0\n";
    let content = format!("{HEADER}\n{rows}");
    let (column, value) = ("view_count".to_owned(), "12.000".to_owned());
    assert_eq!(read(&content).1, [RowIssue::PointsInCount { column, value }]);
    assert_eq!(views(&content), [12]);
}

#[test]
fn two_digit_years_are_accepted_only_in_data_set_of_2017() {
    let row = "row00000001,a,2017-11-13,UC1,17.05.12,5";
    let (column, value) = ("trending_date".to_owned(), "17.05.12".to_owned());
    assert_eq!(read(&format!("{HEADER}\n{row}\n")).1, [RowIssue::ShortYear { column, value }]);
    let (rows, _) = read(&format!("{HEADER},video_error_or_removed\n{row},False\n"));
    assert_eq!(rows[0].observed.to_rfc3339(), "2017-12-05T00:00:00+00:00");
}

fn days(content: &str) -> Vec<String> {
    read(content).0.iter().map(|row| row.observed.format("%d").to_string()).collect()
}

#[test]
fn json_with_some_yt_dlp_keys_is_read_as_rows() {
    let tracker = |more| {
        format!(
            r#"{{"id": "row00000001", "title": "a", "channel_id": "UC1", "view_count": 5,
            "upload_date": "2026-11-10", "channel_follower_count": 9, "webpage_url":
            "https://youtu.be/row00000001", {more}}}"#
        )
    };
    assert_eq!(days(&tracker(r#""collected_at": "2026-11-18""#)), ["18"]);
    assert_eq!(days(&tracker(r#""timestamp": 1795132800"#)), ["20"]);
    let videos = r#"[{"video_id": "row00000001", "title": "a", "upload_date": "2026-11-10",
        "channel_id": "UC1", "views": 1000, "updated_at": "2026-11-19"}]"#;
    assert_eq!((views(videos), days(videos)), (vec![1000], vec!["19".to_owned()]));
}

#[test]
fn keys_added_to_yt_dlp_metadata_are_read() {
    let text = r#"{"id": "row00000001", "title": "a", "channel_id": "UC1", "channel": "C",
        "view_count": 5, "upload_date": "20261110", "timestamp": 1794279600, "url": "x y",
        "epoch": 1795132800, "collected_at": "2026-11-19", "formats": [{"url": "u"}]"#;
    for keys in ["", r#", "extractor": "youtube""#] {
        let (rows, _) = read(&format!("{text}{keys}}}"));
        assert_eq!(rows[0].published.to_rfc3339(), "2026-11-10T03:00:00+00:00");
        assert_eq!(rows[0].observed.to_rfc3339(), "2026-11-19T00:00:00+00:00");
    }
}

#[test]
fn any_date_of_file_shows_order_of_day_and_month() {
    let row =
        |published: &str, observed: &str| format!("row00000001,a,{published},UC1,{observed},5\n");
    let file = |rows: &[String]| format!("{HEADER}\n{}", rows.concat());
    for (published, observed) in [
        ("05/11/2026 10:00", "14/11/2026"),
        ("11/5/2026 10:00 PM", "11/14/2026"),
        ("5.11.2026", "14.11.2026"),
    ] {
        let rows = [",,\n".to_owned(), row(published, observed)];
        assert_eq!(days(&file(&rows)), ["14"], "{published}");
    }
    let json = r#"[{"id": "row00000001", "title": "a", "publishedAt": "05/11/2026",
        "channelId": "UC1", "views": 5, "date": "14/11/2026"}]"#;
    assert_eq!(days(json), ["14"]);
    let mixed = file(&[row("05/11/2026", "14/11/2026"), row("05/11/2026", "11/14/2026")]);
    assert_eq!(read(&mixed).0, []);
}

#[test]
fn unusable_first_objects_are_rejected_rows() {
    let row = r#"{"id": "row00000001", "title": "a", "publishedAt": "2026-11-10",
        "channelId": "UC1", "views": 5, "date": "2026-11-20", "extra": 1}"#;
    for first in ["{}", "{\"id\": \"row00000002\", \"date\": null}", "{\"id\": tru}"] {
        let content = format!("[{first}, {row}, {first}]");
        let (rows, issues) = read(&content);
        assert_eq!((rows.len(), issues.len()), (1, 2), "{first}: {issues:?}");
        let mut table = open(&content).unwrap();
        assert_eq!(table.unused_columns(), ["extra"], "{first}");
        let entries = std::iter::from_fn(|| table.next_row()).filter_map(|row| row.entry);
        let numbers: Vec<_> =
            entries.map(|entry| entry.replace(", id \"row00000002\"", "")).collect();
        assert_eq!(numbers, ["element 1", "element 3"], "{first}");
    }
    assert!(open(&format!("[{}{row}]", "{},".repeat(100))).is_err());
}

#[test]
fn channel_without_id_gets_id_from_its_name() {
    let header = "video_id,title,publishedAt,channelId,channelTitle,trending_date,view_count";
    let channel = |id: &str, name: &str| {
        let content = format!("{header}\nrow00000001,a,2026-11-10,{id},{name},2026-11-20,5\n");
        let (rows, issues) = read(&content);
        rows.into_iter().next().map(|row| row.channel_id).ok_or(issues)
    };
    for id in ["", "nan", "@abc", "https://www.youtube.com/@abc", "youtube.com/user/abc"] {
        assert_eq!(channel(id, "C"), Ok("title:C".to_owned()), "{id}");
    }
    for id in ["17", "17.0", "채널", "Other Channel"] {
        assert_eq!(channel(id, "C"), Ok("title:C".to_owned()), "{id}");
    }
    assert_eq!(channel("UC1", "C"), Ok("UC1".to_owned()));
    let missing = RowIssue::Missing { field: "channelId".into() };
    assert_eq!(channel("nan", " "), Err(vec![missing]));
    let (column, value) = ("channelId".to_owned(), "@abc".to_owned());
    assert_eq!(channel("@abc", ""), Err(vec![RowIssue::Id { column, value }]));
    let (column, value) = ("channelId".to_owned(), "#NAME?".to_owned());
    assert_eq!(channel("#NAME?", "C"), Err(vec![RowIssue::Id { column, value }]));
}

#[test]
fn columns_of_flattened_responses_are_found() {
    let names = "id,snippet.title,snippet.publishedAt,snippet.channelId,contentDetails.duration,\
        snippet.thumbnails.high.url,statistics.viewCount,collected_at";
    for names in [names.to_owned(), names.replace('.', "_")] {
        let values = "row00000001,a,2026-11-10,UC1,PT4M13S,https://i/h.jpg,5,2026-11-20";
        let (rows, _) = read(&format!("{names}\n{values}\n"));
        assert_eq!(rows[0].details.duration_seconds, Some(253), "{names}");
        assert_eq!(rows[0].thumbnail_url.as_deref(), Some("https://i/h.jpg"), "{names}");
    }
}

#[test]
fn columns_of_the_video_are_preferred_in_a_joined_table() {
    let names = "video_id,title,videoTitle,publishedAt,contentDetails.videoPublishedAt,channelId,description,\
        video_description,collected_at,view_count";
    let values = "row00000001,list,video,2015-01-01,2026-11-10,UC1,a,b,2026-11-20,5";
    let (rows, _) = read(&format!("{names}\n{values}\n"));
    assert_eq!(rows[0].title, "video");
    assert_eq!(
        rows[0].published,
        "2026-11-10T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()
    );
    assert_eq!(rows[0].description.as_deref(), Some("b"));
}

#[test]
fn day_column_of_global_trending_data_set_is_found() {
    let header = HEADER.replace("trending_date", "video_trending__date");
    assert_eq!(days(&format!("{header}\nrow00000001,a,2026-11-10,UC1,2026-11-20,5\n")), ["20"]);
}

#[test]
fn disabled_counts_are_unknown() {
    let header =
        format!("{HEADER},likes,dislikes,comment_count,ratings_disabled,comments_disabled");
    let read_counts = |counts: &str| {
        let row = format!("row00000001,a,2026-11-10,UC1,2026-11-20,5,{counts}");
        let rows = read(&format!("{header}\n{row}\n")).0;
        (rows[0].likes, rows[0].dislikes, rows[0].details.comments)
    };
    assert_eq!(read_counts("0,0,0,True,True"), (None, None, None));
    assert_eq!(read_counts("0,0,0,False,False"), (Some(0), Some(0), Some(0)));
    assert_eq!(read_counts("1,0,3,true,true"), (Some(1), None, Some(3)));
}
