use super::*;
use crate::files::RowIssue;

const HEADER: &str = "video_id,title,publishedAt,channelId,trending_date,view_count";

/// The observations and the reports of a file.
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
fn short_dates_are_read_only_in_data_set_of_2017() {
    let row = "row00000001,a,2017-11-13,UC1,17.05.12,5";
    let (column, value) = ("trending_date".to_owned(), "17.05.12".to_owned());
    assert_eq!(read(&format!("{HEADER}\n{row}\n")).1, [RowIssue::ShortYear { column, value }]);
    let (rows, _) = read(&format!("{HEADER},video_error_or_removed\n{row},False\n"));
    assert_eq!(rows[0].observed.to_rfc3339(), "2017-12-05T00:00:00+00:00");
}
