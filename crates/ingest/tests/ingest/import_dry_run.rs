//! `createtrend import --dry-run`

use crate::import_formats::{Imported, two_rows};
use ingest::{
    import::{DryRunCounts, ImportOptions, dry_run_import},
    progress::NoProgress,
};
use test_support::dataset::{Files, file, header, video_row, with_field};

#[tokio::test]
async fn dry_run_reports_the_same_problems_as_an_import() {
    let imported = Imported::new().await;
    let rows =
        [two_rows().to_vec(), vec![with_field(video_row("bad", "UC1", 12, 1), "view_count", "x")]];
    let options = imported.options("a.csv", file(&rows.concat()) + "cut");
    let checked = dry_run_import(&options, &NoProgress).await.unwrap();
    assert_eq!(checked.dry_run, Some(DryRunCounts { videos: 2, channels: 1 }));
    let text = checked.to_string();
    assert!(text.contains("nothing stored: the files contain 2 videos of 1 channels"), "{text}");
    let summary = imported.import("a.csv", file(&rows.concat()) + "cut").await;
    assert_eq!(checked.problems, summary.problems);
    assert_eq!(
        (checked.rows, checked.rejected, checked.newest),
        (summary.rows, summary.rejected, summary.newest)
    );
}

#[tokio::test]
async fn dry_run_without_valid_rows_fails() {
    let files = Files::new();
    let options = ImportOptions::new(vec![files.write("a.csv", header() + "a,b\n")]);
    let error = dry_run_import(&options, &NoProgress).await.unwrap_err().to_string();
    assert!(error.contains("no valid row"), "{error}");
}

#[tokio::test]
async fn dry_run_shows_the_shift() {
    let files = Files::new();
    let usual = ImportOptions::new(vec![files.write("a.csv", file(&two_rows()))]);
    let now = "2020-08-20T10:00:00Z".parse().unwrap();
    let options = ImportOptions { shift_to_now: true, now, ..usual };
    let summary = dry_run_import(&options, &NoProgress).await.unwrap();
    assert_eq!((summary.shifted_days, summary.is_outdated), (8, false));
}

#[tokio::test]
async fn dry_run_with_only_hidden_channels_fails() {
    let files = Files::new();
    let channels = files.write("c.csv", "channelId,subscriberCount\nUC1,\nUC2,\n");
    let options = ImportOptions { channels: Some(channels), ..ImportOptions::new(Vec::new()) };
    let error = dry_run_import(&options, &NoProgress).await.unwrap_err().to_string();
    assert!(error.contains("all 2 channels of the file hide their subscribers"), "{error}");
}
