use super::*;

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn row(video_id: &str, day: u32, views: i64, tags: &[&str]) -> VideoObservation {
    VideoObservation {
        video_id: video_id.to_owned(),
        title: format!("{video_id} {day}"),
        published: time("2020-08-09T09:32:48Z"),
        channel_id: "UC1".to_owned(),
        channel_name: "채널".to_owned(),
        observed: time(&format!("2020-08-{day}T00:00:00Z")),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        views,
        likes: views / 10,
        dislikes: None,
        thumbnail_url: None,
        description: String::new(),
        truncated: false,
    }
}

#[test]
fn duplicate_rows_keep_first_values() {
    let rows = vec![
        row("a", 12, 100, &["x", "y"]),
        row("b", 12, 50, &["x"]),
        row("a", 12, 999, &["y", "z"]),
        row("a", 13, 200, &["x"]),
    ];
    let batch = assemble(rows, &Uploads::new(), TimeDelta::zero());
    assert_eq!(batch.channels.len(), 1);
    let titles: Vec<_> = batch.videos.iter().map(|video| video.title.as_str()).collect();
    assert_eq!(titles, ["a 12", "b 12"]);
    let keywords = batch.keywords.iter().map(|keyword| (keyword.video, keyword.keyword.as_str()));
    assert_eq!(keywords.collect::<Vec<_>>(), [(0, "x"), (0, "y"), (1, "x"), (0, "z")]);
    let views = batch.views.iter().map(|views| (views.video, views.views));
    assert_eq!(views.collect::<Vec<_>>(), [(0, 100), (1, 50), (0, 200)]);
    assert_eq!(batch.likes.len(), 3);
}

#[test]
fn new_videos_use_current_shift_and_stored_videos_their_original_shift() {
    let stored = Uploads::from([
        ("moved".to_owned(), time("2020-08-19T09:32:48Z")),
        ("corrected".to_owned(), time("2020-08-19T10:00:00Z")),
    ]);
    let rows = vec![row("new", 12, 1, &[]), row("moved", 12, 1, &[]), row("corrected", 12, 1, &[])];
    let batch = assemble(rows, &stored, TimeDelta::days(5));
    assert_eq!(batch.videos[0].upload_time, time("2020-08-14T09:32:48Z"));
    let times: Vec<_> = batch.views.iter().map(|views| views.check_time).collect();
    let day = |day| time(&format!("2020-08-{day}T00:00:00Z"));
    assert_eq!(times, [day(17), day(22), day(17)]);
}

#[test]
fn observations_are_deduplicated_by_seoul_day() {
    let mut evening = row("a", 12, 2, &[]);
    evening.observed = time("2020-08-12T14:59:59Z");
    let mut midnight = row("a", 12, 3, &[]);
    midnight.observed = time("2020-08-12T15:00:00Z");
    let rows = vec![row("a", 12, 1, &[]), evening, midnight];
    let batch = assemble(rows, &Uploads::new(), TimeDelta::zero());
    let views = batch.views.iter().map(|views| views.views);
    assert_eq!(views.collect::<Vec<_>>(), [1, 3]);
}
