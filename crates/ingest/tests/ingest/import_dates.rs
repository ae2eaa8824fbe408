//! `createtrend import`: dates.

use crate::{
    import::import_with,
    import_formats::{Imported, stored, two_rows},
};
use chrono::{DateTime, TimeDelta, Utc};
use ingest::import::ImportOptions;
use test_support::{
    dataset::{file, with_field},
    tables::query_value,
};

/// Two rows with these dates of publication and observation.
fn dated(published: [&str; 2], observed: [&str; 2]) -> String {
    let rows = two_rows();
    let row = |index: usize| {
        let row = with_field(rows[index].clone(), "publishedAt", published[index]);
        with_field(row, "trending_date", observed[index])
    };
    file(&[row(0), row(1)])
}

const DAYS: &str = "SELECT string_agg((upload_time AT TIME ZONE 'UTC')::date || ' ' ||
    (check_time AT TIME ZONE 'UTC')::date, ', ' ORDER BY v.idx)
    FROM video v JOIN video_views ON video_idx = v.idx";

#[tokio::test]
async fn order_of_day_and_month_is_detected_from_unambiguous_dates() {
    let expected = "2020-07-08 2020-08-12, 2020-07-31 2020-08-12";
    for content in [
        dated(["08/07/2020", "31/07/2020"], ["12/08/2020", "12/08/2020"]),
        dated(["7/8/2020 10:00", "7/31/2020 10:00"], ["8/12/2020", "8/12/2020"]),
        dated(["08.07.2020", "31.07.2020"], ["12.08.2020", "12.08.2020"]),
    ] {
        let imported = Imported::new().await;
        let summary = imported.import("a.csv", &content).await.to_string();
        assert_eq!(query_value::<String>(&imported.database, DAYS).await, expected, "{content}");
        assert!(summary.contains("; dates are "), "{summary}");
    }
}

#[tokio::test]
async fn dates_with_korean_weekdays_and_names_of_months_are_read() {
    let expected = "2020-07-08 2020-08-12, 2020-07-31 2020-08-12";
    for content in [
        dated(["2020-07-08(수)", "2020-07-31 (금)"], ["12-Aug-20", "12-Aug-2020"]),
        dated(["2020년 7월 8일 오전 4시 5분", "Jul 31, 2020"], ["2020. 8. 12. 오전 4:05:00"; 2]),
    ] {
        let imported = Imported::new().await;
        imported.import("a.csv", &content).await;
        assert_eq!(query_value::<String>(&imported.database, DAYS).await, expected, "{content}");
    }
}

#[tokio::test]
async fn observation_of_tomorrow_is_not_the_newest_of_the_source() {
    let imported = Imported::new().await;
    let tomorrow = (Utc::now() + TimeDelta::days(1)).format("%Y-%m-%d").to_string();
    let rows = dated(["2020-07-08"; 2], [&tomorrow, &tomorrow]);
    assert_eq!(imported.import("a.csv", rows).await.rows, 2);
    let newest = "SELECT newest_observation FROM data_source WHERE name = 'import'";
    let newest = query_value::<DateTime<Utc>>(&imported.database, newest).await;
    assert!(newest <= Utc::now(), "{newest}");
}

#[tokio::test]
async fn ambiguous_dates_are_rejected() {
    for content in [
        dated(["08/07/2020", "05/07/2020"], ["12/08/2020", "12/08/2020"]),
        dated(["31/07/2020", "07/31/2020"], ["12/08/2020", "12/08/2020"]),
    ] {
        let imported = Imported::new().await;
        let rejects = Some(imported.files.path("rejects"));
        let options = ImportOptions { rejects, ..imported.options("a.csv", &content) };
        let error = import_with(&imported.database, options).await.unwrap_err().to_string();
        assert!(error.contains("no valid row"), "{error}");
        let reports = std::fs::read_to_string(imported.files.path("rejects")).unwrap();
        assert!(
            reports.contains("publishedAt is an ambiguous date: day/month or month/day"),
            "{reports}"
        );
    }
}

#[tokio::test]
async fn implausible_dates_are_rejected_with_cause() {
    for (published, reason) in [
        ("46000", "is the serial number of a date in a spreadsheet: \"46000\""),
        ("2004-12-31", "is before 2005-02-14, when YouTube started: \"2004-12-31\""),
        ("1970-01-01T00:00:00Z", "is before 2005-02-14"),
        ("2020-02-30", "is not a date"),
    ] {
        let imported = Imported::new().await;
        let content = dated([published, "2020-08-01"], ["2020-08-12", "2020-08-12"]);
        let rejects = Some(imported.files.path("rejects"));
        let options = ImportOptions { rejects, ..imported.options("a.csv", &content) };
        let summary = import_with(&imported.database, options).await.unwrap();
        assert_eq!((summary.rows, summary.rejected), (1, 1), "{published}");
        let reports = std::fs::read_to_string(imported.files.path("rejects")).unwrap();
        assert!(reports.contains(reason), "{published}: {reports}");
    }
    let first = dated(["2005-04-23T20:31:52Z", "2020-08-01"], ["2020-08-12", "2020-08-12"]);
    assert!(stored("a.csv", first).await.starts_with("fmt00000001"));
}
