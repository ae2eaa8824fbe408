//! The rows behind the documents.

use chrono::{DateTime, Utc};
use common::{
    db::schema::{video, video_keyword_new},
    models::{Video, VideoKeyword},
    search::{KeywordObject, VideoDocument},
};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryResult, SelectableHelper, select,
    sql_types::BigInt,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use std::collections::HashMap;

/// Any number: whoever reindexes holds this advisory lock until its connection ends.
const LOCK: i64 = 0x7265_696e;

diesel::define_sql_function! {
    /// Takes an advisory lock, if nobody has it.
    fn pg_try_advisory_lock(key: BigInt) -> Bool;
}

diesel::define_sql_function! {
    /// The database's clock.
    fn clock_timestamp() -> Timestamptz;
}

/// Takes the lock of reindexing; `false` where somebody has it.
pub(super) async fn lock(connection: &mut AsyncPgConnection) -> QueryResult<bool> {
    select(pg_try_advisory_lock(LOCK)).get_result(connection).await
}

/// The time by the clock that marks changes.
pub(super) async fn now(connection: &mut AsyncPgConnection) -> QueryResult<DateTime<Utc>> {
    select(clock_timestamp()).get_result(connection).await
}

/// How many videos changed since then.
pub(super) async fn count(
    connection: &mut AsyncPgConnection,
    since: DateTime<Utc>,
) -> QueryResult<u64> {
    let query = video::table.filter(video::changed_at.ge(since)).count();
    let count: i64 = query.get_result(connection).await?;
    Ok(count.unsigned_abs())
}

/// The next videos after the video `after`, in the order of their numbers.
pub(super) async fn videos(
    connection: &mut AsyncPgConnection,
    since: DateTime<Utc>,
    after: i32,
    limit: i64,
) -> QueryResult<Vec<Video>> {
    video::table
        .filter(video::idx.gt(after).and(video::changed_at.ge(since)))
        .order(video::idx)
        .limit(limit)
        .select(Video::as_select())
        .load(connection)
        .await
}

/// The documents of these videos, with their tags.
pub(super) async fn documents(
    connection: &mut AsyncPgConnection,
    videos: Vec<Video>,
) -> QueryResult<Vec<VideoDocument>> {
    let numbers: Vec<i32> = videos.iter().map(|video| video.idx).collect();
    let tags: Vec<VideoKeyword> = video_keyword_new::table
        .filter(video_keyword_new::video_idx.eq_any(numbers))
        .order(video_keyword_new::idx)
        .select(VideoKeyword::as_select())
        .load(connection)
        .await?;
    let mut of_video: HashMap<i32, Vec<KeywordObject>> = HashMap::new();
    for tag in tags {
        let object = KeywordObject { idx: tag.idx, keyword: tag.keyword };
        of_video.entry(tag.video_idx).or_default().push(object);
    }
    let document = |video: Video| {
        let tags = of_video.remove(&video.idx).unwrap_or_default();
        VideoDocument::new(video, tags)
    };
    Ok(videos.into_iter().map(document).collect())
}
