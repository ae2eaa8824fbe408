//! `createtrend train`, from the tables.

use forecast::{Model, PastVideo, Plan, Upload};
use ingest::progress::NoProgress;
use test_support::{TestDatabase, dataset::Files, tables::execute};
use training::train::{TrainError, TrainOptions, TrainSummary, train};

/// Sixty channels with ten videos each, two days apart, counted daily for ten days. Views per
/// subscriber differ between channels by a factor of up to e.
const ROWS: &str = "
    INSERT INTO channel (channel_id, subscriber_num, hidden_subscriber)
        SELECT 'UC' || c, (exp(4 + c % 10) * 10)::int, false FROM generate_series(1, 60) c;
    INSERT INTO channel_subscriber (channel_idx, subscriber_num, check_time)
        SELECT idx, subscriber_num::text, '2026-01-02' FROM channel;
    INSERT INTO video (video_id, video_name, upload_time, channel_idx)
        SELECT channel_id || '-' || v, '영상 ' || v,
            '2026-01-01T09:00:00Z'::timestamptz + (v * 2 + idx % 2) * interval '1 day', idx
        FROM channel, generate_series(1, 10) v ORDER BY idx, v;
    INSERT INTO video_views (video_idx, views, check_time)
        SELECT v.idx,
            (0.1 * subscriber_num * exp((c.idx * 7 % 11) / 5.5 - 1 + (v.idx * 13 % 17) / 34.0)
                * d / (d + 2.0))::bigint,
            upload_time + d * interval '1 day'
        FROM video v JOIN channel c ON c.idx = v.channel_idx, generate_series(1, 10) d;
    -- Ignored: counts before the upload, and videos without counts.
    INSERT INTO video_views (video_idx, views, check_time)
        SELECT idx, 5, upload_time - interval '1 day' FROM video;
    INSERT INTO video (video_id, video_name, upload_time) VALUES ('none', 'x', '2026-01-05');";

async fn train_on(database: &TestDatabase, files: &Files) -> Result<TrainSummary, TrainError> {
    let tables = Some(database.settings().clone());
    let (out, name) = (files.path("model.json"), "test".to_owned());
    train(&TrainOptions { files: Vec::new(), tables, out, name, if_better_than: None }, &NoProgress)
        .await
}

async fn context() -> (TestDatabase, Files) {
    let database = TestDatabase::create().await;
    execute(&database, ROWS).await;
    (database, Files::new())
}

#[tokio::test]
async fn training_from_tables_builds_model() {
    let (database, files) = context().await;
    let summary = train_on(&database, &files).await.unwrap();
    let model = Model::load(&files.path("model.json")).unwrap();
    assert_eq!(summary.training.sources[0].name, "tables");
    assert_eq!(summary.training.sources[0].videos, 600);
    let day = chrono::NaiveDate::from_ymd_opt(2026, 2, 6).unwrap();
    let plan = Plan { subscribers: 100_000.into(), ..Plan::new(Upload { day, time: None }) };
    let estimate = model.forecast(&plan).at(7.0);
    assert!((5_000.0..20_000.0).contains(&estimate.views), "{estimate:?}");
    // The variance between channels dominates, so that history has a large weight.
    assert!(model.file().history.correlation > 0.7);
    let past = vec![PastVideo { age_days: 7.0, views: 30_000, subscribers: None }; 5];
    let with_past = model.forecast(&Plan { past, ..plan }).at(7.0);
    assert!((20_000.0..30_000.0).contains(&with_past.views), "{with_past:?}");
    let scores = &summary.training.validation;
    let rmsle = |known: &str| {
        let of = |score: &&forecast::Score| {
            score.subset.starts_with("any videos, day 7") && score.subset.ends_with(known)
        };
        scores.iter().find(of).unwrap().rmsle
    };
    assert!(rmsle("title, history") < rmsle("subscribers, date"));
}

#[tokio::test]
async fn training_from_tables_is_deterministic() {
    let (database, files) = context().await;
    train_on(&database, &files).await.unwrap();
    let before = std::fs::read(files.path("model.json")).unwrap();
    train_on(&database, &files).await.unwrap();
    assert!(std::fs::read(files.path("model.json")).unwrap() == before);
}

#[tokio::test]
async fn training_from_tables_uses_category_shorts_and_uploads() {
    let (database, files) = context().await;
    let properties = "
        UPDATE video SET category = CASE WHEN idx % 2 = 0 THEN 10 ELSE 22 END,
            duration_seconds = CASE WHEN idx % 3 = 0 THEN 600 ELSE 60 END,
            is_short = CASE WHEN idx % 3 = 1 THEN true END;
        UPDATE video_views SET views = video_views.views * 3 FROM video v
            WHERE v.idx = video_idx AND (category = 10) AND video_idx % 3 = 1;
        INSERT INTO video (video_id, video_name, upload_time, channel_idx)
            SELECT 'many-' || n, '영상', '2026-01-01T09:00:00Z', 1 FROM generate_series(1, 15) n;
        INSERT INTO video_views (video_idx, views, check_time)
            SELECT idx, 100, '2026-01-08T09:00:00Z' FROM video WHERE video_id LIKE 'many-%'";
    execute(&database, properties).await;
    train_on(&database, &files).await.unwrap();
    let model = Model::load(&files.path("model.json")).unwrap();
    let day = chrono::NaiveDate::from_ymd_opt(2026, 2, 6).unwrap();
    let plan = Plan { subscribers: 100_000.into(), ..Plan::new(Upload { day, time: None }) };
    let of = |category, is_short| {
        model.forecast(&Plan { category, is_short, ..plan.clone() }).at(7.0).views
    };
    assert!(of(Some(10), None) > 1.2 * of(Some(22), None));
    assert!(of(None, Some(true)) > 1.2 * of(None, Some(false)));
    // Only one channel has twenty videos, too few for a level from uploads.
    assert!(model.file().general.levels.iter().all(|level| !level.inputs.uploads));
}

#[tokio::test]
async fn training_ignores_estimated_subscribers() {
    let (database, files) = context().await;
    execute(&database, "UPDATE channel SET hidden_subscriber = true").await;
    let error = train_on(&database, &files).await.unwrap_err();
    assert!(matches!(error, TrainError::TooFewVideos { found: 0, .. }), "{error}");
    assert!(error.to_string().contains("createtrend import --channels"), "{error}");
}

#[tokio::test]
async fn training_from_empty_tables_fails() {
    let error = train_on(&TestDatabase::create().await, &Files::new()).await.unwrap_err();
    assert!(matches!(error, TrainError::TooFewVideos { found: 0, .. }), "{error}");
}

#[tokio::test]
async fn training_ignores_infinite_times() {
    let (database, files) = context().await;
    let infinite_times = "
        INSERT INTO video (video_id, video_name, upload_time, channel_idx)
            VALUES ('endless', 'x', 'infinity', 1), ('ancient', 'x', '-infinity', 1);
        INSERT INTO video_views (video_idx, views, check_time)
            SELECT idx, 5, unnest('{infinity, -infinity, 2026-01-05}'::timestamptz[]) FROM video;
        INSERT INTO channel_subscriber (channel_idx, subscriber_num, check_time)
            SELECT idx, '1', unnest('{infinity, -infinity}'::timestamptz[]) FROM channel";
    execute(&database, infinite_times).await;
    let summary = train_on(&database, &files).await.unwrap();
    assert_eq!(summary.training.sources[0].videos, 600);
}
