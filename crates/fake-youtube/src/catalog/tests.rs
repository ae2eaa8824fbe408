use super::*;
use chrono::TimeDelta;

const CHANNELS: u32 = 300;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn catalog() -> Catalog {
    Catalog::new(7, CHANNELS).unwrap()
}

/// Every video of 2026 until a time.
fn videos(catalog: &Catalog, until: DateTime<Utc>) -> Vec<VideoId> {
    let of_channel = |id| {
        let is_recent = |id: &VideoId| {
            let video = catalog.video_at(id, until).unwrap();
            video.published_at > at("2026-01-01T00:00:00Z")
        };
        catalog.uploads_until(id, until).take_while(is_recent).collect::<Vec<_>>()
    };
    catalog.channel_ids().flat_map(of_channel).collect()
}

#[test]
fn state_depends_only_on_seed_and_time() {
    let (first, second, now) = (catalog(), catalog(), at("2026-11-22T03:00:00Z"));
    let other = Catalog::new(8, CHANNELS).unwrap();
    for id in first.channel_ids() {
        assert_eq!(first.channel_at(id, now), second.channel_at(id, now));
        assert_eq!(other.channel_at(id, now), None);
        for video in first.uploads_until(id, now).take(5) {
            // In another order.
            let later = second.video_at(&video, now + TimeDelta::days(9));
            assert_eq!(first.video_at(&video, now), second.video_at(&video, now));
            assert_eq!(first.video_at(&video, now + TimeDelta::days(9)), later);
        }
    }
}

#[test]
fn channels_count_their_uploads() {
    let (catalog, now) = (catalog(), at("2026-11-22T03:00:00Z"));
    for id in catalog.channel_ids() {
        for time in [now, now - TimeDelta::days(3), at("2018-03-01T00:00:00Z")] {
            let videos = catalog.channel_at(id, time).map_or(0, |channel| channel.videos);
            if videos > 0 {
                assert_eq!(usize::try_from(videos), Ok(catalog.uploads_until(id, time).count()));
            }
        }
    }
}

#[test]
fn more_channels_do_not_change_the_existing_ones() {
    let (small, large, now) =
        (catalog(), Catalog::new(7, CHANNELS * 2).unwrap(), at("2026-11-22T03:00:00Z"));
    for id in small.channel_ids() {
        assert_eq!(small.channel_at(id, now), large.channel_at(id, now));
    }
}

#[test]
fn uploads_are_ordered_and_appear_when_published() {
    let (catalog, now) = (catalog(), at("2026-11-22T03:00:00Z"));
    let mut weekly = 0;
    for id in catalog.channel_ids() {
        let videos: Vec<VideoState> = catalog
            .uploads_until(id, now)
            .take(60)
            .map(|video| catalog.video_at(&video, now).unwrap())
            .collect();
        assert!(videos.is_sorted_by(|newer, older| newer.published_at > older.published_at));
        assert!(videos.iter().all(|video| video.channel_id == *id && video.published_at <= now));
        weekly += videos.iter().filter(|it| now - it.published_at < TimeDelta::days(7)).count();
        if let Some(newest) = videos.first() {
            let before = newest.published_at - TimeDelta::seconds(1);
            assert_eq!(catalog.video_at(&newest.id, before), None);
            assert_ne!(catalog.uploads_until(id, before).next(), Some(newest.id.clone()));
            assert_eq!(
                catalog.uploads_until(id, newest.published_at).next(),
                Some(newest.id.clone())
            );
        }
    }
    assert!((450..900).contains(&weekly), "{weekly}");
}

#[test]
fn views_grow_except_for_corrections() {
    let (catalog, now) = (catalog(), at("2026-06-01T00:00:00Z"));
    let (mut falls, mut count) = (0, 0);
    for id in videos(&catalog, now) {
        let views =
            (0..120).map(|day| catalog.video_at(&id, now + TimeDelta::days(day)).unwrap().views);
        let views: Vec<u64> = views.collect();
        falls += views.windows(2).filter(|pair| pair[1] < pair[0]).count();
        count += 1;
    }
    assert!(falls > 3 && falls < count / 20, "{falls} of {count}");
}

#[test]
fn every_property_of_real_data_occurs() {
    let (catalog, now) = (catalog(), at("2026-11-22T03:00:00Z"));
    let states: Vec<VideoState> =
        videos(&catalog, now).iter().filter_map(|id| catalog.video_at(id, now)).collect();
    let share = |is: fn(&VideoState) -> bool| {
        let count = states.iter().filter(|state| is(state)).count();
        count * 1_000 / states.len()
    };
    assert!(states.len() > 20_000, "{}", states.len());
    assert!((10..40).contains(&share(|it| it.visibility != Visibility::Public)));
    assert!(share(|it| it.visibility == Visibility::Private) > 1);
    assert!((10..60).contains(&share(|it| it.likes.is_none())));
    assert!((10..80).contains(&share(|it| it.comments.is_none())));
    assert!((100..250).contains(&share(|it| it.tags.is_empty())));
    assert!((100..400).contains(&share(|it| it.kind == VideoKind::Short)));
    assert!(share(|it| it.kind == VideoKind::Live) > 5);
    assert!(share(|it| it.kind == VideoKind::Premiere) > 5);
    assert!(share(|it| it.title.contains("(수정)")) > 20);
    // Other videos can be as short as Shorts.
    assert!(share(|it| it.kind == VideoKind::Long && it.seconds <= 180) > 5);
    assert!(states.iter().all(|it| it.kind != VideoKind::Short || it.seconds <= 180));
}

#[test]
fn channels_are_renamed_terminated_and_hide_subscribers() {
    let catalog = Catalog::new(7, 3_000).unwrap();
    let (before, after) = (at("2026-01-01T00:00:00Z"), at("2027-12-31T00:00:00Z"));
    let pairs = || {
        catalog
            .channel_ids()
            .filter_map(|id| Some((catalog.channel_at(id, before)?, catalog.channel_at(id, after))))
    };
    let renamed = pairs().filter(|(old, new)| new.as_ref().is_some_and(|it| it.title != old.title));
    assert!((50..200).contains(&renamed.count()));
    assert!((5..40).contains(&pairs().filter(|(_, new)| new.is_none()).count()));
    let hidden = pairs().filter(|(old, _)| old.public_subscribers.is_none()).count();
    assert!((40..150).contains(&hidden));
    let empty = pairs().filter(|(old, _)| old.videos == 0).count();
    assert!((5..100).contains(&empty), "{empty}");
}

#[test]
fn views_of_a_channel_grow_with_those_of_its_videos() {
    let (catalog, now) = (catalog(), at("2026-11-22T03:00:00Z"));
    let mut compared = 0;
    for id in catalog.channel_ids().take(50) {
        let day = TimeDelta::days(1);
        let views = |at| catalog.channel_at(id, at).map(|channel| channel.views);
        let (Some(before), Some(after)) = (views(now - day), views(now)) else { continue };
        let gained = |video: VideoId| {
            let views = |at| catalog.video_at(&video, at).map_or(0, |state| state.views);
            views(now).saturating_sub(views(now - day))
        };
        let of_videos: u64 = catalog.uploads_until(id, now).take(10).map(gained).sum();
        // Views are rounded down for each video.
        assert!(after - before + 1 >= of_videos, "{id:?}: {before}, {after}, {of_videos}");
        compared += 1;
    }
    assert!(compared > 40, "{compared}");
}

#[test]
fn subscribers_are_rounded_down_to_three_digits() {
    for (exact, public) in [(0, 0), (7, 7), (999, 999), (1_239, 1_230), (12_345, 12_300)] {
        assert_eq!(three_digits(exact), public);
    }
    assert_eq!(three_digits(1_239_999), 1_230_000);
}

#[test]
fn views_grow_faster_after_the_counting_change() {
    let catalog = catalog();
    let change = upload::COUNTING_CHANGE;
    let growth = |id: &VideoId, from: DateTime<Utc>| {
        let views = |time| catalog.video_at(id, time).unwrap().views;
        views(from + TimeDelta::hours(12)).saturating_sub(views(from))
    };
    let old = videos(&catalog, change - TimeDelta::days(60));
    let (before, after): (u64, u64) = old.iter().fold((0, 0), |(before, after), id| {
        (before + growth(id, change - TimeDelta::hours(12)), after + growth(id, change))
    });
    assert!(after > before * 115 / 100, "{before} then {after}");
}

#[test]
fn chart_ranks_visible_recent_videos_of_its_categories() {
    let (catalog, now) = (catalog(), at("2026-11-22T03:00:00Z"));
    let chart = catalog.chart(&[20], now);
    assert!(chart.len() > 20 && chart.len() <= 200);
    for id in &chart {
        let video = catalog.video_at(id, now).unwrap();
        assert_eq!((video.category, video.visibility), (20, Visibility::Public));
        assert!(now - video.published_at < TimeDelta::days(15));
    }
    assert!(catalog.chart(&[], now).is_empty());
}

#[test]
fn search_finds_public_videos_newest_first() {
    let (catalog, now) = (catalog(), at("2026-11-22T03:00:00Z"));
    let after = now - TimeDelta::days(3);
    let found = catalog.search("먹방", None, Some(after), now);
    assert!(!found.is_empty());
    let videos: Vec<VideoState> =
        found.iter().map(|id| catalog.video_at(id, now).unwrap()).collect();
    assert!(videos.is_sorted_by(|newer, older| newer.published_at >= older.published_at));
    assert!(
        videos.iter().all(|it| it.published_at >= after && it.visibility == Visibility::Public)
    );
    assert!(
        videos.iter().all(|it| it.title.contains("먹방") || it.tags.join(" ").contains("먹방"))
    );
    assert!(catalog.search("없는단어", None, None, now).is_empty());
}
