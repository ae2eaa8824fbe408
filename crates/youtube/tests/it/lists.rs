//! `channels.list`, `playlistItems.list`, `search.list` and `videoCategories.list`.

use crate::setup::{Setup, setup};
use chrono::TimeDelta;
use fake_youtube::{Fault, FaultKind, VideoKind, Visibility};
use std::collections::HashSet;
use youtube::{
    Availability, Bucket, ChannelId, Error, MAX_IDS, Method, PlaylistId, PlaylistItem, Resource,
    SearchQuery, VideoId,
};

/// All pages of a playlist.
async fn all_items(setup: &Setup, playlist: &PlaylistId) -> Vec<PlaylistItem> {
    let (mut items, mut token) = (Vec::new(), None);
    loop {
        let page = setup.client.playlist_items(playlist, token.as_ref()).await.unwrap();
        assert_eq!(page.invalid, []);
        items.extend(page.items);
        token = page.next;
        if token.is_none() {
            return items;
        }
    }
}

fn ids(items: &[PlaylistItem]) -> Vec<VideoId> {
    items.iter().map(|item| item.video_id.clone()).collect()
}

/// A channel with more than three pages of uploads, some of them Shorts.
fn large_channel(setup: &Setup) -> ChannelId {
    let is_large = |id: &ChannelId| {
        let uploads = setup.catalog().uploads_until(id, setup.now());
        let states = uploads.filter_map(|id| setup.catalog().video_at(&id, setup.now()));
        let kinds: Vec<VideoKind> = states.map(|state| state.kind).collect();
        kinds.len() > 3 * MAX_IDS && kinds.contains(&VideoKind::Short)
    };
    setup.channels().into_iter().find(is_large).unwrap()
}

#[tokio::test]
async fn channels_equal_the_state_of_the_simulator() {
    let setup = setup();
    let ids = &setup.channels()[..MAX_IDS];
    let batch = setup.client.channels(ids).await.unwrap();
    assert_eq!(batch.missing, []);
    for (channel, id) in batch.items.iter().zip(ids) {
        let state = setup.catalog().channel_at(id, setup.now()).unwrap();
        assert_eq!(channel.snippet.title, state.title);
        assert_eq!(channel.snippet.custom_url, Some(format!("@{}", state.handle)));
        assert_eq!(channel.statistics.subscribers, state.public_subscribers);
        assert_eq!(channel.statistics.views, Some(state.views));
        assert_eq!(channel.statistics.videos, Some(state.videos));
        let uploads = channel.content_details.as_ref().unwrap().related_playlists.uploads.clone();
        assert_eq!(uploads, Some(id.uploads()));
        if let Some(rounded) = state.public_subscribers {
            assert!(rounded <= state.subscribers && state.subscribers - rounded < rounded / 99 + 1);
        }
    }
    let is_hidden = |id: &ChannelId| {
        setup.catalog().channel_at(id, setup.now()).unwrap().public_subscribers.is_none()
    };
    let hidden = setup.channels().into_iter().find(is_hidden).unwrap();
    let batch = setup.client.channels(&[hidden]).await.unwrap();
    assert_eq!(batch.items[0].statistics.subscribers, None);
}

#[tokio::test]
async fn channel_is_found_by_handle() {
    let setup = setup();
    for id in &setup.channels()[..10] {
        let handle = setup.catalog().channel_at(id, setup.now()).unwrap().handle;
        let found = setup.client.channel_by_handle(&handle.parse().unwrap()).await.unwrap();
        assert_eq!(found.map(|channel| channel.id).as_ref(), Some(id));
    }
    let unknown = "nobody.here".parse().unwrap();
    assert_eq!(setup.client.channel_by_handle(&unknown).await.unwrap(), None);
}

#[tokio::test]
async fn terminated_channel_is_missing() {
    let setup = Setup::new(
        fake_youtube::Config { channels: 2_000, ..crate::setup::config() },
        youtube::Limits::default(),
    );
    let later = setup.now() + TimeDelta::days(700);
    let is_terminated = |id: &ChannelId| setup.catalog().channel_at(id, later).is_none();
    let id = setup.channels().into_iter().find(is_terminated).unwrap();
    setup.simulator().set_time(later, None);
    assert_eq!(setup.client.channels(std::slice::from_ref(&id)).await.unwrap().missing, [id]);
}

#[tokio::test]
async fn playlist_pages_have_every_upload_newest_first() {
    let setup = setup();
    let channel = large_channel(&setup);
    let items = all_items(&setup, &channel.uploads()).await;
    let now = setup.now();
    let public: Vec<VideoId> = setup
        .catalog()
        .uploads_until(&channel, now)
        .filter(|id| setup.catalog().video_at(id, now).unwrap().visibility == Visibility::Public)
        .collect();
    let available = items.iter().filter(|item| item.availability == Availability::Available);
    let available: Vec<PlaylistItem> = available.cloned().collect();
    assert_eq!(ids(&available), public);
    assert!(items.is_sorted_by(|newer, older| newer.added_at >= older.added_at));
}

#[tokio::test]
async fn shorts_playlist_lists_only_shorts() {
    let setup = setup();
    let channel = large_channel(&setup);
    let shorts: HashSet<VideoId> =
        ids(&all_items(&setup, &channel.shorts()).await).into_iter().collect();
    let long = ids(&all_items(&setup, &channel.long_videos()).await);
    let kind = |id: &VideoId| setup.catalog().video_at(id, setup.now()).unwrap().kind;
    assert!(shorts.iter().all(|id| kind(id) == VideoKind::Short));
    assert!(long.iter().all(|id| matches!(kind(id), VideoKind::Long | VideoKind::Premiere)));
    assert!(!long.is_empty() && long.iter().all(|id| !shorts.contains(id)));
}

#[tokio::test]
async fn placeholders_of_removed_videos_are_recognized() {
    let setup = setup();
    let mut found = HashSet::new();
    for channel in setup.channels() {
        let page = setup.client.playlist_items(&channel.uploads(), None).await.unwrap();
        for item in page.items {
            let state = setup.catalog().video_at(&item.video_id, setup.now()).unwrap();
            let (expected, title) = match state.visibility {
                Visibility::Public => (Availability::Available, state.title.as_str()),
                Visibility::Private => (Availability::Private, "Private video"),
                Visibility::Deleted => (Availability::Deleted, "Deleted video"),
            };
            assert_eq!((item.availability, item.title.as_str()), (expected, title));
            assert_eq!(item.published_at.is_some(), expected == Availability::Available);
            found.insert(expected);
        }
    }
    assert_eq!(found.len(), 3, "{found:?}");
}

#[tokio::test]
async fn uploads_of_empty_channel_are_an_empty_page() {
    let setup = Setup::new(
        fake_youtube::Config { channels: 1_000, ..crate::setup::config() },
        youtube::Limits::default(),
    );
    let is_empty =
        |id: &ChannelId| setup.catalog().channel_at(id, setup.now()).unwrap().videos == 0;
    let empty = setup.channels().into_iter().find(is_empty).unwrap();
    let page = setup.client.playlist_items(&empty.uploads(), None).await.unwrap();
    assert!(page.items.is_empty() && page.next.is_none());
    // Of other playlists, 404 means that they do not exist.
    let unknown = "PLunknown".parse().unwrap();
    let error = setup.client.playlist_items(&unknown, None).await.unwrap_err();
    assert!(matches!(error, Error::NotFound { kind: Resource::Playlist, .. }), "{error}");
}

#[tokio::test]
async fn pages_can_repeat_or_lose_items() {
    let setup = setup();
    let playlist = large_channel(&setup).uploads();
    let complete = ids(&all_items(&setup, &playlist).await);
    let shift = |by| Fault::always(FaultKind::ShiftPage { by }).only(Method::PlaylistItemsList);
    setup.simulator().add_fault(shift(-3));
    let repeated = ids(&all_items(&setup, &playlist).await);
    assert!(repeated.len() > complete.len());
    let distinct: HashSet<&VideoId> = repeated.iter().collect();
    assert_eq!(distinct.len(), complete.len());
    setup.simulator().clear_faults();
    setup.simulator().add_fault(shift(3));
    assert!(all_items(&setup, &playlist).await.len() < complete.len());
    setup.simulator().clear_faults();
    setup.simulator().add_fault(Fault::always(FaultKind::EndList));
    assert_eq!(all_items(&setup, &playlist).await.len(), MAX_IDS);
}

#[tokio::test]
async fn invalid_page_token_is_a_bad_request() {
    let setup = setup();
    let (playlist, token) = (large_channel(&setup).uploads(), "invalid".to_owned().into());
    let error = setup.client.playlist_items(&playlist, Some(&token)).await.unwrap_err();
    assert!(
        matches!(&error, Error::BadRequest { reason, .. } if reason == "invalidPageToken"),
        "{error}"
    );
    // Invalid requests cost quota, too.
    assert_eq!(setup.simulator().usage().used(Bucket::Units), 1);
}

#[tokio::test]
async fn search_uses_the_search_bucket() {
    let setup = setup();
    let after = setup.now() - TimeDelta::days(2);
    let search = SearchQuery {
        query: "먹방".into(),
        region: Some("KR".into()),
        language: Some("ko".into()),
        published_after: Some(after),
        ..SearchQuery::default()
    };
    let page = setup.client.search(&search, None).await.unwrap();
    assert!(!page.items.is_empty());
    for result in page.items {
        let state = setup.catalog().video_at(&result.video_id, setup.now()).unwrap();
        assert_eq!(result.channel_id, state.channel_id);
        assert_eq!(result.published_at, state.published_at);
        assert!(result.published_at >= after);
    }
    let usage = setup.simulator().usage();
    assert_eq!(Bucket::ALL.map(|bucket| usage.used(bucket)), [0, 1, 0]);
}

#[tokio::test]
async fn categories_have_names() {
    let setup = setup();
    let categories = setup.client.video_categories("KR", "ko").await.unwrap().items;
    let game = categories.iter().find(|category| category.id == 20).unwrap();
    assert_eq!(game.snippet.title, "게임");
    assert!(game.snippet.assignable);
}
