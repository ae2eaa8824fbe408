//! Queries on the counts of channels by day in Seoul.

use crate::domain::series::{CountsByDay, DailyCounts};
use chrono::{DateTime, NaiveDate, Utc};
use common::{
    db::{Statement, schema::channel},
    time::start_of_day,
};
use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, QueryableByName,
    sql_types::{Array, Integer, Text, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::future::try_join4;
use std::{collections::HashMap, ops::RangeInclusive};

/// The last count of each day of the channels $1, from $2 (inclusive) to $3 (exclusive).
macro_rules! last_count_per_day {
    ($table:literal, $column:literal) => {
        concat!(
            "SELECT DISTINCT ON (channel_idx, day) channel_idx, day, count
            FROM (
                SELECT channel_idx, idx, check_time, ",
            $column,
            "::text AS count,
                    floor((date_part('epoch', check_time) + 32400) / 86400)::integer AS day
                FROM ",
            $table,
            " WHERE channel_idx = ANY ($1) AND check_time >= $2 AND check_time < $3
            ) counts
            ORDER BY channel_idx, day, check_time DESC, idx DESC"
        )
    };
}

const SUBSCRIBERS: &str = last_count_per_day!("channel_subscriber", "subscriber_num");
const VIEWS: &str = last_count_per_day!("channel_views", "view_count");

const UPLOADS: &str = "
    SELECT channel_idx, floor((date_part('epoch', upload_time) + 32400) / 86400)::integer AS day,
        count(*)::text AS count
    FROM video
    WHERE channel_idx = ANY ($1) AND upload_time >= $2 AND upload_time < $3
    GROUP BY channel_idx, day";

#[derive(Debug, QueryableByName)]
struct CountRow {
    #[diesel(sql_type = Integer)]
    channel_idx: i32,
    /// Days since 1970 in Seoul: converting the time zone takes ten times as long.
    #[diesel(sql_type = Integer)]
    day: i32,
    /// Text, as subscribers are stored.
    #[diesel(sql_type = Text)]
    count: String,
}

/// A channel with its counts by day.
pub(crate) struct ChannelCounts {
    pub idx: i32,
    pub name: Option<String>,
    pub counts: DailyCounts,
}

/// Lists the counts of channels on `days`, in the order of `ids`:
/// four statements in one round trip. Unknown channels are left out.
pub(crate) async fn list_counts(
    connection: &AsyncPgConnection,
    ids: &[i32],
    days: RangeInclusive<NaiveDate>,
) -> QueryResult<Vec<ChannelCounts>> {
    let (first, last) = days.into_inner();
    let range = (start_of_day(first), start_of_day(last.succ_opt().unwrap_or(last)));
    let (names, subscribers, views, uploads) = try_join4(
        list_names(connection, ids),
        load(connection, SUBSCRIBERS, ids, range),
        load(connection, VIEWS, ids, range),
        load(connection, UPLOADS, ids, range),
    )
    .await?;
    let mut counts: HashMap<i32, DailyCounts> = HashMap::new();
    for (rows, kind) in [
        (
            subscribers,
            (|counts| &mut counts.subscribers) as fn(&mut DailyCounts) -> &mut CountsByDay,
        ),
        (views, |counts| &mut counts.views),
        (uploads, |counts| &mut counts.uploads),
    ] {
        for row in rows {
            let day = NaiveDate::from_epoch_days(row.day);
            if let (Some(day), Ok(count)) = (day, row.count.trim().parse()) {
                kind(counts.entry(row.channel_idx).or_default()).insert(day, count);
            }
        }
    }
    let names: HashMap<i32, Option<String>> = names.into_iter().collect();
    let channel = |idx: &i32| {
        let name = names.get(idx)?.clone();
        Some(ChannelCounts { idx: *idx, name, counts: counts.remove(idx).unwrap_or_default() })
    };
    Ok(ids.iter().filter_map(channel).collect())
}

async fn load(
    connection: &AsyncPgConnection,
    sql: &'static str,
    ids: &[i32],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> QueryResult<Vec<CountRow>> {
    Statement::new(sql)
        .bind::<Array<Integer>, _>(ids)
        .bind::<Timestamptz, _>(from)
        .bind::<Timestamptz, _>(until)
        .load(&mut &*connection)
        .await
}

async fn list_names(
    connection: &AsyncPgConnection,
    ids: &[i32],
) -> QueryResult<Vec<(i32, Option<String>)>> {
    channel::table
        .filter(channel::idx.eq_any(ids))
        .select((channel::idx, channel::channel_name))
        .load(&mut &*connection)
        .await
}
