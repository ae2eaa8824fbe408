//! Queries for the rows that become documents.

use crate::locks;
use chrono::{DateTime, Utc};
use common::{
    db::schema::{pending_derivation, pending_index, video, video_keyword_new},
    models::{Video, VideoKeyword},
    search::{KeywordObject, VideoDocument},
};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, QueryResult,
    SelectableHelper, delete,
    dsl::{exists, not, sql},
    result::{DatabaseErrorKind, Error},
    select, sql_query,
    sql_types::{BigInt, Bool, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use std::collections::HashMap;

diesel::define_sql_function! {
    /// Acquires an advisory lock without waiting; `false` if another session holds it.
    fn pg_try_advisory_lock(key: BigInt) -> Bool;
}

diesel::define_sql_function! {
    /// The current time of the database server.
    fn clock_timestamp() -> Timestamptz;
}

/// Acquires the reindex lock; `false` if another session holds it.
pub(super) async fn try_lock(connection: &mut AsyncPgConnection) -> QueryResult<bool> {
    select(pg_try_advisory_lock(locks::REINDEX)).get_result(connection).await
}

/// Waits up to ten minutes for the reindex lock; `false` if another session still holds it.
pub(super) async fn wait_for_lock(connection: &mut AsyncPgConnection) -> QueryResult<bool> {
    sql_query("SET lock_timeout = '10min'").execute(connection).await?;
    let lock = sql_query("SELECT pg_advisory_lock($1)").bind::<BigInt, _>(locks::REINDEX);
    let is_locked = match lock.execute(connection).await {
        Ok(_) => true,
        // The lock timeout: diesel has no kind for it.
        Err(Error::DatabaseError(DatabaseErrorKind::Unknown, _)) => false,
        Err(error) => return Err(error),
    };
    sql_query("RESET lock_timeout").execute(connection).await?;
    Ok(is_locked)
}

/// The current time of the clock that sets `changed_at`.
pub(super) async fn now(connection: &mut AsyncPgConnection) -> QueryResult<DateTime<Utc>> {
    select(clock_timestamp()).get_result(connection).await
}

/// The version of the mark that changes are not indexed. Each transaction with such changes sets a
/// new version.
pub(super) struct PendingMark(String);

/// Finds the mark of changes that are not indexed.
pub(super) async fn find_pending(
    connection: &mut AsyncPgConnection,
) -> QueryResult<Option<PendingMark>> {
    let version = pending_index::table.select(sql::<Text>("xmin::text")).first(connection).await;
    Ok(version.optional()?.map(PendingMark))
}

/// Records that the changes since `from` are indexed, unless others were stored since `mark` was
/// read, or an import will change the videos that it has stored.
pub(super) async fn clear_pending(
    connection: &mut AsyncPgConnection,
    from: DateTime<Utc>,
    mark: PendingMark,
) -> QueryResult<()> {
    let indexed = pending_index::table
        .filter(pending_index::since.ge(from))
        .filter(sql::<Bool>("xmin::text = ").bind::<Text, _>(mark.0))
        .filter(not(exists(pending_derivation::table.select(pending_derivation::video_idx))));
    delete(indexed).execute(connection).await?;
    Ok(())
}

/// The number of videos that changed since `since`, inclusive.
pub(super) async fn count_videos(
    connection: &mut AsyncPgConnection,
    since: DateTime<Utc>,
) -> QueryResult<u64> {
    let query = video::table.filter(video::changed_at.ge(since)).count();
    let count: i64 = query.get_result(connection).await?;
    Ok(count.unsigned_abs())
}

/// The next changed videos with an idx above `after`, ordered by idx; at most `limit`.
pub(super) async fn list_videos(
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

/// The changes of one bulk request.
pub(super) struct IndexBatch {
    /// The documents of videos.
    pub documents: Vec<VideoDocument>,
    /// Videos that YouTube no longer returns.
    pub removed: Vec<i32>,
}

/// Loads the tags of `videos` and returns their documents.
pub(super) async fn load_documents(
    connection: &mut AsyncPgConnection,
    videos: Vec<Video>,
) -> QueryResult<IndexBatch> {
    let (removed, videos): (Vec<Video>, Vec<Video>) =
        videos.into_iter().partition(|video| video.removed_at.is_some());
    let ids: Vec<i32> = videos.iter().map(|video| video.idx).collect();
    let tags: Vec<VideoKeyword> = video_keyword_new::table
        .filter(video_keyword_new::video_idx.eq_any(ids))
        .order(video_keyword_new::idx)
        .select(VideoKeyword::as_select())
        .load(connection)
        .await?;
    let mut tags_by_video: HashMap<i32, Vec<KeywordObject>> = HashMap::new();
    for tag in tags {
        let object = KeywordObject { idx: tag.idx, keyword: tag.keyword };
        tags_by_video.entry(tag.video_idx).or_default().push(object);
    }
    let document = |video: Video| {
        let tags = tags_by_video.remove(&video.idx).unwrap_or_default();
        VideoDocument::new(video, tags)
    };
    let documents = videos.into_iter().map(document).collect();
    let removed = removed.into_iter().map(|video| video.idx).collect();
    Ok(IndexBatch { documents, removed })
}
