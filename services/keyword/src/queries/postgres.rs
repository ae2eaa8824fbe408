//! Counts of keywords in PostgreSQL.

use chrono::NaiveDate;
use common::db::Statement;
use diesel::{
    OptionalExtension, QueryResult, QueryableByName,
    sql_types::{Array, BigInt, Date, Double, Integer, Nullable, SmallInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

const SCORE: &str = "
    SELECT k.name, s.videos, s.channels, s.demand_views, s.small_share, s.demand, s.supply, s.score,
        coalesce((
            SELECT sum(videos) FROM keyword_day d WHERE d.keyword_idx = k.idx AND d.day >= $2
        ), 0)::bigint AS recent_videos
    FROM keyword k
    LEFT JOIN keyword_score s ON s.keyword_idx = k.idx
    WHERE k.key = $1";

const DAYS: &str = "
    SELECT k.key, d.day, d.videos, d.channels, d.views
    FROM keyword k
    JOIN keyword_day d ON d.keyword_idx = k.idx
    WHERE k.key = ANY ($1) AND d.day BETWEEN $2 AND $3
    ORDER BY k.key, d.day";

const DAYS_WITH_DATA: &str = "
    SELECT n.day::date AS day
    FROM generate_series($1::timestamp, $2::timestamp, interval '1 day') n (day),
        LATERAL (SELECT FROM keyword_day d WHERE d.day = n.day::date LIMIT 1) d";

const FREQUENCIES: &str = "
    SELECT k.key, k.name, sum(d.videos)::bigint AS videos
    FROM keyword k
    JOIN keyword_day d ON d.keyword_idx = k.idx
    WHERE k.key = ANY ($1) AND d.day >= $2
    GROUP BY k.idx";

const WINDOW: &str = "
    SELECT videos FROM keyword_list
    WHERE days = $1 AND category = 0 AND length = 'all' AND min_subscribers IS NULL
        AND below_subscribers IS NULL";

/// A keyword with its score, if it has one.
#[derive(Debug, QueryableByName)]
pub(crate) struct ScoreRow {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub videos: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub channels: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub demand_views: Option<i64>,
    #[diesel(sql_type = Nullable<Double>)]
    pub small_share: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    pub demand: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    pub supply: Option<f64>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub score: Option<i16>,
    #[diesel(sql_type = BigInt)]
    pub recent_videos: i64,
}

/// The uses of a keyword on one day.
#[derive(Debug, QueryableByName)]
pub(crate) struct DayRow {
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    #[diesel(sql_type = Integer)]
    pub videos: i32,
    #[diesel(sql_type = Integer)]
    pub channels: i32,
    #[diesel(sql_type = BigInt)]
    pub views: i64,
}

#[derive(Debug, QueryableByName)]
struct DataDayRow {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
}

/// How often a keyword is used.
#[derive(Debug, QueryableByName)]
pub(crate) struct FrequencyRow {
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub videos: i64,
}

/// All videos of a window.
#[derive(Debug, QueryableByName)]
pub(crate) struct WindowRow {
    #[diesel(sql_type = Integer)]
    pub videos: i32,
}

/// Finds a keyword with its score, and its number of videos since the day `from`.
pub(crate) async fn find_score(
    connection: &AsyncPgConnection,
    key: &str,
    from: NaiveDate,
) -> QueryResult<Option<ScoreRow>> {
    let statement = Statement::new(SCORE).bind::<Text, _>(key).bind::<Date, _>(from);
    statement.get_result(&mut &*connection).await.optional()
}

/// Lists the uses of keywords by day, ordered by key and day.
pub(crate) async fn list_days(
    connection: &AsyncPgConnection,
    keys: &[String],
    (first, last): (NaiveDate, NaiveDate),
) -> QueryResult<Vec<DayRow>> {
    Statement::new(DAYS)
        .bind::<Array<Text>, _>(keys)
        .bind::<Date, _>(first)
        .bind::<Date, _>(last)
        .load(&mut &*connection)
        .await
}

/// Lists the days on which any keyword was used.
pub(crate) async fn list_days_with_data(
    connection: &AsyncPgConnection,
    (first, last): (NaiveDate, NaiveDate),
) -> QueryResult<Vec<NaiveDate>> {
    let statement = Statement::new(DAYS_WITH_DATA).bind::<Date, _>(first).bind::<Date, _>(last);
    let rows: Vec<DataDayRow> = statement.load(&mut &*connection).await?;
    Ok(rows.into_iter().map(|row| row.day).collect())
}

/// Lists how often keywords are used since the day `from`.
pub(crate) async fn list_frequencies(
    connection: &AsyncPgConnection,
    keys: &[&str],
    from: NaiveDate,
) -> QueryResult<Vec<FrequencyRow>> {
    let statement = Statement::new(FREQUENCIES).bind::<Array<Text>, _>(keys);
    statement.bind::<Date, _>(from).load(&mut &*connection).await
}

/// Finds the number of videos of a window of `days`.
pub(crate) async fn find_window(
    connection: &AsyncPgConnection,
    days: i16,
) -> QueryResult<Option<WindowRow>> {
    let statement = Statement::new(WINDOW).bind::<SmallInt, _>(days);
    statement.get_result(&mut &*connection).await.optional()
}
