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

/// The median ratio of the latest $2 videos of a category or channel, $1, by hour of the week.
/// 1970-01-01 was a Thursday. Time zones take five times as long.
macro_rules! hours_of {
    ($column:literal) => {
        concat!(
            "SELECT hour_of_week, count(*) AS videos,
                percentile_cont(0.5) WITHIN GROUP (ORDER BY day_3_ratio) AS median_ratio
            FROM (
                SELECT
                    ((floor(date_part('epoch', upload_time) / 3600)::bigint + 9 + 3 * 24) % 168)::integer
                        AS hour_of_week,
                    day_3_ratio
                FROM video_outlier
                WHERE ",
            $column,
            " = $1 AND day_3_ratio IS NOT NULL
                ORDER BY upload_time DESC
                LIMIT $2
            ) latest
            GROUP BY hour_of_week"
        )
    };
}

const OF_CATEGORY: &str = hours_of!("category");
const OF_CHANNEL: &str = hours_of!("channel_idx");
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
