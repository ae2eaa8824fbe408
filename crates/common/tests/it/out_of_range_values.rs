//! Stored values outside the range of Rust's types.

use common::{
    db::{StoredDate, StoredTime, connect},
    models::finite_popularity,
};
use diesel::{
    QueryableByName, sql_query,
    sql_types::{Date, Nullable, Timestamptz},
};
use diesel_async::RunQueryDsl;
use test_support::TestDatabase;

#[derive(QueryableByName)]
struct Times {
    #[diesel(sql_type = Timestamptz)]
    time: StoredTime,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    usable: StoredTime,
    #[diesel(sql_type = Nullable<Date>)]
    date: StoredDate,
}

/// The time as Rust parses it, the result of SQL's `usable_time`, and the date.
async fn read(text: &str) -> [Option<String>; 3] {
    let database = TestDatabase::create().await;
    let mut connection = connect(database.settings()).await.unwrap();
    let query = format!(
        "SELECT time, usable_time(time) AS usable, \
            (time AT TIME ZONE 'UTC')::date AS date FROM (SELECT timestamptz '{text}') AS t (time)"
    );
    let row: Times = sql_query(query).get_result(&mut connection).await.unwrap();
    let time = |stored: StoredTime| stored.0.map(|time| time.to_rfc3339());
    [time(row.time), time(row.usable), row.date.0.map(|date| date.to_string())]
}

#[tokio::test]
async fn time_out_of_range_is_unknown() {
    for text in [
        "infinity",
        "-infinity",
        "4713-01-01 00:00+00 BC",
        "0001-12-31 23:59+00 BC",
        "10000-01-01 00:00+00",
        "294276-12-31 00:00+00",
    ] {
        assert_eq!(read(text).await, [None, None, None], "{text}");
    }
}

#[tokio::test]
async fn time_between_the_years_1_and_9999_is_read() {
    for (text, time) in [
        ("0001-01-01 00:00+00", "0001-01-01T00:00:00+00:00"),
        ("1969-12-31 23:59:59.999999+00", "1969-12-31T23:59:59.999999+00:00"),
        ("2026-11-21 10:00+09", "2026-11-21T01:00:00+00:00"),
        ("9999-12-31 00:00+00", "9999-12-31T00:00:00+00:00"),
    ] {
        let expected = [time, time, &time[..10]].map(|text| Some(text.to_owned()));
        assert_eq!(read(text).await, expected, "{text}");
    }
}

#[test]
fn popularity_out_of_range_is_unknown() {
    for popularity in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300] {
        assert_eq!(finite_popularity(Some(popularity)), None, "{popularity}");
    }
    assert_eq!(finite_popularity(Some(-0.5)), Some(-0.5));
    assert_eq!(finite_popularity(None), None);
}
