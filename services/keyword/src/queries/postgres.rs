//! Counts of keywords in PostgreSQL.

use chrono::NaiveDate;
use common::db::{Statement, schema::keyword_list};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, QueryableByName,
    sql_types::{Array, BigInt, Date, Double, Integer, Nullable, SmallInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

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

#[derive(Debug, QueryableByName)]
struct NameRow {
    #[diesel(sql_type = Text)]
    name: String,
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

/// Finds a keyword with its score, and its number of videos since the day `from`.
pub(crate) async fn find_score(
    connection: &AsyncPgConnection,
    key: &str,
    from: NaiveDate,
) -> QueryResult<Option<ScoreRow>> {
    let statement =
        Statement::new(include_str!("find_score.sql")).bind::<Text, _>(key).bind::<Date, _>(from);
    statement.get_result(&mut &*connection).await.optional()
}

/// Lists the uses of keywords by day, ordered by key and day.
pub(crate) async fn list_days(
    connection: &AsyncPgConnection,
    keys: &[String],
    (first, last): (NaiveDate, NaiveDate),
) -> QueryResult<Vec<DayRow>> {
    Statement::new(include_str!("list_days.sql"))
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
    let statement = Statement::new(include_str!("list_days_with_data.sql"))
        .bind::<Date, _>(first)
        .bind::<Date, _>(last);
    let rows: Vec<DataDayRow> = statement.load(&mut &*connection).await?;
    Ok(rows.into_iter().map(|row| row.day).collect())
}

/// Lists the spellings by which videos with a keyword are searched: as requested, and the usual one of
/// the keyword with this key.
pub(crate) async fn list_spellings(
    connection: &AsyncPgConnection,
    requested: &str,
    key: &str,
) -> QueryResult<Vec<String>> {
    let usual: Vec<NameRow> = Statement::new("SELECT name FROM keyword WHERE key = $1")
        .bind::<Text, _>(key)
        .load(&mut &*connection)
        .await?;
    let usual = usual.into_iter().map(|row| row.name).filter(|name| name != requested);
    Ok(usual.chain([requested.to_owned()]).collect())
}

/// Lists how often keywords are used since the day `from`.
pub(crate) async fn list_frequencies(
    connection: &AsyncPgConnection,
    keys: &[&str],
    from: NaiveDate,
) -> QueryResult<Vec<FrequencyRow>> {
    let statement =
        Statement::new(include_str!("list_frequencies.sql")).bind::<Array<Text>, _>(keys);
    statement.bind::<Date, _>(from).load(&mut &*connection).await
}

/// Finds the number of all videos of the last `days`, as counted by the last rollup.
pub(crate) async fn find_video_count(
    connection: &AsyncPgConnection,
    days: i16,
) -> QueryResult<Option<i32>> {
    keyword_list::table
        .filter(keyword_list::days.eq(days))
        .filter(keyword_list::category.eq(0_i16))
        .filter(keyword_list::length.eq("all"))
        .filter(keyword_list::min_subscribers.is_null())
        .filter(keyword_list::below_subscribers.is_null())
        .select(keyword_list::videos)
        .first(&mut &*connection)
        .await
        .optional()
}
