//! A minimal collector: discovery by feeds, scheduled checks, observations compared with the
//! state of the simulator.

use crate::setup::setup;
use chrono::{DateTime, TimeDelta, Utc};
use fake_youtube::Visibility;
use std::collections::HashMap;
use youtube::{CacheValidators, ChannelId, FetchedFeed, MAX_IDS, Method, VideoId, next_check};

const DAYS: i64 = 7;

struct Tracked {
    published: DateTime<Utc>,
    due: DateTime<Utc>,
}

#[tokio::test]
async fn observations_of_a_week_equal_the_state_of_the_simulator() {
    let setup = setup();
    let (channels, start) = (&setup.channels()[..20], setup.now());
    let mut tracked: HashMap<VideoId, Tracked> = HashMap::new();
    let mut observed: HashMap<VideoId, Vec<(DateTime<Utc>, u64)>> = HashMap::new();
    for _ in 0..DAYS * 24 {
        setup.simulator().clock().advance(TimeDelta::hours(1));
        let now = setup.now();
        // Each channel every third hour.
        for channel in
            channels.iter().skip(usize::try_from(now.timestamp() / 3_600 % 3).unwrap()).step_by(3)
        {
            let feed = setup.client.feed(channel, &CacheValidators::default()).await.unwrap();
            let FetchedFeed::Modified(feed, _) = feed else { panic!("nothing is cached") };
            for entry in feed.entries.into_iter().filter(|entry| entry.published_at > start) {
                let published = entry.published_at;
                tracked.entry(entry.video_id).or_insert(Tracked { published, due: now });
            }
        }
        let due = tracked.iter().filter(|(_, video)| video.due <= now).map(|(id, _)| id.clone());
        for ids in due.collect::<Vec<_>>().chunks(MAX_IDS) {
            for stats in setup.client.video_stats(ids).await.unwrap().items {
                let video = tracked.get_mut(&stats.id).unwrap();
                video.due = next_check(video.published, now);
                let views = stats.statistics.view_count.unwrap();
                observed.entry(stats.id).or_default().push((now, views));
            }
        }
    }

    let published = |channel: &ChannelId| {
        let now = setup.now() - TimeDelta::hours(4);
        let is_new = |id: &VideoId| setup.catalog().video_at(id, now).unwrap().published_at > start;
        let ids = setup.catalog().uploads_until(channel, now).take_while(is_new);
        ids.filter(|id| setup.catalog().removal(id).is_none()).collect::<Vec<_>>()
    };
    let expected: Vec<VideoId> = channels.iter().flat_map(published).collect();
    assert!(expected.len() > 20, "{}", expected.len());
    assert!(expected.iter().all(|id| observed.contains_key(id)));
    for (id, rows) in &observed {
        for (time, views) in rows {
            let state = setup.catalog().video_at(id, *time).unwrap();
            assert_eq!((state.views, state.visibility), (*views, Visibility::Public));
        }
    }
    let count: usize = observed.values().map(Vec::len).sum();
    assert!(count > expected.len() * 5, "{count} observations of {} videos", expected.len());
    let calls = setup.simulator().requests(Method::VideosBatchGetStats);
    assert!(calls <= 24 * DAYS.unsigned_abs(), "{calls}");
}
