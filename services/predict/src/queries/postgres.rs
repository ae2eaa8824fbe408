//! The rows of recommended videos.

use common::db::schema::{channel, video};
use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, Queryable, Selectable, SelectableHelper, pg::Pg,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = video, check_for_backend(Pg))]
pub(crate) struct VideoRow {
    pub idx: i32,
    pub video_name: String,
    pub thumbnail_url: Option<String>,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = channel, check_for_backend(Pg))]
pub(crate) struct ChannelRow {
    pub channel_name: Option<String>,
    pub thumbnail_url: Option<String>,
}

/// The videos with these idx and their channels, in any order.
pub(crate) async fn list_videos(
    connection: &mut AsyncPgConnection,
    videos: &[i32],
) -> QueryResult<Vec<(VideoRow, Option<ChannelRow>)>> {
    video::table
        .left_join(channel::table)
        .filter(video::idx.eq_any(videos))
        .select((VideoRow::as_select(), Option::<ChannelRow>::as_select()))
        .load(connection)
        .await
}
