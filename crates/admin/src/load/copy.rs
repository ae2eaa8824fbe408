//! Copying a batch into the temporary tables.

use super::{Batch, LoadError};
use std::pin::pin;
use tokio_postgres::{
    Transaction,
    binary_copy::BinaryCopyInWriter,
    types::{ToSql, Type},
};

type Value<'a> = &'a (dyn ToSql + Sync);

/// Copies every list of `batch` into its temporary table, in place of the batch before.
pub(super) async fn stage(to: &Transaction<'_>, batch: &Batch) -> Result<(), LoadError> {
    to.batch_execute(include_str!("sql/empty_staging.sql")).await?;
    stage_channels(to, batch).await?;
    stage_videos(to, batch).await?;
    stage_counts(to, batch).await
}

async fn stage_channels(to: &Transaction<'_>, batch: &Batch) -> Result<(), LoadError> {
    let columns = [
        ("place", Type::INT4),
        ("channel_id", Type::TEXT),
        ("channel_name", Type::TEXT),
        ("channel_description", Type::TEXT),
        ("channel_start_date", Type::DATE),
        ("thumbnail_url", Type::TEXT),
        ("hidden_subscriber", Type::BOOL),
        ("subscriber_num", Type::INT4),
    ];
    copy(to, "staged_channel", &columns, &batch.channels, |channel, place| {
        [
            place,
            &channel.channel_id,
            &channel.name,
            &channel.description,
            &channel.start_date,
            &channel.thumbnail_url,
            &channel.hidden_subscriber,
            &channel.subscribers,
        ]
    })
    .await
}

async fn stage_videos(to: &Transaction<'_>, batch: &Batch) -> Result<(), LoadError> {
    let columns = [
        ("place", Type::INT4),
        ("video_id", Type::TEXT),
        ("channel_place", Type::INT4),
        ("video_name", Type::TEXT),
        ("video_description", Type::TEXT),
        ("upload_time", Type::TIMESTAMPTZ),
        ("thumbnail_url", Type::TEXT),
        ("views", Type::INT8),
        ("views_growth", Type::INT8),
        ("popularity", Type::FLOAT8),
        ("crawled", Type::BOOL),
    ];
    copy(to, "staged_video", &columns, &batch.videos, |video, place| {
        [
            place,
            &video.video_id,
            &video.channel,
            &video.title,
            &video.description,
            &video.upload_time,
            &video.thumbnail_url,
            &video.views,
            &video.views_growth,
            &video.popularity,
            &video.crawled,
        ]
    })
    .await?;
    let columns = [("place", Type::INT4), ("video_place", Type::INT4), ("keyword", Type::TEXT)];
    copy(to, "staged_keyword", &columns, &batch.keywords, |keyword, place| {
        [place, &keyword.video, &keyword.keyword]
    })
    .await
}

async fn stage_counts(to: &Transaction<'_>, batch: &Batch) -> Result<(), LoadError> {
    let [place, time] = [("place", Type::INT4), ("check_time", Type::TIMESTAMPTZ)];
    let video = ("video_place", Type::INT4);
    let columns = [place.clone(), video.clone(), ("views", Type::INT8), time.clone()];
    copy(to, "staged_views", &columns, &batch.views, |views, place| {
        [place, &views.video, &views.views, &views.check_time]
    })
    .await?;
    let (likes, dislikes) = (("likes", Type::INT8), ("dislikes", Type::INT8));
    let columns = [place.clone(), video, likes, dislikes, time.clone()];
    copy(to, "staged_likes", &columns, &batch.likes, |likes, place| {
        [place, &likes.video, &likes.likes, &likes.dislikes, &likes.check_time]
    })
    .await?;
    let channel = ("channel_place", Type::INT4);
    let count = ("subscriber_num", Type::INT4);
    let columns = [place.clone(), channel.clone(), count, time.clone()];
    copy(to, "staged_subscribers", &columns, &batch.subscribers, |count, place| {
        [place, &count.channel, &count.subscribers, &count.check_time]
    })
    .await?;
    let columns = [place, channel, ("view_count", Type::INT8), time];
    copy(to, "staged_channel_views", &columns, &batch.channel_views, |views, place| {
        [place, &views.channel, &views.views, &views.check_time]
    })
    .await
}

/// Copies `rows` into `table`; `values` gives a row's values, `place` its number.
async fn copy<T, const N: usize>(
    to: &Transaction<'_>,
    table: &str,
    columns: &[(&str, Type); N],
    rows: &[T],
    values: impl for<'a> Fn(&'a T, &'a i32) -> [Value<'a>; N],
) -> Result<(), LoadError> {
    if rows.is_empty() {
        return Ok(());
    }
    let names = columns.each_ref().map(|(name, _)| *name).join(", ");
    let types = columns.each_ref().map(|(_, kind)| kind.clone());
    let sink = to.copy_in(&format!("COPY {table} ({names}) FROM STDIN BINARY")).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
    for (place, row) in (0_i32..).zip(rows) {
        writer.as_mut().write(&values(row, &place)).await?;
    }
    writer.finish().await?;
    Ok(())
}
