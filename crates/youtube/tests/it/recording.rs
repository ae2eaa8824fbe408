//! Replay of recorded responses.

use crate::setup::{Setup, at, config};
use chrono::TimeDelta;
use fake_youtube::Config;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use std::{fs::File, io::Write, path::Path};
use youtube::{CacheValidators, ChannelId, FetchedFeed, Limits, Part, VideoId};

const CHANNEL: &str = "UC0123456789abcdefABCDEF";

fn write(folder: &Path, name: &str, items: &[Value]) {
    let body = json!({
        "kind": "youtube#videoListResponse",
        "etag": "EprAQOnro_1J4E3X2obGWFt9XgY",
        "items": items,
        "nextPageToken": "CDIQAA",
        "pageInfo": { "totalResults": 200, "resultsPerPage": 50 }
    });
    let mut gzip = GzEncoder::new(File::create(folder.join(name)).unwrap(), Compression::fast());
    gzip.write_all(body.to_string().as_bytes()).unwrap();
    gzip.finish().unwrap();
}

fn video(number: usize, views: u64) -> Value {
    let id = format!("recorded{number:03}");
    json!({
        "kind": "youtube#video",
        "etag": "SHpxHr5aTz29kmvl2fDOXM_dNBs",
        "id": id,
        "snippet": {
            "publishedAt": format!("2025-04-30T09:{:02}:00Z", number % 60),
            "channelId": CHANNEL,
            "title": format!("떡볶이 {number}인분"),
            "description": "",
            "thumbnails": { "default": { "url": "https://i.ytimg.com/vi/a/default.jpg", "width": 120, "height": 90 } },
            "channelTitle": "배고픈 지우",
            "categoryId": "22",
            "liveBroadcastContent": "none",
            "localized": { "title": "떡볶이", "description": "" }
        },
        "statistics": { "viewCount": views.to_string(), "favoriteCount": "0" }
    })
}

fn setup(folder: &Path) -> Setup {
    let first: Vec<Value> = (0..60).map(|number| video(number, 1_000)).collect();
    write(folder, "videos-list-20250501.json.gz", &first);
    write(folder, "videos-list-20250502.json.gz", &[video(1, 1_500)]);
    let start = at("2025-05-01T12:00:00Z");
    let recording = Some(folder.to_owned());
    Setup::new(Config { recording, start, ..config() }, Limits::default())
}

#[tokio::test]
async fn recorded_charts_and_videos_are_replayed_by_date() {
    let folder = tempfile::tempdir().unwrap();
    let setup = setup(folder.path());
    let parts = [Part::Snippet, Part::Statistics];
    let first = setup.client.chart("KR", None, &parts, None).await.unwrap();
    let second = setup.client.chart("KR", None, &parts, first.next.as_ref()).await.unwrap();
    assert_eq!((first.items.len(), second.items.len(), second.next), (50, 10, None));
    let id: VideoId = "recorded001".parse().unwrap();
    let views = async || setup.video(&id).await.statistics.unwrap().view_count;
    assert_eq!(views().await, Some(1_000));
    setup.simulator().set_time(at("2025-05-02T00:00:00Z"), None);
    assert_eq!(views().await, Some(1_500));
    let stats = setup.client.video_stats(std::slice::from_ref(&id)).await.unwrap();
    assert_eq!(stats.items[0].statistics.view_count, Some(1_500));
    assert_eq!(setup.client.chart("KR", None, &parts, None).await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn recorded_channel_has_feed_and_uploads() {
    let folder = tempfile::tempdir().unwrap();
    let setup = setup(folder.path());
    let id: ChannelId = CHANNEL.parse().unwrap();
    let channel = setup.client.channels(std::slice::from_ref(&id)).await.unwrap().items.remove(0);
    assert_eq!(channel.snippet.title, "배고픈 지우");
    assert_eq!(channel.statistics.subscribers, None);
    let feed = setup.client.feed(&id, &CacheValidators::default()).await.unwrap();
    let FetchedFeed::Modified(feed, _) = feed else { panic!("nothing is cached") };
    assert_eq!((feed.entries.len(), feed.entries[0].views), (15, Some(1_000)));
    let page = setup.client.playlist_items(&id.uploads(), None).await.unwrap();
    assert_eq!((page.items.len(), page.next.is_some()), (50, true));
    assert_eq!(page.items[0].video_id, feed.entries[0].video_id);
}

/// Needs real data: the directory in `TEST_YOUTUBE_DATA`, which CI sets.
#[tokio::test]
async fn real_recordings_are_parsed_completely() {
    let Some(folder) = std::env::var_os("TEST_YOUTUBE_DATA") else {
        println!("skipped: TEST_YOUTUBE_DATA is not set");
        return;
    };
    let recording = Some(folder.into());
    let setup = Setup::new(Config { recording, ..config() }, Limits::default());
    let recording = setup.simulator().recording().unwrap();
    let (mut day, mut videos) = (recording.start().unwrap(), 0);
    for _ in 0..300 {
        setup.simulator().set_time(day, None);
        let parts = [Part::Snippet, Part::Statistics];
        let page = setup.client.chart("KR", None, &parts, None).await.unwrap();
        assert_eq!((page.items.len(), page.invalid), (recording.chart(day).len(), vec![]));
        for (video, raw) in page.items.iter().zip(recording.chart(day)) {
            let (snippet, counts) = (video.snippet.as_ref().unwrap(), video.statistics.unwrap());
            let text = |count: Option<u64>| count.map_or(Value::Null, |it| json!(it.to_string()));
            assert_eq!(raw["id"], json!(video.id));
            assert_eq!(raw["snippet"]["title"], json!(snippet.title));
            assert_eq!(raw["snippet"]["tags"], json!(snippet.tags));
            assert_eq!(raw["statistics"]["viewCount"], text(counts.view_count));
            assert_eq!(raw["statistics"]["likeCount"], text(counts.like_count));
            assert_eq!(raw["statistics"]["commentCount"], text(counts.comment_count));
        }
        videos += page.items.len();
        day += TimeDelta::days(1);
    }
    assert!(videos > 1_000, "{videos}");
}
