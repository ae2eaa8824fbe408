use super::*;
use std::collections::HashSet;

fn reference() -> DateTime<Utc> {
    "2026-11-22T03:00:00Z".parse().unwrap()
}

fn demo(count: u32) -> RowBatch {
    let videos: Vec<u32> = (0..count).collect();
    Demo::new(count, reference()).unwrap().batch(&videos)
}

#[test]
fn demo_videos_are_independent_of_scale() {
    let (small, large) = (demo(100), demo(400));
    assert_eq!(format!("{:?}", small.videos), format!("{:?}", &large.videos[..100]));
    assert_eq!(
        format!("{:?}", small.keywords),
        format!("{:?}", &large.keywords[..small.keywords.len()])
    );
}

#[test]
fn popularity_covers_all_orders_of_magnitude() {
    let demo = demo(3_000);
    let popularity: Vec<f64> = demo.videos.iter().filter_map(|video| video.popularity).collect();
    let share = |from: f64, to: f64| {
        let count = popularity.iter().filter(|value| (from..to).contains(*value)).count();
        count * 1000 / popularity.len()
    };
    assert!(share(0.0, 0.3) > 100, "{}", share(0.0, 0.3));
    assert!(share(0.3, 7.0) > 500, "{}", share(0.3, 7.0));
    assert!(share(7.0, 50.0) > 5, "{}", share(7.0, 50.0));
    assert!(share(50.0, f64::MAX) >= 1, "{}", share(50.0, f64::MAX));
}

#[test]
fn demo_contains_edge_cases() {
    let demo = demo(3_000);
    assert!(demo.videos.iter().any(|video| video.channel.is_none()));
    let with_keywords: HashSet<i32> = demo.keywords.iter().map(|keyword| keyword.video).collect();
    assert!(with_keywords.len() < demo.videos.len());
    assert!(demo.likes.iter().any(|likes| likes.dislikes.is_none()));
    assert!(demo.channels.iter().any(|channel| channel.hidden_subscriber));
    assert!(demo.videos.iter().any(|video| !video.crawled));
    let keywords: HashSet<&str> = demo.keywords.iter().map(|row| row.keyword.as_str()).collect();
    for keyword in ["yt:cc=on", "🔥", "BTS", "bts", "롤 하이라이트", "먹방"] {
        assert!(keywords.contains(keyword), "{keyword}");
    }
}

#[test]
fn demo_videos_have_a_category_and_a_length() {
    let demo = demo(3_000);
    let details: Vec<_> = demo.videos.iter().map(|video| &video.details).collect();
    let is_short = |short: bool| details.iter().filter(move |video| video.is_short == Some(short));
    for (short, range) in [(true, 15..=60), (false, 185..=10_800)] {
        assert!(is_short(short).count() > 600, "{short}");
        let mut seconds = is_short(short).filter_map(|video| video.duration_seconds);
        assert!(seconds.all(|seconds| range.contains(&seconds)));
    }
    let categories: HashSet<_> = details.iter().map(|video| video.category).collect();
    assert!(categories.len() > 10 && !categories.contains(&None), "{categories:?}");
}

#[test]
fn view_counts_are_daily_and_monotonic() {
    let demo = demo(500);
    for pair in demo.views.windows(2).filter(|pair| pair[0].video == pair[1].video) {
        assert_eq!(pair[1].check_time - pair[0].check_time, chrono::TimeDelta::days(1));
        assert!(pair[0].views <= pair[1].views);
    }
    let times = demo.views.iter().map(|views| views.check_time);
    assert_eq!(times.max(), Some(reference()));
    let newest = demo.videos.iter().map(|video| video.upload_time).max().unwrap();
    assert!(newest <= reference());
}

#[test]
fn views_of_a_channel_grow_with_those_of_its_videos() {
    let demo = demo(3_000);
    let yesterday = reference() - chrono::TimeDelta::days(1);
    for index in 0..row_index(demo.channels.len()) {
        let channel_views = |time| {
            let mut rows = demo.channel_views.iter();
            rows.find(|row| row.channel == index && row.check_time == time).unwrap().views
        };
        let videos = demo.videos.iter().zip(0..).filter(|(video, _)| video.channel == Some(index));
        let gained = videos.map(|(video, position)| {
            let at = |time| {
                let mut rows = demo.views.iter();
                rows.find(|row| row.video == position && row.check_time == time)
            };
            at(reference()).map_or(video.views.unwrap(), |row| row.views)
                - at(yesterday).map_or(0, |row| row.views)
        });
        assert!(channel_views(reference()) - channel_views(yesterday) >= gained.sum::<i64>());
    }
}

#[test]
fn demo_thumbnails_exist() {
    for video in &demo(3_000).videos {
        let path = format!("../../deploy{}", video.thumbnail_url.as_ref().unwrap());
        assert!(std::path::Path::new(&path).is_file(), "{path}");
    }
}

#[test]
fn demo_texts_fit_column_lengths() {
    let demo = demo(3_000);
    for video in &demo.videos {
        assert!(!video.title.is_empty() && video.title.chars().count() <= 100);
        assert!(!video.title.contains(['{', '}']), "{}", video.title);
        let description = video.description.as_ref().unwrap();
        assert!(!description.contains(['{', '}']), "{description}");
    }
    assert!(
        demo.channels.iter().all(|channel| channel.name.as_ref().unwrap().chars().count() <= 100)
    );
    let average = demo.keywords.len() / demo.videos.len();
    assert!((7..16).contains(&average), "{average}");
}
