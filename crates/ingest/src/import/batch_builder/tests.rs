use super::*;
use crate::observation::VideoDetails;

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn row(video_id: &str, day: u32, views: i64, tags: &[&str]) -> VideoObservation {
    VideoObservation {
        video_id: video_id.to_owned(),
        title: format!("{video_id} {day}"),
        published: time("2020-08-09T09:32:48Z"),
        channel_id: "UC1".to_owned(),
        channel_name: Some("채널".to_owned()),
        observed: time(&format!("2020-08-{day}T00:00:00Z")),
        tags: Some(tags.iter().map(|tag| (*tag).to_owned()).collect()),
        views,
        likes: Some(views / 10),
        dislikes: None,
        subscribers: None,
        thumbnail_url: None,
        description: None,
        details: VideoDetails::default(),
        has_truncated_text: false,
    }
}

#[test]
fn duplicate_rows_keep_latest_values() {
    let rows = vec![
        row("a", 13, 200, &["x", "y"]),
        row("b", 12, 50, &["x"]),
        row("a", 12, 100, &["old"]),
        row("a", 13, 999, &["y", "z"]),
        row("a", 13, 998, &["fewer views at the same time"]),
        row("b", 12, 50, &["x"]),
    ];
    let batch = build_batch(
        rows,
        &StoredUploadTimes::new(),
        &Shifts::default(),
        ObservationGranularity::Day,
    );
    assert_eq!(batch.channels.len(), 1);
    let titles: Vec<_> = batch.videos.iter().map(|video| video.title.as_str()).collect();
    assert_eq!(titles, ["a 13", "b 12"]);
    let keywords = batch.keywords.iter().map(|keyword| (keyword.video, keyword.keyword.as_str()));
    assert_eq!(keywords.collect::<Vec<_>>(), [(0, "y"), (0, "z"), (1, "x")]);
    let views = batch.views.iter().map(|views| (views.video, views.views));
    assert_eq!(views.collect::<Vec<_>>(), [(0, 999), (1, 50), (0, 100)]);
    assert_eq!((batch.likes.len(), batch.superseded), (3, 2));
}

#[test]
fn missing_values_of_latest_observation_keep_earlier_values() {
    let mut first = row("a", 12, 1, &["x"]);
    first.description = Some("설명".to_owned());
    let mut second = row("a", 13, 2, &[]);
    (second.tags, second.likes) = (None, None);
    let batch = build_batch(
        vec![first, second],
        &StoredUploadTimes::new(),
        &Shifts::default(),
        ObservationGranularity::Day,
    );
    let video = &batch.videos[0];
    assert_eq!((video.title.as_str(), video.description.as_deref()), ("a 13", Some("설명")));
    assert_eq!(video.thumbnail_url.as_deref(), Some("https://i.ytimg.com/vi/a/hqdefault.jpg"));
    assert_eq!((batch.keywords.len(), batch.views.len(), batch.likes.len()), (1, 2, 1));
}

#[test]
fn stored_videos_keep_their_shift_and_new_videos_use_the_new_one() {
    let stored = StoredUploadTimes::from([
        ("moved".to_owned(), time("2020-08-19T09:32:48Z")),
        ("corrected".to_owned(), time("2020-08-20T10:00:00Z")),
        ("unmoved".to_owned(), time("2020-08-10T09:32:48Z")),
    ]);
    let rows = ["new", "moved", "corrected", "unmoved"].map(|id| row(id, 12, 1, &[]));
    let shifts = Shifts::new(TimeDelta::days(5), vec![TimeDelta::days(10)]);
    let batch = build_batch(rows.to_vec(), &stored, &shifts, ObservationGranularity::Day);
    let uploads = batch.videos.iter().map(|video| video.upload_time);
    let published = ["14", "19", "19", "09"].map(|day| time(&format!("2020-08-{day}T09:32:48Z")));
    assert_eq!(uploads.collect::<Vec<_>>(), published);
    let times: Vec<_> = batch.views.iter().map(|views| views.check_time).collect();
    let day = |day| time(&format!("2020-08-{day}T00:00:00Z"));
    assert_eq!(times, [day(17), day(22), day(22), day(12)]);
}

#[test]
fn latest_observation_sets_publication_time_and_channel() {
    let observed = |day, published: &str, channel: &str| VideoObservation {
        published: time(published),
        channel_id: channel.to_owned(),
        ..row("a", day, 1, &[])
    };
    let first = observed(12, "2020-08-09T00:00:00Z", "UC1");
    let second = observed(13, "2020-08-10T09:32:48Z", "UC2");
    let named = observed(14, "2020-08-10T09:00:00Z", "title:채널");
    for rows in [[&first, &second, &named], [&named, &second, &first], [&second, &first, &named]] {
        let rows = rows.map(Clone::clone).to_vec();
        let batch = build_batch(
            rows,
            &StoredUploadTimes::new(),
            &Shifts::default(),
            ObservationGranularity::Day,
        );
        let video = &batch.videos[0];
        assert_eq!(video.upload_time, time("2020-08-10T09:00:00Z"));
        let channel = usize::try_from(video.channel.unwrap()).unwrap();
        assert!(batch.channels[channel].channel_id.starts_with("UC"));
        let days: Vec<_> = batch.views.iter().map(|views| seoul_day(views.check_time)).collect();
        assert_eq!(days.len(), 3, "{days:?}");
    }
}

#[test]
fn observations_are_deduplicated_by_seoul_day() {
    let mut evening = row("a", 12, 2, &[]);
    evening.observed = time("2020-08-12T14:59:59Z");
    let mut midnight = row("a", 12, 3, &[]);
    midnight.observed = time("2020-08-12T15:00:00Z");
    let rows = vec![row("a", 12, 1, &[]), evening, midnight];
    let batch = build_batch(
        rows,
        &StoredUploadTimes::new(),
        &Shifts::default(),
        ObservationGranularity::Day,
    );
    let views = batch.views.iter().map(|views| views.views);
    assert_eq!(views.collect::<Vec<_>>(), [2, 3]);
    assert_eq!(batch.superseded, 1);
}
