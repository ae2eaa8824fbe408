//! `createtrend import`: all supported formats of files.

use crate::import::{import_files, import_with};
use encoding_rs::EUC_KR;
use ingest::import::{ImportOptions, ImportSummary};
use std::io::Write;
use test_support::{
    TestDatabase,
    dataset::{Files, file, header, line, video_row, with_field},
    tables::query_value,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Each video with its counts, days and tags.
const VIDEOS: &str = "SELECT coalesce(string_agg(concat_ws(' ', v.video_id, video_name, v.views,
        coalesce(likes::text, '-'), (w.check_time AT TIME ZONE 'UTC')::date,
        (SELECT string_agg(keyword, '|' ORDER BY k.idx)
            FROM video_keyword_new k WHERE k.video_idx = v.idx)), '; ' ORDER BY v.idx, w.check_time), '')
    FROM video v
    JOIN video_views w ON w.video_idx = v.idx
    LEFT JOIN video_likes l ON l.video_idx = v.idx AND l.check_time = w.check_time";

pub struct Imported {
    pub database: TestDatabase,
    pub files: Files,
}

impl Imported {
    pub async fn new() -> Self {
        Self { database: TestDatabase::create().await, files: Files::new() }
    }

    pub fn options(&self, name: &str, content: impl AsRef<[u8]>) -> ImportOptions {
        ImportOptions::new(vec![self.files.write(name, content)])
    }

    pub async fn import(&self, name: &str, content: impl AsRef<[u8]>) -> ImportSummary {
        import_with(&self.database, self.options(name, content)).await.unwrap()
    }

    pub async fn videos(&self) -> String {
        query_value(&self.database, VIDEOS).await
    }
}

/// The stored videos after importing a file into an empty database.
pub async fn stored(name: &str, content: impl AsRef<[u8]>) -> String {
    let imported = Imported::new().await;
    let summary = imported.import(name, content).await;
    assert!(summary.problems.is_empty(), "{name}: {summary}");
    imported.videos().await
}

/// The error of a file that cannot be imported.
pub async fn error_of(name: &str, content: impl AsRef<[u8]>) -> String {
    let imported = Imported::new().await;
    let options = imported.options(name, content);
    import_with(&imported.database, options).await.unwrap_err().to_string()
}

pub fn two_rows() -> [Vec<String>; 2] {
    ["fmt00000001", "fmt00000002"].map(|id| {
        let row = with_field(video_row(id, "UC1", 12, 1000), "description", "설명");
        with_field(row, "tags", "먹방|브이로그")
    })
}

pub const TWO_VIDEOS: &str = "fmt00000001 제목 fmt00000001 1000 100 2020-08-12 먹방|브이로그; \
                          fmt00000002 제목 fmt00000002 1000 100 2020-08-12 먹방|브이로그";

#[tokio::test]
async fn encodings_separators_and_line_endings_are_recognized() {
    let text = file(&two_rows());
    let utf_16: Vec<u8> =
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let separated = |separator: &str| text.replace(',', separator);
    for (name, content) in [
        ("plain.csv", text.clone().into_bytes()),
        ("bom.csv", format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()),
        ("cp949.csv", EUC_KR.encode(&text).0.into_owned()),
        ("utf-16.csv", utf_16),
        ("semicolon.csv", separated(";").into_bytes()),
        ("tab.tsv", separated("\t").into_bytes()),
        ("declared.csv", format!("sep=;\r\n{}", separated(";")).into_bytes()),
        ("blank-lines.csv", text.replace('\n', "\n\n,,,,,,,,,,,,,,,\n").into_bytes()),
        ("trailing-commas.csv", text.replace('\n', ",,\n").into_bytes()),
        ("wrong-extension.json", text.clone().into_bytes()),
    ] {
        assert_eq!(stored(name, content).await, TWO_VIDEOS, "{name}");
    }
}

#[tokio::test]
async fn forced_encoding_and_separator_are_used() {
    let imported = Imported::new().await;
    let text = file(&two_rows()).replace(',', "^");
    let options = ImportOptions {
        encoding: Some(encoding_rs::SHIFT_JIS),
        separator: Some(b'^'),
        ..imported.options("a.csv", encoding_rs::SHIFT_JIS.encode(&text.replace("먹방", "動画")).0)
    };
    import_with(&imported.database, options).await.unwrap();
    assert!(imported.videos().await.contains("動画"));
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn data_file_of_zip_archive_is_imported() {
    let text = file(&two_rows());
    let archive = zip(&[
        ("__MACOSX/._KR.csv", b"junk"),
        ("archive/KR.csv", text.as_bytes()),
        ("archive/KR_category_id.json", b"{}"),
    ]);
    assert_eq!(stored("archive.zip", &archive).await, TWO_VIDEOS);
    let error = error_of("cut.zip", &archive[..archive.len() / 2]).await;
    assert!(error.contains("incomplete or damaged ZIP archive"), "{error}");
    let two = zip(&[("a.csv", b"x"), ("b.csv", b"x")]);
    let error = error_of("two.zip", two).await;
    assert!(error.contains("2 data files (a.csv, b.csv)"), "{error}");
}

#[tokio::test]
async fn pipe_is_read_once() {
    let imported = Imported::new().await;
    let path = imported.files.path("pipe");
    let status = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(status.success());
    let writer = {
        let path = path.clone();
        std::thread::spawn(move || std::fs::write(path, file(&two_rows())).unwrap())
    };
    import_files(&imported.database, &[path]).await.unwrap();
    writer.join().unwrap();
    assert_eq!(imported.videos().await, TWO_VIDEOS);
}

#[tokio::test]
async fn column_names_of_other_exports_are_found() {
    let tracker = "\u{feff}snapshot_month,snapshot_utc,channel_id,channel_title,video_id,published_at,\
        title,duration_iso8601,view_count,like_count\n\
        2020-08,2020-08-12T00:26:46.333802+00:00,UC1,채널,fmt00000001,2020-08-10T03:00:00Z,제목,PT1M,\
        1234,\n";
    assert_eq!(stored("tracker.csv", tracker).await, "fmt00000001 제목 1234 - 2020-08-12");
    let other_case = file(&two_rows()).replace("publishedAt", "Published At");
    assert_eq!(stored("case.csv", other_case).await, TWO_VIDEOS);
    let flattened = "id,snippet.title,snippet.publishedAt,snippet.channelId,snippet.channelTitle,\
        statistics.viewCount,statistics.likeCount,collected_at\n\
        fmt00000001,제목,2020-08-10T03:00:00Z,UC1,채널,10,1.0,2020-08-12\n";
    assert_eq!(stored("flattened.csv", flattened).await, "fmt00000001 제목 10 1 2020-08-12");
}

#[tokio::test]
async fn day_of_observation_is_taken_from_option_or_file_name() {
    let text = "videoId,publishedAt,videoTitle,tags,viewCount,likeCount,dislikeCount,channelId\n\
        fmt00000001,2020-08-10T03:00:00Z,제목,\"먹방,브이로그\",1234,,,UC1\n";
    let expected = "fmt00000001 제목 1234 - 2020-08-12 먹방|브이로그";
    assert_eq!(stored("videolist_2020-08-12.csv", text).await, expected);
    let imported = Imported::new().await;
    let options = imported.options("videolist.csv", text);
    let error = import_with(&imported.database, options.clone()).await.unwrap_err().to_string();
    assert!(error.contains("give it as `--date DAY`"), "{error}");
    let date = chrono::NaiveDate::from_ymd_opt(2020, 8, 12);
    import_with(&imported.database, ImportOptions { date, ..options }).await.unwrap();
    assert_eq!(imported.videos().await, expected);
}

#[tokio::test]
async fn data_set_of_2017_without_channel_ids_is_imported() {
    let text = "video_id,trending_date,title,channel_title,category_id,publish_time,tags,views,likes,\
        dislikes,comment_count,thumbnail_link,comments_disabled,ratings_disabled,\
        video_error_or_removed,description\n\
        fmt00000001,17.14.11,제목,채널,24,2017-11-13T07:07:36.000Z,\"먹방|\"\"브이 로그\"\"\",1000,1,0,1,\
        https://i.ytimg.com/vi/x/default.jpg,False,False,False,첫째\\n둘째\n";
    let imported = Imported::new().await;
    imported.import("KRvideos.csv", text).await;
    assert_eq!(imported.videos().await, "fmt00000001 제목 1000 1 2017-11-14 먹방|브이 로그");
    let described = "SELECT channel_id || ' ' || channel_name || ' ' || video_description
        FROM video JOIN channel ON true";
    assert_eq!(
        query_value::<String>(&imported.database, described).await,
        "title:채널 채널 첫째\n둘째"
    );
}

fn resource(id: &str, statistics: &str) -> String {
    format!(
        "{{\"kind\":\"youtube#video\",\"id\":\"{id}\",\"snippet\":{{\
         \"publishedAt\":\"2020-08-10T03:00:00Z\",\"channelId\":\"UC1\",\"title\":\"제목\",\
         \"description\":\"설명\",\"thumbnails\":{{\"high\":{{\"url\":\"https://i.ytimg.com/vi/x/hq.jpg\"}}}},\
         \"channelTitle\":\"채널\",\"tags\":[\"먹방\",\"브이로그\"]}}{statistics}}}"
    )
}

#[tokio::test]
async fn responses_of_videos_list_are_imported() {
    let counts = ",\"statistics\":{\"viewCount\":\"1000\",\"likeCount\":\"5\"}";
    let hidden = ",\"statistics\":{\"viewCount\":\"2000\",\"commentCount\":\"3\"}";
    let (first, second) = (resource("fmt00000001", counts), resource("fmt00000002", hidden));
    let response =
        |items: &str| format!("{{\"kind\":\"youtube#videoListResponse\",\"items\":[{items}]}}");
    let expected = "fmt00000001 제목 1000 5 2020-08-12 먹방|브이로그; \
                    fmt00000002 제목 2000 - 2020-08-12 먹방|브이로그";
    for content in [
        response(&format!("{first},\n{second}")),
        format!("{}\n{}", response(&first), response(&second)),
        format!("[{},{}]", response(&first), response(&second)),
        format!("[{first},{second}]"),
        format!("{first}\n{second}\n"),
    ] {
        assert_eq!(stored("20200812.json", &content).await, expected, "{content}");
    }
    let error = error_of("20200812.json", resource("fmt00000001", "")).await;
    assert!(error.starts_with("nothing imported"), "{error}");
}

#[tokio::test]
async fn yt_dlp_metadata_is_imported_with_subscribers() {
    let text = r#"{"id": "fmt00000001", "title": "제목", "channel": "채널", "channel_id": "UC1",
        "channel_follower_count": 1200, "timestamp": 1597028400, "upload_date": "20200810",
        "view_count": 123456, "like_count": null, "tags": ["먹방"], "description": "설명",
        "thumbnail": "https://i.ytimg.com/vi/x/maxresdefault.jpg", "formats": [{"id": 1}],
        "epoch": 1597190400}"#;
    let imported = Imported::new().await;
    imported.import("video.info.json", text).await;
    assert_eq!(imported.videos().await, "fmt00000001 제목 123456 - 2020-08-12 먹방");
    let channel = "SELECT concat_ws(' ', subscriber_num, subscriber_estimated) FROM channel";
    assert_eq!(query_value::<String>(&imported.database, channel).await, "1200 f");
}

#[tokio::test]
async fn missing_values_are_unknown() {
    let missing = |column, text| with_field(two_rows()[0].clone(), column, text);
    for (column, text) in [("likes", ""), ("likes", "nan"), ("dislikes", ""), ("likes", "-")] {
        let likes = if column == "likes" { "-" } else { "100" };
        let expected =
            format!("fmt00000001 제목 fmt00000001 1000 {likes} 2020-08-12 먹방|브이로그");
        assert_eq!(stored("a.csv", file(&[missing(column, text)])).await, expected, "{text}");
    }
    for tags in ["", "[none]", "[None]", "[]", "nan"] {
        let expected = "fmt00000001 제목 fmt00000001 1000 100 2020-08-12";
        assert_eq!(stored("a.csv", file(&[missing("tags", tags)])).await, expected, "{tags}");
    }
    let imported = Imported::new().await;
    imported.import("a.csv", file(&[missing("thumbnail_link", "")])).await;
    let thumbnail = "SELECT thumbnail_url FROM video";
    let url = query_value::<String>(&imported.database, thumbnail).await;
    assert_eq!(url, "https://i.ytimg.com/vi/fmt00000001/hqdefault.jpg");
}

#[tokio::test]
async fn counts_and_ids_of_spreadsheets_are_repaired_or_rejected() {
    let mut rows = vec![
        with_field(two_rows()[0].clone(), "view_count", "1,234,567"),
        with_field(two_rows()[1].clone(), "view_count", "10.0"),
    ];
    rows[1][0] = "https://www.youtube.com/watch?v=fmt00000003".to_owned();
    let invalid = |column, text| with_field(video_row("bad00000000", "UC1", 12, 1), column, text);
    rows.push(invalid("view_count", "1.2E+08"));
    rows.push(invalid("view_count", "9223372036854775807"));
    rows.push(invalid("trending_date", "2062-11-21"));
    rows.push(invalid("video_id", "1.23E+10"));
    let imported = Imported::new().await;
    let rejects = Some(imported.files.path("rejects"));
    let options = ImportOptions { rejects, ..imported.options("a.csv", file(&rows)) };
    let summary = import_with(&imported.database, options).await.unwrap();
    assert_eq!((summary.rows, summary.rejected, summary.repaired), (2, 4, 1));
    assert_eq!(summary.problems.len(), 1, "{summary}");
    let views = "SELECT string_agg(video_id || ' ' || views, ', ' ORDER BY idx) FROM video";
    assert_eq!(
        query_value::<String>(&imported.database, views).await,
        "fmt00000001 1234567, fmt00000003 10"
    );
    let reports = std::fs::read_to_string(imported.files.path("rejects")).unwrap();
    for reason in [
        "view_count is rounded by a spreadsheet: \"1.2E+08\"",
        "view_count is implausibly large",
        "trending_date is in the future: \"2062-11-21\"",
        "video_id is not an id: \"1.23E+10\"",
    ] {
        assert!(reports.contains(reason), "{reason}: {reports}");
    }
}

#[tokio::test]
async fn unusable_files_are_described() {
    for (name, content, what) in [
        ("annex.csv", "/annex/objects/SHA256E-s12--4f.csv\n", "a git-annex pointer"),
        ("dvc.csv", "outs:\n- md5: a304\n  size: 12\n  path: KRvideos.csv\n", "a DVC pointer"),
        ("lfs.csv", "version https://git-lfs.github.com/spec/v1\nsize 1\n", "a Git LFS pointer"),
        ("page.csv", "<!DOCTYPE html>\n<html>", "a web page"),
        ("mac.csv", "video_id,title\rfmt,x\r", "lines end in CR only"),
        (
            "studio.csv",
            "Content,Video title,Video publish time,Views\nTotal,,,1\n",
            "a YouTube Studio export, which has no channel and no day",
        ),
        (
            "search.json",
            r#"{"kind":"youtube#searchListResponse","items":[{"kind":"youtube#searchResult","id":{"videoId":"x"}}]}"#,
            "JSON from search.list, which has no counts",
        ),
        ("error.json", r#"{"error":{"code":403,"message":"quota"}}"#, "an error response"),
        ("header.csv", &header(), "no valid row"),
    ] {
        let error = error_of(name, content).await;
        assert!(error.contains(what), "{name}: {error}");
    }
}

#[tokio::test]
async fn latest_observation_sets_texts_and_tags() {
    let observed = |title: &str, tags: &str, time: &str, views: i64| {
        let row = with_field(video_row("fmt00000001", "UC1", 12, views), "title", title);
        with_field(with_field(row, "tags", tags), "trending_date", time)
    };
    let old = observed("옛 제목", "옛태그|같은태그", "2020-08-12T01:00:00Z", 10);
    let new = observed("새 제목", "새태그|같은태그", "2020-08-13T01:00:00Z", 20);
    let evening = observed("새 제목", "새태그|같은태그", "2020-08-13T09:00:00Z", 30);
    let expected = "fmt00000001 새 제목 30 1 2020-08-12 같은태그|새태그; \
                    fmt00000001 새 제목 30 3 2020-08-13 같은태그|새태그";
    let sorted = |rows: &[&Vec<String>]| {
        let rows: Vec<_> = rows.iter().map(|row| (*row).clone()).collect();
        file(&rows)
    };
    for rows in [[&old, &new, &evening], [&evening, &new, &old], [&new, &evening, &old]] {
        for batch_rows in [1, 5_000] {
            for bulk_bytes in [0, u64::MAX] {
                let imported = Imported::new().await;
                let options = imported.options("a.csv", sorted(&rows));
                let options = ImportOptions { batch_rows, bulk_bytes, ..options };
                let summary = import_with(&imported.database, options).await.unwrap();
                assert_eq!(summary.added.superseded, 1, "{summary}");
                assert_eq!(by_name(&imported.videos().await), by_name(expected), "{batch_rows}");
            }
        }
    }
}

/// With tags in alphabetical order: their order depends on the order of rows.
fn by_name(videos: &str) -> Vec<String> {
    let sort = |video: &str| {
        let (rest, tags) = video.rsplit_once(' ').unwrap();
        let mut tags: Vec<&str> = tags.split('|').collect();
        tags.sort_unstable();
        format!("{rest} {}", tags.join("|"))
    };
    videos.split("; ").map(sort).collect()
}

#[tokio::test]
async fn shift_to_now_ignores_future_rows_and_never_moves_back() {
    let imported = Imported::new().await;
    let now = "2020-08-14T10:00:00Z".parse().unwrap();
    let future = with_field(video_row("bad00000000", "UC1", 12, 1), "trending_date", "2062-11-21");
    let tomorrow = with_field(two_rows()[1].clone(), "trending_date", "2020-08-15");
    let content = file(&[two_rows()[0].clone(), tomorrow, future]);
    let options = ImportOptions { shift_to_now: true, now, ..imported.options("a.csv", content) };
    let summary = import_with(&imported.database, options).await.unwrap();
    assert_eq!((summary.rejected, summary.shifted_days), (1, 0));
}

#[tokio::test]
async fn old_data_is_reported_with_remedy() {
    let imported = Imported::new().await;
    let summary = imported.import("a.csv", file(&two_rows())).await.to_string();
    assert!(summary.contains("the newest observation is of 2020-08-12"), "{summary}");
    assert!(summary.contains("--shift-to-now"), "{summary}");
}

#[tokio::test]
async fn file_with_mostly_rejected_rows_is_a_problem() {
    let imported = Imported::new().await;
    let content = file(&two_rows()) + &line(&["a".to_owned()]).repeat(3);
    let summary = imported.import("a.csv", content).await;
    assert_eq!(summary.problems.len(), 1);
    assert!(summary.problems[0].ends_with("a.csv: 3 of 5 rows were rejected"), "{summary}");
}
