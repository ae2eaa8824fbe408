//! Lists of ranked keywords in PostgreSQL. Concurrent statements on a shared connection are
//! pipelined: one round trip.

use crate::domain::{ListFilter, ListOrder};
use chrono::{DateTime, Utc};
use common::{db::Statement, http::filters::ListPage};
use diesel::{
    OptionalExtension, QueryResult, QueryableByName,
    sql_types::{BigInt, Bool, Double, Integer, Nullable, SmallInt, Text, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

const LIST: &str = "
    SELECT window_from, window_until, previous_from, active_channels, previous_active_channels,
        CASE WHEN $6 THEN rising ELSE large END AS entries
    FROM keyword_list
    WHERE days = $1 AND category = $2 AND length = $3
        AND min_subscribers IS NOT DISTINCT FROM $4 AND below_subscribers IS NOT DISTINCT FROM $5";

const ENTRIES: &str = "
    SELECT k.name, e.videos, e.channels, e.largest_channel_videos, e.views, e.previous_videos,
        e.previous_channels, e.rate_ratio, e.rate_ratio_low
    FROM keyword_list l
    JOIN keyword_list_entry e ON e.list_idx = l.idx
    JOIN keyword k ON k.idx = e.keyword_idx
    WHERE l.days = $1 AND l.category = $2 AND l.length = $3
        AND l.min_subscribers IS NOT DISTINCT FROM $4
        AND l.below_subscribers IS NOT DISTINCT FROM $5
        AND CASE WHEN $6 THEN e.rising_rank ELSE e.large_rank END BETWEEN $7 + 1 AND $8
    ORDER BY CASE WHEN $6 THEN e.rising_rank ELSE e.large_rank END";

/// A list of keywords.
#[derive(Debug, QueryableByName)]
pub(crate) struct ListRow {
    #[diesel(sql_type = Timestamptz)]
    pub window_from: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub window_until: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub previous_from: DateTime<Utc>,
    #[diesel(sql_type = Integer)]
    pub active_channels: i32,
    #[diesel(sql_type = Integer)]
    pub previous_active_channels: i32,
    /// Keywords on all pages.
    #[diesel(sql_type = Integer)]
    pub entries: i32,
}

/// A keyword of a list.
#[derive(Debug, QueryableByName)]
pub(crate) struct EntryRow {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Integer)]
    pub videos: i32,
    #[diesel(sql_type = Integer)]
    pub channels: i32,
    #[diesel(sql_type = Integer)]
    pub largest_channel_videos: i32,
    #[diesel(sql_type = BigInt)]
    pub views: i64,
    #[diesel(sql_type = Integer)]
    pub previous_videos: i32,
    #[diesel(sql_type = Integer)]
    pub previous_channels: i32,
    #[diesel(sql_type = Nullable<Double>)]
    pub rate_ratio: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    pub rate_ratio_low: Option<f64>,
}

/// Binds the filter to `$1` to `$5`, and the order to `$6`.
macro_rules! filtered {
    ($statement:expr, $filter:expr, $order:expr) => {
        Statement::new($statement)
            .bind::<SmallInt, _>($filter.days)
            .bind::<SmallInt, _>($filter.category.unwrap_or(0))
            .bind::<Text, _>($filter.length_name())
            .bind::<Nullable<Integer>, _>($filter.size.lowest())
            .bind::<Nullable<Integer>, _>($filter.size.below())
            .bind::<Bool, _>($order == ListOrder::Rising)
    };
}

/// Finds a list; `None` if no video matches its filter.
pub(crate) async fn find_list(
    connection: &AsyncPgConnection,
    filter: &ListFilter,
    order: ListOrder,
) -> QueryResult<Option<ListRow>> {
    filtered!(LIST, filter, order).get_result(&mut &*connection).await.optional()
}

/// Lists `limit` keywords of a list, in its order.
pub(crate) async fn list_entries(
    connection: &AsyncPgConnection,
    filter: &ListFilter,
    order: ListOrder,
    page: ListPage,
    limit: i64,
) -> QueryResult<Vec<EntryRow>> {
    filtered!(ENTRIES, filter, order)
        .bind::<BigInt, _>(page.offset())
        .bind::<BigInt, _>(page.offset() + limit)
        .load(&mut &*connection)
        .await
}
