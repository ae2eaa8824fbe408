//! `createtrend import`: from files to rows.

use ingest::{
    files::FileError,
    import::{ImportError, ImportOptions, ImportSummary, import},
    load::LoadError,
    progress::NoProgress,
};
use std::path::PathBuf;
use test_support::{
    TestDatabase,
    dataset::{Files, file, header, line, sample, video_row, with_field},
    tables::{all_rows, execute, query_value, rows_without_changed_at},
    unmigrated_database,
};

/// Imports with the usual options.
pub async fn import_files(
    database: &TestDatabase,
    files: &[PathBuf],
) -> Result<ImportSummary, ImportError> {
    import_with(database, ImportOptions::new(files.to_vec())).await
}

/// Imports with these options.
pub async fn import_with(
    database: &TestDatabase,
    options: ImportOptions,
) -> Result<ImportSummary, ImportError> {
    import(&options, database.settings(), &NoProgress).await
}

/// The rows after importing a file into an empty database.
async fn tables_of(path: PathBuf) -> Vec<String> {
    let database = TestDatabase::create().await;
    import_files(&database, &[path]).await.unwrap();
    rows_without_changed_at(&database).await
}

#[tokio::test]
async fn import_stores_channels_videos_keywords_and_daily_counts() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let rows = [
        video_row("a", "UC1", 12, 1000),
        video_row("b", "UC1", 12, 500),
        video_row("a", "UC1", 13, 1600),
    ];
    let summary = import_files(&database, &[files.write("kr.csv", file(&rows))]).await.unwrap();
    assert_eq!((summary.rows, summary.rejected, summary.repaired), (3, 0, 0));
    assert_eq!((summary.added.videos, summary.added.views, summary.estimated_channels), (2, 3, 1));
    let rows = rows_without_changed_at(&database).await;
    let has = |text: &str| assert!(rows.iter().any(|row| row.contains(text)), "{text}: {rows:#?}");
    has(
        r#"channel {"idx": 1, "temp": null, "status": null, "processed": null, "upload_id": null, "channel_id": "UC1", "channel_name": "채널 UC1""#,
    );
    has(r#""video_description": "첫 줄\n\n\"둘째\" 줄, 끝""#);
    has(r#"video_keyword_new {"idx": 2, "keyword": "a", "video_idx": 1}"#);
    has(r#"video_keyword_new {"idx": 4, "keyword": "먹방", "video_idx": 2}"#);
    has(
        r#"video_views {"idx": 3, "views": 1600, "video_idx": 1, "check_time": "2020-08-13T00:00:00+00:00"}"#,
    );
    has(
        r#"video_likes {"idx": 1, "likes": 100, "dislikes": 10, "video_idx": 1, "check_time": "2020-08-12T00:00:00+00:00"}"#,
    );
    has(r#""popularity": 1.5238095238095237, "removed_at": null, "video_name": "제목 a", "#);
    has(r#""upload_time": "2020-08-09T09:32:48+00:00", "views_growth": 600, "#);
}

#[tokio::test]
async fn import_of_bom_crlf_gzip_and_reordered_columns_stores_the_same_rows() {
    let files = Files::new();
    let plain = file(&sample());
    let expected = tables_of(files.write("plain.csv", &plain)).await;
    let with_bom = format!("\u{feff}{}", plain.replace(",\"첫 줄\n\n", ",\"첫 줄\r\r"));
    let crlf = with_bom.replace('\n', "\r\n").replace("\r\r", "\n\n");
    assert_eq!(tables_of(files.write("crlf.csv", crlf)).await, expected);
    let (start, end) = plain.as_bytes().split_at(700);
    assert_eq!(tables_of(files.write_gzip("no-gz-in-its-name", &[start, end])).await, expected);
    let older = (12..15).fold(plain.clone(), |text, day| {
        text.replace(&format!(",2020-08-{day}T00:00:00Z,"), &format!(",20.{day}.08,"))
    });
    assert_ne!(older, plain);
    let older = older.replace("comments_disabled", "video_error_or_removed");
    assert_eq!(tables_of(files.write("older.csv", older)).await, expected);
    let reordered = |mut row: Vec<String>| {
        row.reverse();
        row.push("more".to_owned());
        row
    };
    let header = header().trim_end().split(',').map(str::to_owned).collect();
    let rows = [vec![header], sample()].concat().into_iter().map(reordered);
    let reordered = rows.map(|row| line(&row)).collect::<String>();
    assert_eq!(tables_of(files.write("reordered.csv", reordered)).await, expected);
}

#[tokio::test]
async fn import_normalizes_and_truncates_texts() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let mut long = video_row("a", "UC1", 12, 10);
    long = with_field(long, "title", &"제".repeat(501));
    long = with_field(long, "description", &"설".repeat(5001));
    long = with_field(long, "channelTitle", &"채".repeat(101));
    // The thumbnail of the id replaces an address that does not fit.
    long = with_field(long, "thumbnail_link", &"h".repeat(201));
    long = with_field(long, "tags", "\u{1106}\u{1165}\u{11a8}방|먹방|[None]");
    let summary = import_files(&database, &[files.write("kr.csv", file(&[long]))]).await.unwrap();
    assert_eq!(summary.truncated, 1);
    let lengths = "SELECT concat_ws(' ', length(video_name), length(video_description), \
        length(channel_name), v.thumbnail_url) FROM video v JOIN channel ON true";
    assert_eq!(
        query_value::<String>(&database, lengths).await,
        "500 5000 100 https://i.ytimg.com/vi/a/hqdefault.jpg"
    );
    let keywords = "SELECT string_agg(keyword, '|') FROM video_keyword_new";
    assert_eq!(query_value::<String>(&database, keywords).await, "먹방");
}

#[tokio::test]
async fn import_with_invalid_file_stores_nothing() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let valid = files.write("valid.csv", file(&sample()));
    for (name, content, reason) in [
        ("empty.csv", String::new(), "empty.csv: the file is empty"),
        (
            "missing-column.csv",
            "video_id,title,publishedAt,channelId,trending_date\n".to_owned(),
            "missing-column.csv: the column view_count is missing; the file has: video_id, title, \
             publishedAt, channelId, trending_date",
        ),
    ] {
        let invalid = files.write(name, content);
        let error =
            import_files(&database, &[valid.clone(), invalid]).await.unwrap_err().to_string();
        assert!(error.ends_with(reason), "{error}");
    }
    let error = import_files(&database, &[valid, files.path("none.csv")]).await.unwrap_err();
    assert!(matches!(error, ImportError::File(FileError::Unreadable { .. })), "{error}");
    assert!(all_rows(&database).await.is_empty());
}

#[tokio::test]
async fn import_without_valid_rows_fails() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let path = files.write("kr.csv", header() + "a,b\n");
    let error = import_files(&database, std::slice::from_ref(&path)).await.unwrap_err();
    assert!(matches!(error, ImportError::NothingImported { rejected: 1 }), "{error}");
}

#[tokio::test]
async fn import_into_unmigrated_database_fails() {
    let (database, files) = (unmigrated_database().await, Files::new());
    let path = files.write("kr.csv", file(&sample()));
    let error = import_files(&database, &[path]).await.unwrap_err();
    assert!(matches!(error, ImportError::Load(LoadError::NotMigrated)), "{error}");
}

#[tokio::test]
async fn import_updates_stored_rows_of_earlier_observations() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    execute(
        &database,
        "INSERT INTO channel (channel_id, channel_name, hidden_subscriber, subscriber_num)
         VALUES ('UC1', 'old name', false, 5000);
         INSERT INTO video (video_id, video_name, upload_time, channel_idx, views, popularity)
         VALUES ('a', 'old title', '2020-08-09T10:00:00Z', 1, 900, 0.18),
             ('other', 'old title', '2019-01-01', 1, 2500, 0.5);
         INSERT INTO video_views (video_idx, views, check_time)
         VALUES (1, 900, '2020-08-11T22:00:00Z')",
    )
    .await;
    let rows = [video_row("a", "UC1", 12, 1000), video_row("a", "UC1", 13, 1500)];
    import_files(&database, &[files.write("kr.csv", file(&rows))]).await.unwrap();
    let channel =
        "SELECT concat_ws(' ', channel_name, hidden_subscriber, subscriber_num) FROM channel";
    assert_eq!(query_value::<String>(&database, channel).await, "old name f 5000");
    // 22:00 UTC of the 11th is the 12th in Seoul: the later count of the day replaces it.
    let views = "SELECT string_agg(views::text, ' ' ORDER BY idx) FROM video_views";
    assert_eq!(query_value::<String>(&database, views).await, "1000 1500");
    let video = "SELECT concat_ws(' ', video_name, views, views_growth, popularity, crawled)
        FROM video WHERE video_id = 'a'";
    assert_eq!(query_value::<String>(&database, video).await, "제목 a 1500 500 0.3 t");
    let other = "SELECT concat_ws(' ', views, popularity) FROM video WHERE video_id = 'other'";
    assert_eq!(query_value::<String>(&database, other).await, "2500 0.5");
}
