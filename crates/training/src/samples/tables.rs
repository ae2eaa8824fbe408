//! Reading samples from the database.

use super::{
    Point, Sample, SampleError, SampleKind, Samples, counting::remove_incomparable_counts,
    past::fill_past, upload_at,
};
use chrono::{DateTime, Utc};
use common::{db::tokio_config, settings::PostgresSettings};
use forecast::{Plan, Subscribers, known_uploads};
use futures_util::TryStreamExt;
use ingest::progress::{Progress, Unit};
use std::pin::pin;
use tokio_postgres::{NoTls, Row};

/// The maximum number of videos; the newest are read. Their counts take about 100 MB.
const MAX_VIDEOS: i64 = 100_000;

/// Reads the videos that were counted within 45 days after their upload.
pub async fn read_tables(
    settings: &PostgresSettings,
    progress: &dyn Progress,
) -> Result<Samples, SampleError> {
    let config = tokio_config(settings)?;
    let connecting =
        tokio::time::timeout(settings.connect_timeout_ms.duration(), config.connect(NoTls));
    let (client, connection) = connecting.await.map_err(|_| SampleError::TimedOut)??;
    // Ends with the client, whose next call returns its errors.
    tokio::spawn(connection);
    let mut task = progress.start("reading tables", Unit::Rows, 0);
    let statement = include_str!("sql/videos.sql");
    let mut rows = pin!(client.query_raw(statement, [MAX_VIDEOS]).await?);
    let mut samples = Samples::of("tables".to_owned());
    while let Some(row) = rows.try_next().await? {
        samples.videos.push(sample(&row)?);
        samples.rows += 1;
        task.advance(1);
    }
    remove_incomparable_counts(&mut samples.videos);
    fill_past(&mut samples.videos);
    samples.set_hash();
    task.finish();
    Ok(samples)
}

fn sample(row: &Row) -> Result<Sample, tokio_postgres::Error> {
    let uploaded: DateTime<Utc> = row.try_get(1)?;
    let channel: Option<i32> = row.try_get(2)?;
    let (ages, views): (Vec<f64>, Vec<i64>) = (row.try_get(3)?, row.try_get(4)?);
    let (count, is_hidden): (Option<i64>, bool) = (row.try_get(5)?, row.try_get(6)?);
    let subscribers = match count {
        _ if is_hidden => Subscribers::Hidden,
        Some(count) => Subscribers::Known(count.unsigned_abs()),
        None => Subscribers::Unknown,
    };
    let category: Option<i16> = row.try_get(7)?;
    let (upload_count, stored): (Option<i64>, Option<i64>) = (row.try_get(9)?, row.try_get(10)?);
    let plan = Plan {
        subscribers,
        category: category.and_then(|number| u16::try_from(number).ok()),
        is_short: row.try_get(8)?,
        uploads: known_uploads(upload_count, stored.unwrap_or_default()),
        title: Some(row.try_get(0)?),
        ..Plan::new(upload_at(uploaded))
    };
    let point = |(age, views): (f64, i64)| Point { day: age, age, views: views.unsigned_abs() };
    let points = ages.into_iter().zip(views).map(point).collect();
    let channel = channel.map(|number| number.to_string());
    Ok(Sample { kind: SampleKind::General, plan, source: 0, channel, points })
}
