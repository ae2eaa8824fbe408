//! `createtrend import`: truncated files.

use crate::{
    import::import_with,
    import_formats::{Imported, TWO_VIDEOS, stored, two_rows},
};
use flate2::{Compression, write::GzEncoder};
use ingest::import::ImportOptions;
use std::io::Write;
use test_support::dataset::{file, header, line, video_row, with_field};

/// The rows of [`two_rows`] and the start of a third one.
fn cut(end: usize) -> String {
    let third =
        line(&with_field(video_row("fmt00000003", "UC1", 12, 7), "description", "긴 \"설명\", 끝"));
    let start: String = third.trim_end().chars().take(end).collect();
    file(&two_rows()) + &start
}

#[tokio::test]
async fn csv_file_truncated_inside_a_row_is_a_problem() {
    let length = cut(usize::MAX).chars().count() - cut(0).chars().count();
    for end in [1, 11, 12, 30, 80, length - 12, length - 2, length - 1] {
        let imported = Imported::new().await;
        let summary = imported.import("a.csv", cut(end)).await;
        let expected = "a.csv: file incomplete: line 4: the file ends inside this row; only the 2 \
                        valid rows before it were read";
        assert_eq!(summary.problems.len(), 1, "{end}: {summary}");
        assert!(summary.problems[0].ends_with(expected), "{end}: {summary}");
        assert_eq!(imported.videos().await, TWO_VIDEOS, "{end}");
    }
}

#[tokio::test]
async fn gzip_file_with_zeros_after_it_is_complete() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(file(&two_rows()).as_bytes()).unwrap();
    let mut packed = encoder.finish().unwrap();
    packed.resize(10_240, 0);
    assert_eq!(stored("a.csv.gz", packed).await, TWO_VIDEOS);
}

#[tokio::test]
async fn complete_last_row_needs_no_line_break() {
    for content in [
        file(&two_rows()).trim_end().to_owned(),
        file(&two_rows()).replace('\n', "\r\n").trim_end_matches('\n').to_owned(),
        file(&two_rows()) + "\u{1a}",
        file(&two_rows()) + ",,,",
    ] {
        assert_eq!(stored("a.csv", &content).await, TWO_VIDEOS, "{content}");
    }
}

#[tokio::test]
async fn truncated_last_value_is_a_problem() {
    let start = "video_id,title,publishedAt,channelId,date,view_count\n\
        fmt00000001,제목,2020-08-10T03:00:00Z,UC1,2020-08-12,10\n\
        fmt00000002,제목,2020-08-10T03:00:00Z,UC1,2020-08-12,";
    for end in ["", "\"1"] {
        let imported = Imported::new().await;
        let summary = imported.import("a.csv", format!("{start}{end}")).await;
        assert!(summary.problems[0].contains("line 3: the file ends"), "{end}: {summary}");
    }
    let text = "view_count,video_id,publishedAt,channelId,date,title\n\
        10,fmt00000001,2020-08-10T03:00:00Z,UC1,2020-08-12,제목\n\
        10,fmt00000002,2020-08-10T03:00:00Z,UC1,2020-08-12,제목";
    let imported = Imported::new().await;
    let summary = imported.import("a.csv", &text.as_bytes()[..text.len() - 1]).await;
    assert!(summary.problems[0].contains("line 3: the file ends"), "{summary}");
    // A row of totals at the end is invalid, but the file is not truncated.
    let imported = Imported::new().await;
    let summary = imported.import("a.csv", text.replace("fmt00000002,2020", "Total,")).await;
    assert_eq!((summary.problems.len(), summary.rejected), (0, 1), "{summary}");
}

#[tokio::test]
async fn last_value_that_may_be_truncated_is_a_warning() {
    let start = "video_id,title,publishedAt,channelId,date,view_count\n\
        fmt00000001,제목,2020-08-10T03:00:00Z,UC1,2020-08-12,1234";
    for (end, warnings) in [("", 1), ("\n", 0)] {
        let imported = Imported::new().await;
        let summary = imported.import("a.csv", format!("{start}{end}")).await;
        assert_eq!((summary.rows, summary.warnings.len()), (1, warnings), "{end:?}: {summary}");
        let expected = "if it is truncated, view_count of the last row is incomplete";
        assert!(summary.warnings.iter().all(|line| line.ends_with(expected)), "{summary}");
    }
    // Nothing is read from an empty or unused last column.
    for last in ["likes\n", "note\n"] {
        let text =
            start.replace('\n', &format!(",{last}")) + if last == "note\n" { ",a" } else { "," };
        let imported = Imported::new().await;
        let summary = imported.import("a.csv", text).await;
        assert_eq!((summary.rows, summary.warnings.len()), (1, 0), "{last}: {summary}");
    }
}

#[tokio::test]
async fn truncated_json_is_a_problem() {
    let video = |id: &str| {
        format!(
            "{{\"video_id\":\"{id}\",\"title\":\"제목\",\"publishedAt\":\"2020-08-10\",\
             \"channelId\":\"UC1\",\"date\":\"2020-08-12\",\"views\":10}}"
        )
    };
    let whole = format!("[{},{}]", video("fmt00000001"), video("fmt00000002"));
    for end in [whole.len() - 1, whole.len() - 9] {
        let imported = Imported::new().await;
        let summary = imported.import("a.json", &whole.as_bytes()[..end]).await;
        assert!(summary.problems[0].contains("the JSON text is truncated"), "{summary}");
    }
}

#[tokio::test]
async fn joined_files_are_read_up_to_a_header_with_other_columns() {
    let same = file(&two_rows()[..1]) + &file(&two_rows()[1..]);
    assert_eq!(stored("same.csv", same).await, TWO_VIDEOS);
    let other = file(&two_rows()).replace("thumbnail_link", "image");
    let imported = Imported::new().await;
    let options = imported.options("other.csv", file(&two_rows()) + &other);
    let summary = import_with(&imported.database, ImportOptions { batch_rows: 1, ..options });
    let summary = summary.await.unwrap();
    assert!(summary.problems[0].contains("line 4: another header"), "{summary}");
    assert_eq!(imported.videos().await, TWO_VIDEOS);
    // Another number of columns, and no column of views.
    for header in [
        "video_id,title,publishedAt,channelId,trending_date,views\n".to_owned(),
        header().replace("view_count", "new_comments"),
    ] {
        let summary = Imported::new().await.import("other.csv", file(&two_rows()) + &header).await;
        assert!(summary.problems[0].contains("line 4: another header"), "{header}: {summary}");
    }
}
