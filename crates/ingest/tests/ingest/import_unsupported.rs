//! `createtrend import`: unsupported files.

use crate::{
    import::import_with,
    import_formats::{Imported, TWO_VIDEOS, error_of, stored, two_rows, zip},
};
use ingest::{
    import::{ImportOptions, ImportSummary},
    progress::NoProgress,
    seed::seed,
};
use test_support::dataset::{Files, file};

#[tokio::test]
async fn unsupported_exports_are_described() {
    for (name, content, what) in [
        (
            "Table data.csv",
            "콘텐츠,동영상 제목,동영상 게시 시간,길이,조회수\n합계,,,,1\n",
            "a YouTube Studio export",
        ),
        (
            "Tabellendaten.csv",
            "Inhalt,Videotitel,Aufrufe,Wiedergabezeit (Stunden)\nabc,제목,1,2\n",
            "a YouTube Studio export",
        ),
        (
            "Tablo verileri.csv",
            "İçerik,Video başlığı,Video yayınlanma zamanı,Görüntüleme sayısı\nabc,제목,1,2\n",
            "a YouTube Studio export",
        ),
        (
            "表データ.csv",
            "コンテンツ,動画のタイトル,視聴回数,総再生時間（単位: 時間）\nabc,제목,1,2\n",
            "a YouTube Studio export",
        ),
        (
            "watch-history.json",
            r#"[{"header":"YouTube","title":"Watched 제목","titleUrl":"https://www.youtube.com/watch?v=x",
                "time":"2025-01-01T00:00:00Z","products":["YouTube"]}]"#,
            "watch-history.json of Google Takeout",
        ),
        (
            "watch-history.html",
            "<html><body><div class=\"mdl-typography--title\">YouTube</div>",
            "a page of Google Takeout",
        ),
        (
            "subscriptions.csv",
            "Channel Id,Channel Url,Channel Title\nUC1,http://x,채널\n",
            "subscriptions.csv of Google Takeout",
        ),
        ("구독정보.csv", "채널 ID,채널 URL,채널 제목\nUC1,http://x,채널\n", "Google Takeout"),
        ("socialblade.csv", "Date,Subscribers,Views\n2025-01-01,10,20\n", "as of SocialBlade"),
        (
            "columns.json",
            r#"{"video_id":{"0":"a","1":"b"},"title":{"0":"x","1":"y"}}"#,
            "JSON with rows or columns by key",
        ),
        (
            "split.json",
            r#"{"columns":["video_id"],"index":[0],"data":[["a"]]}"#,
            "JSON with rows or columns by key",
        ),
        ("index.json", r#"{"0":{"video_id":"a"}}"#, "JSON with rows or columns by key"),
        (
            "response.json",
            r#"{"kind":"youtube#videoListResponse","pageInfo":{"totalResults":0}}"#,
            "(youtube#videoListResponse) without `items`",
        ),
        (
            "channels.json",
            r#"{"kind":"youtube#channelListResponse","items":[{"kind":"youtube#channel","id":"UC1",
                "snippet":{"title":"x"},"statistics":{"subscriberCount":"5"}}]}"#,
            "JSON of channels: import it as `--channels FILE`",
        ),
        ("empty.json", r#"{"items":[]}"#, "its list is empty"),
        ("other.json", r#"{"result":[{"id":"a"}],"n":1}"#, "its first object has n, result;"),
        (
            "log.json",
            "[youtube] Extracting URL: x\n[youtube] x: Downloading webpage\n{\"id\":\"x\"}\n",
            "a log of yt-dlp",
        ),
        ("warning.json", "WARNING: [youtube] x: nsig\n{\"id\":\"x\"}\n", "a log of yt-dlp"),
    ] {
        let error = error_of(name, content).await;
        assert!(error.contains(what), "{name}: {error}");
    }
}

#[tokio::test]
async fn binary_files_are_described() {
    let packed = |content: &[u8]| {
        let files = Files::new();
        std::fs::read(files.write_gzip("packed", &[content])).unwrap()
    };
    for (name, content, what) in [
        ("a.xlsx", zip(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")]), "an Excel"),
        ("a.ods", zip(&[("mimetype", b"x"), ("content.xml", b"x")]), "an OpenDocument"),
        ("studio.zip", zip(&[("Table data.csv", b"x"), ("Totals.csv", b"x")]), "YouTube Studio"),
        ("a.parquet", b"PAR1\x15\x04\x15\x00".to_vec(), "a Parquet file"),
        ("a.sqlite", b"SQLite format 3\0\x10\0\x01\x01".to_vec(), "an SQLite database"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), "a PDF document"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "an image (PNG)"),
        ("a.csv.gz", packed(b"PAR1\x15\x04"), "a Parquet file"),
        ("zip.gz", packed(&zip(&[("a.csv", b"x")])), "a ZIP archive in another archive"),
    ] {
        let error = error_of(name, content).await;
        assert!(error.contains(what), "{name}: {error}");
    }
}

#[tokio::test]
async fn doubly_compressed_content_is_imported() {
    let files = Files::new();
    let once = std::fs::read(files.write_gzip("once", &[file(&two_rows()).as_bytes()])).unwrap();
    let twice = std::fs::read(files.write_gzip("twice", &[&once])).unwrap();
    assert_eq!(stored("a.csv.gz", twice).await, TWO_VIDEOS);
    assert_eq!(stored("a.zip", zip(&[("a/", b""), ("a/b.csv.gz", &once)])).await, TWO_VIDEOS);
}

#[tokio::test]
async fn header_below_other_lines_or_missing_header_is_reported() {
    let text = file(&two_rows());
    for (content, what) in [
        (format!("Trending videos\n\n{text}"), "a table whose header is on line 3"),
        (format!("# source: a\n# day: b\n{text}"), "a table whose header is on line 3"),
        (text.lines().skip(1).collect::<Vec<_>>().join("\n"), "a table without a header"),
    ] {
        let error = error_of("a.csv", content).await;
        assert!(error.contains(what), "{error}");
    }
}

/// Imports only a channel file.
async fn import_channels(imported: &Imported) -> ImportSummary {
    let channels = Some(imported.files.write("c.csv", "channelId,subscribers\nUC1,5\nUC2,6\n"));
    let options = ImportOptions { channels, ..ImportOptions::new(Vec::new()) };
    import_with(&imported.database, options).await.unwrap()
}

#[tokio::test]
async fn channel_file_without_stored_videos_is_a_problem() {
    let imported = Imported::new().await;
    let summary = import_channels(&imported).await;
    let expected = "c.csv: nothing stored: none of its 2 channels has a stored video";
    assert!(summary.problems[0].contains(expected), "{summary}");
    imported.import("a.csv", file(&two_rows())).await;
    let summary = import_channels(&imported).await;
    assert_eq!((summary.problems.len(), summary.unknown_channels), (0, 1), "{summary}");
}

#[tokio::test]
async fn import_into_demo_data_succeeds_with_a_warning() {
    let imported = Imported::new().await;
    seed(20, imported.database.settings(), chrono::Utc::now(), &NoProgress).await.unwrap();
    let summary = imported.import("a.csv", file(&two_rows())).await;
    assert_eq!((summary.added.videos, summary.problems.len()), (2, 0));
    assert!(summary.to_string().contains("scripts/down --purge"), "{summary}");
}
