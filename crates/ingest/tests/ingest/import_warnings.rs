//! `createtrend import`: valid rows that look wrong.

use crate::import_formats::{Imported, two_rows};
use test_support::dataset::{file, with_field};

/// The only warning of an import of the rows of [`two_rows`] with this text in a column.
async fn warning(column: &str, text: &str) -> String {
    let imported = Imported::new().await;
    let rows = two_rows().map(|row| with_field(row, column, text));
    let summary = imported.import("a.csv", file(&rows)).await;
    assert_eq!((summary.rows, summary.repaired, summary.problems.len()), (2, 0, 0), "{summary}");
    assert_eq!(summary.warnings.len(), 1, "{summary}");
    summary.warnings[0].clone()
}

#[tokio::test]
async fn mojibake_is_reported_with_example() {
    for (title, cause) in [
        ("ìš”ë¦¬", "UTF-8 that was read as Latin-1"),
        ("요\u{fffd}", "characters were lost in a conversion"),
    ] {
        let warning = warning("title", title).await;
        let expected = format!(
            "a.csv: garbled texts in 2 rows, first on line 2: title is garbled: {title:?} ({cause})"
        );
        assert!(warning.ends_with(&expected), "{warning}");
    }
}

#[tokio::test]
async fn implausible_likes_and_ids_cause_warnings() {
    let warning_of_likes = warning("likes", "2000").await;
    assert!(warning_of_likes.contains("more likes than views in 2 rows"), "{warning_of_likes}");
    let warning_of_id = warning("video_id", "Title").await;
    assert!(warning_of_id.contains("unusual ids of videos in 2 rows"), "{warning_of_id}");
}

#[tokio::test]
async fn intact_rows_have_no_warning() {
    let imported = Imported::new().await;
    let summary = imported.import("a.csv", file(&two_rows())).await;
    assert!(summary.warnings.is_empty(), "{summary}");
}
