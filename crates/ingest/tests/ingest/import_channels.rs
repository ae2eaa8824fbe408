//! `createtrend import --channels`

use crate::import::{import_files, import_with};
use chrono::TimeDelta;
use ingest::import::{ImportError, ImportOptions, ImportSummary};
use std::path::PathBuf;
use test_support::{
    TestDatabase,
    dataset::{Files, file, sample, video_row},
    tables::{all_rows, query_value},
};

const CHANNELS: &str = "\
channel_id,subscriberCount,viewCount,videoCount,title,description,publishedAt,thumbnail,date
UC0,2000,90000,417,새 이름,\"소개\n둘째 줄\",2015-03-01T10:00:00Z,https://yt3.ggpht.com/x,2020-08-13
UC0,1000,80000,400,,,,,2020-08-12
UC1,1000,,,,,,,
UC1,5,,,,,,,
UC9,7,,,,,,,
UC2,-1,,,,,,,
UC2,3000000000,,,,,,,
";

async fn import_both(database: &TestDatabase, videos: PathBuf, channels: PathBuf) -> String {
    let usual = ImportOptions::new(vec![videos]);
    let summary =
        import_with(database, ImportOptions { channels: Some(channels), ..usual }).await.unwrap();
    summary.to_string()
}

async fn channels(database: &TestDatabase) -> String {
    let statement =
        "SELECT string_agg(concat_ws(' ', channel_id, subscriber_num, subscriber_estimated),
        ', ' ORDER BY channel_id) FROM channel";
    query_value(database, statement).await
}

#[tokio::test]
async fn counted_subscribers_replace_estimates() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let videos = files.write("kr.csv", file(&sample()));
    import_files(&database, std::slice::from_ref(&videos)).await.unwrap();
    assert_eq!(channels(&database).await, "UC0 2040 t, UC1 2010 t, UC2 2100 t, UC3 2070 t");
    let channel_file = files.write_gzip("channels.csv", &[CHANNELS.as_bytes()]);
    let report = import_both(&database, videos.clone(), channel_file.clone()).await;
    assert!(report.contains("2 rejected"), "{report}");
    assert!(report.contains("3 subscriber counts, 2 channel view counts"), "{report}");
    assert!(report.contains("subscribers: 2 channels counted, 2 estimated"), "{report}");
    assert_eq!(channels(&database).await, "UC0 2000 f, UC1 5 f, UC2 2100 t, UC3 2070 t");
    let popularity = "SELECT popularity::text FROM video WHERE video_id = 'v4'";
    assert_eq!(query_value::<String>(&database, popularity).await, "1.02");
    let described = "SELECT concat_ws('|', channel_name, channel_description, channel_start_date,
        thumbnail_url, upload_count) FROM channel WHERE channel_id = 'UC0'";
    let expected = "새 이름|소개\n둘째 줄|2015-03-01|https://yt3.ggpht.com/x|417";
    assert_eq!(query_value::<String>(&database, described).await, expected);
    // Without a date: the newest day of the import.
    let counted =
        "SELECT string_agg(subscriber_num || ' ' || (check_time AT TIME ZONE 'UTC')::date,
        ', ' ORDER BY idx) FROM channel_subscriber";
    let expected = "2000 2020-08-13, 1000 2020-08-12, 5 2020-08-14";
    assert_eq!(query_value::<String>(&database, counted).await, expected);

    let before = all_rows(&database).await;
    import_both(&database, videos.clone(), channel_file).await;
    import_files(&database, &[videos]).await.unwrap();
    assert_eq!(all_rows(&database).await, before);
}

#[tokio::test]
async fn new_views_keep_counted_subscribers() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let videos = files.write("kr.csv", file(&[video_row("a", "UC1", 12, 400)]));
    import_both(&database, videos, files.write("c.csv", "channelId,subscribers\nUC1,100\n")).await;
    let more = files.write("more.csv", file(&[video_row("b", "UC1", 13, 900)]));
    import_files(&database, &[more]).await.unwrap();
    assert_eq!(channels(&database).await, "UC1 100 f");
    let popularity = "SELECT string_agg(popularity::text, ' ' ORDER BY idx) FROM video";
    assert_eq!(query_value::<String>(&database, popularity).await, "4 9");
}

#[tokio::test]
async fn channel_counts_are_shifted_with_videos() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let now = "2026-11-22T10:00:00Z".parse().unwrap();
    let content = "channelId,subscribers,check_date\nUC0,100,2020-08-13\nUC1,100,\n";
    let options = |now| ImportOptions {
        channels: Some(files.write("channels.csv", content)),
        shift_to_now: true,
        now,
        ..ImportOptions::new(vec![files.write("kr.csv", file(&sample()))])
    };
    import_with(&database, options(now)).await.unwrap();
    let days = "SELECT string_agg((check_time AT TIME ZONE 'UTC')::date::text, ' ' ORDER BY idx)
        FROM channel_subscriber";
    assert_eq!(query_value::<String>(&database, days).await, "2026-11-21 2026-11-22");
    let before = all_rows(&database).await;
    import_with(&database, options(now + TimeDelta::days(2))).await.unwrap();
    assert_eq!(all_rows(&database).await, before);
}

#[tokio::test]
async fn channel_file_alone_is_shifted_as_earlier_videos() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let now = "2026-11-22T10:00:00Z".parse().unwrap();
    let channels = files.write("channels.csv", "channelId,subscribers,date\nUC0,100,2020-08-13\n");
    let videos = ImportOptions::new(vec![files.write("kr.csv", file(&sample()))]);
    let alone = ImportOptions { channels: Some(channels), ..ImportOptions::new(Vec::new()) };
    let shifted =
        |options: &ImportOptions| ImportOptions { shift_to_now: true, now, ..options.clone() };
    let error = import_with(&database, shifted(&alone)).await.unwrap_err();
    assert!(matches!(error, ImportError::NoSingleShift(0)), "{error}");
    import_with(&database, shifted(&videos)).await.unwrap();
    let summary = import_with(&database, shifted(&alone)).await.unwrap();
    assert!(summary.is_shift_reused, "{summary}");
    let day = "SELECT (check_time AT TIME ZONE 'UTC')::date::text FROM channel_subscriber";
    assert_eq!(query_value::<String>(&database, day).await, "2026-11-21");
}

/// The stored counts after importing a channel file.
async fn subscribers(channels: &str) -> (String, ImportSummary) {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let videos = files.write("a.csv", file(&[video_row("a", "UC1", 12, 1000)]));
    let channels = Some(files.write("channels", channels));
    let options = ImportOptions { channels, ..ImportOptions::new(vec![videos]) };
    let summary = import_with(&database, options).await.unwrap();
    let counts = "SELECT coalesce(string_agg(subscriber_num || ' ' ||
        (check_time AT TIME ZONE 'UTC')::date, ', ' ORDER BY check_time), '') FROM channel_subscriber";
    (query_value(&database, counts).await, summary)
}

#[tokio::test]
async fn channels_of_other_exports_are_imported() {
    let dated = "date_utc,channel_id,channel_title,subscribers,views,videos\n\
        2020-08-1,UC1,채널,1000,5,5\n2020-08-10,UC1,채널,3000,5,5\n";
    let (counts, summary) = subscribers(dated).await;
    assert_eq!(counts, "1000 2020-08-01, 3000 2020-08-10");
    assert!(summary.to_string().contains("columns not used: videos"), "{summary}");
    let undated = "channelId,subscriberCount\nUC1,\nUC1,\"1,230,000\"\nUC1,1240000.0\nUC9,5\n";
    let (counts, summary) = subscribers(undated).await;
    assert_eq!(counts, "1240000 2020-08-12");
    assert_eq!((summary.hidden_channels, summary.unknown_channels), (1, 1));
    let response = "{\"kind\":\"youtube#channelListResponse\",\"items\":[{\"kind\":\"youtube#channel\",\
        \"id\":\"UC1\",\"snippet\":{\"title\":\"채널\"},\"statistics\":{\"subscriberCount\":\"77\"}}]}";
    assert_eq!(subscribers(response).await.0, "77 2020-08-12");
}

#[tokio::test]
async fn latest_observation_sets_channel_description() {
    let files = Files::new();
    let videos = files.write("a.csv", file(&[video_row("fmt00000001", "UC1", 12, 1000)]));
    let early = files.write(
        "1.csv",
        "channelId,subscribers,date,title,description\nUC1,5,2020-08-12,옛 이름,소개\n",
    );
    let late = files.write("2.csv", "channelId,subscribers,date,title\nUC1,6,2020-08-13,새 이름\n");
    for order in [[&early, &late], [&late, &early]] {
        let database = TestDatabase::create().await;
        for channels in order {
            import_both(&database, videos.clone(), channels.clone()).await;
        }
        let described = "SELECT concat_ws(' | ', channel_name, channel_description, subscriber_num)
            FROM channel";
        assert_eq!(query_value::<String>(&database, described).await, "새 이름 | 소개 | 6");
    }
}
