//! The channel of a planned video.

use common::{db::Statement, models::MAX_SHORT_SECONDS};
use diesel::{
    OptionalExtension, QueryResult, QueryableByName,
    sql_types::{BigInt, Bool, Integer, Nullable, SmallInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

/// A channel with the most frequent properties of its newest videos.
#[derive(Debug, QueryableByName)]
pub(crate) struct ProfileRow {
    #[diesel(sql_type = Integer)]
    pub idx: i32,
    #[diesel(sql_type = Text)]
    pub channel_id: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub channel_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub thumbnail_url: Option<String>,
    #[diesel(sql_type = Integer)]
    pub subscriber_num: i32,
    #[diesel(sql_type = Bool)]
    pub subscriber_estimated: bool,
    #[diesel(sql_type = Nullable<Bool>)]
    pub hidden_subscriber: Option<bool>,
    /// YouTube's number of public videos.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub upload_count: Option<i64>,
    /// Stored videos.
    #[diesel(sql_type = BigInt)]
    pub stored: i64,
    /// The newest videos, at most 20.
    #[diesel(sql_type = BigInt)]
    pub videos: i64,
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub category: Option<i16>,
    #[diesel(sql_type = Nullable<Bool>)]
    pub is_short: Option<bool>,
}

/// Finds a channel and the most frequent category and length of its newest videos.
pub(crate) async fn find_profile(
    connection: &AsyncPgConnection,
    idx: i32,
) -> QueryResult<Option<ProfileRow>> {
    Statement::new(include_str!("profile.sql"))
        .bind::<Integer, _>(idx)
        .bind::<Integer, _>(MAX_SHORT_SECONDS)
        .get_result(&mut &*connection)
        .await
        .optional()
}
