//! `createtrend import`: the result does not depend on the order of files.

use crate::import::{import_files, import_with};
use chrono::{DateTime, TimeDelta, Utc};
use ingest::import::{ImportError, ImportOptions};
use std::path::PathBuf;
use test_support::{
    TestDatabase,
    dataset::{Files, file, video_row, with_field},
    tables::query_value,
};

const VIDEOS: &str = "
    SELECT string_agg(concat_ws(' ', video_id, video_name, channel_id, v.category,
        to_char(upload_time AT TIME ZONE 'UTC', 'MM-DD HH24:MI'), v.views,
        (SELECT string_agg(to_char(check_time AT TIME ZONE 'UTC', 'MM-DD') || '=' || views, ' '
            ORDER BY check_time) FROM video_views WHERE video_idx = v.idx),
        (SELECT likes FROM video_likes WHERE video_idx = v.idx ORDER BY check_time DESC LIMIT 1)),
        '; ' ORDER BY video_id)
    FROM video v JOIN channel c ON c.idx = v.channel_idx";

/// Imports `files` in every order, in batches and in bulk, together and one by one.
async fn import_in_all_orders(files: [PathBuf; 2]) -> String {
    let mut all = Vec::new();
    let [one, two] = files;
    for order in [[&one, &two], [&two, &one]] {
        let order = order.map(Clone::clone);
        for bulk_bytes in [0, u64::MAX] {
            for batch_rows in [1, 5_000] {
                let together = TestDatabase::create().await;
                let usual = ImportOptions::new(order.to_vec());
                let options = ImportOptions { bulk_bytes, batch_rows, ..usual };
                import_with(&together, options).await.unwrap();
                all.push(query_value::<String>(&together, VIDEOS).await);
            }
        }
        let separately = TestDatabase::create().await;
        for file in order {
            import_files(&separately, &[file]).await.unwrap();
        }
        all.push(query_value(&separately, VIDEOS).await);
    }
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{all:#?}");
    all.remove(0)
}

#[tokio::test]
async fn latest_observation_sets_publication_time_and_channel() {
    let files = Files::new();
    let early = with_field(video_row("fmt00000001", "UC1", 12, 100), "publishedAt", "2020-08-09");
    let late =
        with_field(video_row("fmt00000001", "UC2", 13, 200), "publishedAt", "2020-08-10T03:00:00Z");
    let (early, late) =
        (with_field(early, "title", "옛 제목"), with_field(late, "title", "새 제목"));
    let late = with_field(late, "categoryId", "");
    let files = [files.write("1.csv", file(&[early])), files.write("2.csv", file(&[late]))];
    assert_eq!(
        import_in_all_orders(files).await,
        "fmt00000001 새 제목 UC2 24 08-10 03:00 200 08-12=100 08-13=200 20"
    );
}

#[tokio::test]
async fn whole_days_between_publication_times_do_not_shift_observations() {
    let files = Files::new();
    let early =
        with_field(video_row("fmt00000001", "UC1", 12, 100), "publishedAt", "2020-08-08T03:00:00Z");
    let late =
        with_field(video_row("fmt00000001", "UC1", 13, 200), "publishedAt", "2020-08-10T03:00:00Z");
    let (early, late) = (with_field(early, "title", "제목"), with_field(late, "title", "제목"));
    let files = [files.write("1.csv", file(&[early])), files.write("2.csv", file(&[late]))];
    assert_eq!(
        import_in_all_orders(files).await,
        "fmt00000001 제목 UC1 24 08-10 03:00 200 08-12=100 08-13=200 20"
    );
}

#[tokio::test]
async fn simultaneous_observations_keep_the_higher_view_count() {
    let files = Files::new();
    let more = with_field(video_row("fmt00000001", "UC1", 12, 300), "title", "많은 조회수");
    let less = with_field(video_row("fmt00000001", "UC2", 12, 200), "title", "적은 조회수");
    let files = [files.write("1.csv", file(&[more])), files.write("2.csv", file(&[less]))];
    assert_eq!(
        import_in_all_orders(files).await,
        "fmt00000001 많은 조회수 UC1 24 08-09 09:32 300 08-12=300 30"
    );
}

#[tokio::test]
async fn corrected_file_replaces_texts_of_the_same_observation() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    for title in ["ìš”ë¦¬", "요리"] {
        let row = with_field(video_row("fmt00000001", "UC1", 12, 300), "title", title);
        import_files(&database, &[files.write("a.csv", file(&[row]))]).await.unwrap();
    }
    assert_eq!(query_value::<String>(&database, "SELECT video_name FROM video").await, "요리");
}

#[tokio::test]
async fn channel_id_is_preferred_to_channel_name() {
    let files = Files::new();
    let with_id = with_field(video_row("fmt00000001", "UC1", 12, 100), "title", "제목");
    let named = file(&[with_field(video_row("fmt00000001", "UC1", 13, 200), "title", "제목")]);
    let named = named.replace("channelId", "other");
    let files = [files.write("1.csv", file(&[with_id])), files.write("2.csv", named)];
    assert_eq!(
        import_in_all_orders(files).await,
        "fmt00000001 제목 UC1 24 08-09 09:32 200 08-12=100 08-13=200 20"
    );
}

#[tokio::test]
async fn updated_videos_have_changed_texts_tags_or_properties() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let rows = ["fmt00000001", "fmt00000002", "fmt00000003", "fmt00000004", "fmt00000005"]
        .map(|id| video_row(id, "UC1", 12, 100));
    import_files(&database, &[files.write("1.csv", file(&rows))]).await.unwrap();
    let later = rows.map(|row| {
        with_field(with_field(row, "trending_date", "2020-08-13"), "comment_count", "8")
    });
    let [counted, titled, tagged, moved, published] = later;
    let rows = [
        counted,
        with_field(titled, "title", "새 제목"),
        with_field(tagged, "tags", "새 태그"),
        with_field(moved, "channelId", "UC2"),
        with_field(published, "publishedAt", "2020-08-09T09:33:00Z"),
    ];
    let path = files.write("2.csv", file(&rows));
    let summary = import_files(&database, std::slice::from_ref(&path)).await.unwrap();
    assert_eq!(summary.added.updated_videos.len(), 4, "{summary}");
    let comments = "SELECT string_agg(DISTINCT comment_count::text, ' ') FROM video";
    assert_eq!(query_value::<String>(&database, comments).await, "8");
    let again = import_files(&database, &[path]).await.unwrap();
    assert_eq!(again.added, ingest::load::LoadCounts::default());
}

#[tokio::test]
async fn updated_videos_are_counted_once_and_exclude_new_videos() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let rows = [12, 13, 14].map(|day| {
        let row = video_row("fmt00000001", "UC1", day, 100);
        with_field(row, "title", &format!("제목 {day}"))
    });
    let later = ["2020-08-15", "2020-08-16"]
        .map(|day| with_field(with_field(rows[0].clone(), "trending_date", day), "title", day));
    for (name, rows, updated) in [("1.csv", rows.as_slice(), 0), ("2.csv", later.as_slice(), 1)] {
        let usual = ImportOptions::new(vec![files.write(name, file(rows))]);
        let options = ImportOptions { batch_rows: 1, ..usual };
        let summary = import_with(&database, options).await.unwrap();
        assert_eq!(summary.added.updated_videos.len(), updated, "{summary}");
    }
}

#[tokio::test]
async fn subscribers_of_former_channel_are_estimated_again() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let early =
        [video_row("fmt00000001", "UC1", 12, 900), video_row("fmt00000002", "UC1", 12, 100)];
    let late = [video_row("fmt00000001", "UC2", 13, 900)];
    for rows in [&early[..], &late] {
        import_files(&database, &[files.write("a.csv", file(rows))]).await.unwrap();
    }
    let estimates = "SELECT string_agg(channel_id || ' ' || subscriber_num, ', '
        ORDER BY channel_id) FROM channel";
    assert_eq!(query_value::<String>(&database, estimates).await, "UC1 100, UC2 900");
}

#[tokio::test]
async fn shift_to_now_never_moves_times_into_the_future() {
    let now: DateTime<Utc> = "2026-11-22T10:00:00Z".parse().unwrap();
    for (published, observed, shifted) in [
        ("2020-08-12T09:00:00Z", "2020-08-12", "2026-11-22 09:00:00+00 2026-11-22 00:00:00+00"),
        ("2020-08-12T11:00:00Z", "2020-08-12", "2026-11-21 11:00:00+00 2026-11-21 00:00:00+00"),
        (
            "2020-08-12T09:00:00Z",
            "2020-08-12T12:00:00Z",
            "2026-11-21 09:00:00+00 2026-11-21 12:00:00+00",
        ),
    ] {
        let (database, files) = (TestDatabase::create().await, Files::new());
        let row = with_field(video_row("fmt00000001", "UC1", 12, 100), "publishedAt", published);
        let path = files.write("a.csv", file(&[with_field(row, "trending_date", observed)]));
        let usual = ImportOptions::new(vec![path]);
        let options = ImportOptions { shift_to_now: true, now, ..usual };
        import_with(&database, options).await.unwrap();
        let times = "SELECT (upload_time AT TIME ZONE 'UTC') || '+00 ' ||
            (check_time AT TIME ZONE 'UTC') || '+00' FROM video JOIN video_views ON true";
        assert_eq!(query_value::<String>(&database, times).await, shifted);
    }
}

#[tokio::test]
async fn unshifted_new_videos_beside_shifted_ones_cause_a_warning() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let now: DateTime<Utc> = "2026-11-22T10:00:00Z".parse().unwrap();
    let row = |id: &str, day| video_row(id, "UC1", day, 100);
    let first = files.write("1.csv", file(&[row("fmt00000001", 13)]));
    let second = files.write("2.csv", file(&[row("fmt00000001", 12), row("fmt00000002", 13)]));
    for (path, shift_to_now, is_warned) in
        [(&first, true, false), (&first, false, false), (&second, false, true)]
    {
        let usual = ImportOptions::new(vec![path.clone()]);
        let summary =
            import_with(&database, ImportOptions { shift_to_now, now, ..usual }).await.unwrap();
        let expected = "1 rows of new videos are not shifted";
        assert_eq!(summary.to_string().contains(expected), is_warned, "{summary}");
    }
}

#[tokio::test]
async fn kept_shift_into_the_future_is_rejected() {
    let (database, files) = (TestDatabase::create().await, Files::new());
    let now: DateTime<Utc> = "2026-11-22T10:00:00Z".parse().unwrap();
    let first = files.write("1.csv", file(&[video_row("fmt00000001", "UC1", 12, 100)]));
    let second = files.write("2.csv", file(&[video_row("fmt00000001", "UC1", 14, 200)]));
    let options = |file: &PathBuf, shift_to_now, now| {
        let usual = ImportOptions::new(vec![file.clone()]);
        ImportOptions { shift_to_now, now, ..usual }
    };
    import_with(&database, options(&first, true, now)).await.unwrap();
    for shift_to_now in [true, false] {
        let error = import_with(&database, options(&second, shift_to_now, now)).await.unwrap_err();
        assert!(matches!(error, ImportError::ShiftedIntoFuture { .. }), "{error}");
    }
    let later = now + TimeDelta::days(2);
    let summary = import_with(&database, options(&second, true, later)).await.unwrap();
    assert!(summary.is_shift_reused && summary.added.views == 1, "{summary}");
}
