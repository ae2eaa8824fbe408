//! `videos.list` and `videos:batchGetStats`.

use crate::setup::{Setup, setup};
use chrono::TimeDelta;
use fake_youtube::{LivePhase, VideoKind, VideoState, Visibility};
use std::time::Duration;
use youtube::{Bucket, Error, LiveState, MAX_IDS, Part, Resource, Video, VideoId};

fn ids(states: &[VideoState]) -> Vec<VideoId> {
    states.iter().map(|state| state.id.clone()).collect()
}

fn assert_equal(video: &Video, state: &VideoState) {
    let snippet = video.snippet.as_ref().unwrap();
    assert_eq!(video.id, state.id);
    assert_eq!(snippet.title, state.title);
    assert_eq!(snippet.description, state.description);
    assert_eq!(snippet.channel_id, state.channel_id);
    assert_eq!(snippet.channel_title, state.channel_title);
    assert_eq!(snippet.published_at, state.published_at);
    assert_eq!(snippet.category_id, Some(state.category));
    assert_eq!(snippet.tags.clone().unwrap_or_default(), state.tags);
    assert_eq!(snippet.tags.is_none(), state.tags.is_empty());
    let statistics = video.statistics.unwrap();
    assert_eq!(statistics.view_count, Some(state.views));
    assert_eq!(statistics.like_count, state.likes);
    assert_eq!(statistics.comment_count, state.comments);
    let duration = video.content_details.as_ref().unwrap().duration.unwrap();
    let seconds = if state.live_phase == LivePhase::None { state.seconds } else { 0 };
    assert_eq!(duration, Duration::from_secs(seconds.try_into().unwrap()));
}

#[tokio::test]
async fn videos_equal_the_state_of_the_simulator() {
    let setup = setup();
    let public: Vec<VideoState> =
        setup.uploads(5).into_iter().filter(|it| it.visibility == Visibility::Public).collect();
    assert!(public.iter().any(|state| state.likes.is_none()));
    assert!(public.iter().any(|state| state.comments.is_none()));
    assert!(public.iter().any(|state| state.tags.is_empty()));
    for states in public.chunks(MAX_IDS) {
        let batch = setup.client.videos(&ids(states), &Part::ALL).await.unwrap();
        assert_eq!((batch.missing, batch.invalid), (vec![], vec![]));
        assert_eq!(batch.items.len(), states.len());
        for (video, state) in batch.items.iter().zip(states) {
            assert_equal(video, state);
        }
    }
}

#[tokio::test]
async fn video_stats_equal_video_statistics_and_use_their_own_bucket() {
    let setup = setup();
    let ids = ids(&setup.uploads(1)[..MAX_IDS]);
    let videos = setup.client.videos(&ids, &[Part::Statistics]).await.unwrap();
    let stats = setup.client.video_stats(&ids).await.unwrap();
    assert_eq!(stats.missing, videos.missing);
    for (stats, video) in stats.items.iter().zip(&videos.items) {
        assert_eq!((&stats.id, Some(stats.statistics)), (&video.id, video.statistics));
    }
    let usage = setup.simulator().usage();
    assert_eq!(Bucket::ALL.map(|bucket| usage.used(bucket)), [1, 0, 1]);
}

#[tokio::test]
async fn only_requested_parts_are_returned() {
    let setup = setup();
    let ids = ids(&setup.uploads(1)[..3]);
    let batch = setup.client.videos(&ids, &[Part::Status]).await.unwrap();
    for video in batch.items {
        assert!(video.status.is_some());
        assert_eq!((video.snippet, video.statistics, video.content_details), (None, None, None));
    }
}

#[tokio::test]
async fn deleted_private_and_unknown_videos_are_missing() {
    let setup = setup();
    let deleted = setup.find(|it| it.visibility == Visibility::Deleted).id;
    let private = setup.find(|it| it.visibility == Visibility::Private).id;
    let public = setup.find(|it| it.visibility == Visibility::Public).id;
    let unknown: VideoId = "dQw4w9WgXcQ".parse().unwrap();
    let missing = vec![deleted, private, unknown];
    let mut ids = missing.clone();
    ids.insert(1, public.clone());
    let batch = setup.client.videos(&ids, &[Part::Snippet]).await.unwrap();
    assert_eq!(batch.items.iter().map(|video| &video.id).collect::<Vec<_>>(), [&public]);
    assert_eq!(batch.missing, missing);
    assert_eq!(setup.client.video_stats(&ids).await.unwrap().missing, missing);
}

#[tokio::test]
async fn private_video_can_become_public_again() {
    let setup = setup();
    let state = setup.find(|it| {
        it.visibility == Visibility::Private
            && setup.catalog().removal(&it.id).is_some_and(|(_, until)| until.is_some())
    });
    let missing = setup.client.video_stats(std::slice::from_ref(&state.id)).await.unwrap().missing;
    assert_eq!(missing, std::slice::from_ref(&state.id));
    let (_, until) = setup.catalog().removal(&state.id).unwrap();
    setup.simulator().set_time(until.unwrap(), None);
    assert_eq!(setup.video(&state.id).await.id, state.id);
}

#[tokio::test]
async fn premiere_is_upcoming_then_live_then_a_video() {
    let setup = setup();
    for kind in [VideoKind::Premiere, VideoKind::Live] {
        let state = setup.find(|it| it.kind == kind && it.visibility == Visibility::Public);
        let instants = [
            (state.starts_at - TimeDelta::seconds(1), LiveState::Upcoming),
            (state.starts_at + TimeDelta::seconds(1), LiveState::Live),
            (state.ends_at, LiveState::None),
        ];
        for (instant, expected) in instants {
            setup.simulator().set_time(instant, None);
            let video = setup.video(&state.id).await;
            assert_eq!(video.snippet.as_ref().unwrap().live_broadcast_content, expected);
            let live = video.live_streaming_details.as_ref().unwrap();
            assert_eq!(live.scheduled_start_time, Some(state.starts_at));
            assert_eq!(live.actual_start_time.is_some(), expected != LiveState::Upcoming);
            assert_eq!(live.actual_end_time.is_some(), expected == LiveState::None);
            assert_eq!(live.concurrent_viewers.is_some(), expected == LiveState::Live);
            assert_eq!(video.can_be_short().is_some(), expected == LiveState::None);
            if expected == LiveState::Upcoming {
                assert_eq!(video.statistics.unwrap().view_count, Some(0));
            }
        }
        setup.simulator().set_time(crate::setup::start(), None);
    }
}

#[tokio::test]
async fn both_observations_of_falling_views_are_returned() {
    let setup = setup();
    let views = |state: &VideoState, days| {
        setup.catalog().video_at(&state.id, setup.now() + TimeDelta::days(days)).unwrap().views
    };
    let state = setup.find(|it| {
        it.visibility == Visibility::Public
            && (0..60).any(|day| views(it, day + 1) < views(it, day))
            && setup.catalog().removal(&it.id).is_none()
    });
    let day = (0..60).find(|day| views(&state, day + 1) < views(&state, *day)).unwrap();
    let mut observed = Vec::new();
    for day in [day, day + 1] {
        setup.simulator().set_time(crate::setup::start() + TimeDelta::days(day), None);
        observed.extend(setup.video(&state.id).await.statistics.unwrap().view_count);
    }
    assert!(observed[1] < observed[0], "{observed:?}");
}

#[tokio::test]
async fn titles_of_videos_and_names_of_channels_change() {
    let setup = setup();
    let video = setup.find(|it| it.title.contains("(수정)") && it.visibility == Visibility::Public);
    setup.simulator().set_time(video.published_at, None);
    assert!(!setup.video(&video.id).await.snippet.unwrap().title.contains("(수정)"));
    let (before, after) = (crate::setup::at("2026-01-01T00:00:00Z"), crate::setup::start());
    let name = |id: &youtube::ChannelId, time| {
        setup.catalog().channel_at(id, time).map(|channel| channel.title)
    };
    let is_renamed = |id: &&youtube::ChannelId| {
        name(id, before).is_some_and(|old| name(id, after).is_some_and(|new| new != old))
    };
    let id = setup.catalog().channel_ids().find(is_renamed).unwrap().clone();
    let mut names = Vec::new();
    for time in [before, after] {
        setup.simulator().set_time(time, None);
        names.push(setup.client.channels(std::slice::from_ref(&id)).await.unwrap().items.remove(0));
    }
    assert_ne!(names[0].snippet.title, names[1].snippet.title);
    assert_eq!(names[0].id, names[1].id);
}

#[tokio::test]
async fn chart_has_pages_and_only_some_categories() {
    let setup = Setup::new(
        fake_youtube::Config { channels: 1_000, ..crate::setup::config() },
        youtube::Limits::default(),
    );
    let (mut token, mut charted) = (None, Vec::new());
    for _ in 0..4 {
        let page = setup.client.chart("KR", Some(20), &[Part::Snippet], token.as_ref()).await;
        let page = page.unwrap();
        charted.extend(page.items);
        token = page.next;
        if token.is_none() {
            break;
        }
    }
    assert!(charted.len() > MAX_IDS, "{}", charted.len());
    assert!(charted.iter().all(|it| it.snippet.as_ref().unwrap().category_id == Some(20)));
    assert_eq!(setup.client.chart("KR", None, &[], None).await.unwrap().items.len(), MAX_IDS);
    // One is answered with 404, one with 400.
    for category in [22, 17] {
        let error = setup.client.chart("KR", Some(category), &[], None).await.unwrap_err();
        assert!(matches!(error, Error::NotFound { kind: Resource::Chart, .. }), "{error}");
    }
}

#[tokio::test]
async fn request_without_ids_or_with_too_many_is_not_sent() {
    let setup = setup();
    let ids = ids(&setup.uploads(1)[..=MAX_IDS]);
    let error = setup.client.videos(&ids, &Part::ALL).await.unwrap_err();
    assert!(matches!(error, Error::TooManyIds(51)), "{error}");
    assert_eq!(error.to_string(), "51 ids in a request; at most 50 are allowed");
    let batch = setup.client.videos(&[], &Part::ALL).await.unwrap();
    assert!(batch.items.is_empty() && batch.missing.is_empty());
    assert_eq!(setup.simulator().requests(youtube::Method::VideosList), 0);
    assert_eq!(setup.ledger.usage().used(Bucket::Units), 0);
}
