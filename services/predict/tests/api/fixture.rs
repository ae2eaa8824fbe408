//! Services with an isolated broker, database and index, and planned videos.

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::Utc;
use common::time::seoul_day;
use image::{DynamicImage, ImageFormat};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use std::{io::Cursor, time::Duration};
use test_support::{
    Protocol, Proxy, Reply, TestBroker, TestDatabase, TestIndex, TestService, VideoBuilder, client,
    settings, video,
};

pub const PATH: &str = "/api/views_predict/";

/// Time after which the broker's policy deletes unused queues; longer than any test, so that only
/// the service deletes queues during a test.
pub const QUEUE_EXPIRY: Duration = Duration::from_mins(10);

/// The queues that do not belong to a prediction: those that all AI servers, and that `ai-worker`
/// consumes.
pub const PERMANENT_QUEUES: &[&str] = &["direct_ai_jobs", "request_ai_process"];

/// A service with an isolated broker.
pub struct PredictionContext {
    pub service: TestService,
    pub broker: TestBroker,
}

impl PredictionContext {
    pub async fn new() -> Self {
        Self::with_settings(&[]).await
    }

    pub async fn with_settings(settings: &[(&str, &str)]) -> Self {
        let broker = TestBroker::create(QUEUE_EXPIRY).await;
        let settings = [&[broker.setting()], settings].concat();
        let service = TestService::start("predict", predict::service, &settings);
        Self { service, broker }
    }

    pub async fn predict(&self, plan: &Value) -> Reply {
        Reply::send(client().post(self.service.url(PATH)).json(plan)).await
    }
}

/// A service that connects to its broker through a proxy.
pub async fn context_with_proxy(more: &[(&str, &str)]) -> (Proxy, PredictionContext) {
    let server = settings().rabbitmq;
    let proxy = Proxy::start(&format!("{}:{}", server.host, server.port), Protocol::Amqp);
    let port = proxy.port().to_string();
    let proxied =
        [("CREATETREND_RABBITMQ__HOST", "127.0.0.1"), ("CREATETREND_RABBITMQ__PORT", &port)];
    let context = PredictionContext::with_settings(&[&proxied, more].concat()).await;
    (proxy, context)
}

/// A request for a prediction.
pub fn request(url: &str) -> RequestBuilder {
    client().post(url).json(&plan())
}

/// A planned video.
pub fn plan() -> Value {
    json!({
        "thumbnail_url": "https://i.ytimg.com/vi/uq5LClQN3cE/hqdefault.jpg",
        "video_name": "혼자 먹는 저녁",
        "channel_subscriber": 15_300,
        "upload_date": seoul_day(Utc::now()).to_string(),
    })
}

/// A planned video with one field replaced, or removed if `value` is null.
pub fn plan_with(field: &str, value: Value) -> Value {
    let mut plan = plan();
    let fields = plan.as_object_mut().expect("fields");
    if value.is_null() {
        fields.remove(field)
    } else {
        fields.insert(field.to_owned(), value)
    };
    plan
}

/// An image as a data URL.
pub fn data_url(format: ImageFormat) -> String {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(128, 72).write_to(&mut bytes, format).expect("an image");
    let encoded = BASE64_STANDARD.encode(bytes.into_inner());
    format!("data:{};base64,{encoded}", format.to_mime_type())
}

/// A service with an isolated database and index of videos.
pub struct RecommendationContext {
    pub service: TestService,
    /// Deleted on drop.
    _storage: (TestDatabase, TestIndex),
}

impl RecommendationContext {
    pub async fn new() -> Self {
        Self::with_settings(&[]).await
    }

    pub async fn with_settings(settings: &[(&str, &str)]) -> Self {
        let database = TestDatabase::create().await;
        database.fill(include_str!("fixture.sql")).await;
        let documents: Vec<_> = videos().into_iter().map(VideoBuilder::document).collect();
        let index = TestIndex::with_documents(&documents).await;
        let settings = [&[database.setting(), index.setting()], settings].concat();
        let service = TestService::start("predict", predict::service, &settings);
        Self { service, _storage: (database, index) }
    }

    /// The idx of the videos that are recommended for these parameters.
    pub async fn recommended(&self, kind: &str, parameters: &[(&str, &str)]) -> Vec<i64> {
        let reply = self.service.get(&path_of(kind, parameters)).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        let videos = reply.json();
        let videos = videos.as_array().expect("a list").iter();
        videos.map(|video| video["idx"].as_i64().expect("a number")).collect()
    }
}

/// The path of `simple_recommendation` or `advanced_recommendation` with these parameters.
pub fn path_of(kind: &str, parameters: &[(&str, &str)]) -> String {
    let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = parameters.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
    format!("{PATH}{kind}_recommendation?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// The videos in the index:
///
/// | video | uploaded | popularity | tags |
/// |---|---|---|---|
/// | 1 | today | 2 | 먹방, 라면 |
/// | 2 | 30 days ago | 5 | 먹방, 광고 |
/// | 3 | 31 days ago | 9 | 먹방, 라면 |
/// | 4 | 3 days ago | 3 | 브이로그 |
/// | 5 | 4 days ago | unknown | 먹방, 브이로그 |
/// | 6 | 5 days ago | 4 | 먹방 (no row in the database) |
/// | 11 to 19 | 6 days ago | 0.1 to 0.9 | 요리 |
fn videos() -> Vec<VideoBuilder> {
    let mut videos = vec![
        video(1, 1, 0, 30).popularity(2.0).tags(&["먹방", "라면"]),
        video(2, 30, 0, 30).popularity(5.0).tags(&["먹방", "광고"]),
        video(3, 31, 23, 30).popularity(9.0).tags(&["먹방", "라면"]),
        video(4, 3, 12, 0).popularity(3.0).tags(&["브이로그"]),
        video(5, 4, 12, 0).popularity(None).tags(&["먹방", "브이로그"]),
        video(6, 5, 12, 0).popularity(4.0).tags(&["먹방"]),
    ];
    let cooking = (11..=19)
        .map(|idx| video(idx, 6, 12, 0).popularity(f64::from(idx - 10) / 10.0).tags(&["요리"]));
    videos.extend(cooking);
    videos
}
