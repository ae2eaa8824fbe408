//! Queries on the times at which videos are uploaded.

use crate::domain::BestTimesOf;
use common::db::Statement;
use diesel::{
    QueryResult, QueryableByName,
    sql_types::{BigInt, Double, Integer, Nullable, SmallInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

/// The latest videos that are counted.
const MAX_VIDEOS: i64 = 5_000;

const OF_CATEGORY: &str = include_str!("best_times_of_category.sql");
const OF_CHANNEL: &str = include_str!("best_times_of_channel.sql");
const OF_KEYWORD: &str = include_str!("best_times_of_keyword.sql");

/// Videos that were uploaded in one hour of the week.
#[derive(Debug, QueryableByName)]
pub(crate) struct HourRow {
    /// From 0: Monday at 0:00 in Seoul.
    #[diesel(sql_type = Integer)]
    pub hour_of_week: i32,
    #[diesel(sql_type = BigInt)]
    pub videos: i64,
    /// The median of their views after three days ÷ the channel's median.
    #[diesel(sql_type = Nullable<Double>)]
    pub median_ratio: Option<f64>,
}

/// Lists the hours of the week in which videos were uploaded.
pub(crate) async fn list_hours(
    connection: &AsyncPgConnection,
    of: BestTimesOf,
) -> QueryResult<Vec<HourRow>> {
    match of {
        BestTimesOf::Category(category) => {
            Statement::new(OF_CATEGORY)
                .bind::<SmallInt, _>(category)
                .bind::<BigInt, _>(MAX_VIDEOS)
                .load(&mut &*connection)
                .await
        }
        BestTimesOf::Channel(channel) => {
            Statement::new(OF_CHANNEL)
                .bind::<Integer, _>(channel)
                .bind::<BigInt, _>(MAX_VIDEOS)
                .load(&mut &*connection)
                .await
        }
        BestTimesOf::Keyword(key) => {
            Statement::new(OF_KEYWORD).bind::<Text, _>(key).load(&mut &*connection).await
        }
    }
}
