//! Lists of rising and large keywords.

use chrono::{DateTime, TimeDelta, Utc};
use ingest::{
    progress::NoProgress,
    rollup::keywords::{RefreshScope, refresh},
};
use test_support::{TestDatabase, tables::execute};

/// Videos of a test, with ages in hours before its end.
#[derive(Default)]
struct Videos {
    channels: Vec<i32>,
    ages: Vec<f64>,
    keywords: Vec<String>,
    categories: Vec<i16>,
    shorts: Vec<bool>,
}

impl Videos {
    fn add(&mut self, channel: i32, age_hours: f64, keyword: &str) {
        self.add_with(channel, age_hours, keyword, 22, false);
    }

    fn add_with(&mut self, channel: i32, age: f64, keyword: &str, category: i16, short: bool) {
        self.channels.push(channel);
        self.ages.push(age);
        self.keywords.push(keyword.to_owned());
        self.categories.push(category);
        self.shorts.push(short);
    }

    /// 60 channels that upload daily for 35 days, with one of 30 keywords in turn; each keyword is
    /// used on two videos a day.
    fn background(&mut self) {
        for day in 0..35 {
            for channel in 0..60 {
                let keyword = format!("keyword {}", (channel + day * 7) % 30);
                self.add(channel, f64::from(day) * 24.0 + 5.0, &keyword);
            }
        }
    }

    /// Channel n has n × 1,000 subscribers.
    async fn store(&self, database: &TestDatabase, end: DateTime<Utc>) {
        let client = database.client().await;
        let channels = "INSERT INTO channel (idx, channel_id, subscriber_num)
            SELECT DISTINCT n, 'UC' || n, n * 1000 FROM unnest($1::integer[]) n";
        client.execute(channels, &[&self.channels]).await.unwrap();
        let videos = "WITH new AS (
                SELECT * FROM unnest($2::integer[], $3::double precision[], $4::text[],
                    $5::smallint[], $6::boolean[])
                    WITH ORDINALITY n (channel, age, keyword, category, short, idx)
            ), videos AS (
                INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx, views,
                    category, is_short)
                SELECT idx, 'video', 'id' || idx, $1::timestamptz - age * interval '1 hour', channel, 100,
                    category, short
                FROM new
            )
            INSERT INTO video_keyword_new (video_idx, keyword) SELECT idx, keyword FROM new";
        client
            .execute(
                videos,
                &[&end, &self.channels, &self.ages, &self.keywords, &self.categories, &self.shorts],
            )
            .await
            .unwrap();
    }

    async fn stored(&self) -> (TestDatabase, DateTime<Utc>) {
        let (database, end) = (TestDatabase::create().await, Utc::now());
        self.store(&database, end).await;
        (database, end)
    }
}

async fn rank(database: &TestDatabase, at: DateTime<Utc>) {
    refresh(database.settings(), RefreshScope::All, at, &NoProgress).await.unwrap().unwrap();
}

/// The keywords of a list in the order of a rank.
async fn listed(database: &TestDatabase, list: &str, rank: &str) -> Vec<String> {
    let statement = format!(
        "SELECT name FROM keyword_list l
         JOIN keyword_list_entry e ON e.list_idx = l.idx
         JOIN keyword k ON k.idx = e.keyword_idx
         WHERE {list} AND {rank} IS NOT NULL ORDER BY {rank}"
    );
    let rows = database.client().await.query(&statement, &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

const WEEK: &str = "days = 7 AND category = 0 AND length = 'all' AND min_subscribers IS NULL";

async fn rising(database: &TestDatabase) -> Vec<String> {
    listed(database, WEEK, "rising_rank").await
}

#[tokio::test]
async fn keyword_is_rising_from_the_first_day_above_the_thresholds() {
    let mut videos = Videos::default();
    videos.background();
    // On each of the last four days, two channels use it for the first time.
    for (at, channel) in (0..8).zip([3, 9, 14, 21, 28, 35, 41, 50]) {
        videos.add(channel, f64::from(3 - at / 2) * 24.0 + 2.0, "burst");
    }
    let (database, end) = videos.stored().await;
    for (days_ago, expected) in [(3, vec![]), (2, vec![]), (1, vec!["burst"]), (0, vec!["burst"])] {
        rank(&database, end - TimeDelta::days(days_ago)).await;
        assert_eq!(rising(&database).await, expected, "{days_ago} days ago");
    }
}

#[tokio::test]
async fn keyword_of_one_channel_is_not_listed() {
    let mut videos = Videos::default();
    videos.background();
    (0..100).for_each(|hour| videos.add(5, f64::from(hour), "campaign"));
    // Others use it too, but one channel has more than half of the videos.
    (10..20).for_each(|channel| videos.add(channel, 9.0, "campaign"));
    let (database, end) = videos.stored().await;
    rank(&database, end).await;
    assert_eq!(rising(&database).await, Vec::<String>::new());
    let large = listed(&database, WEEK, "large_rank").await;
    assert_eq!(large.len(), 30, "{large:?}");
    assert!(!large.contains(&"campaign".to_owned()));
}

#[tokio::test]
async fn weekly_rhythm_is_not_rising() {
    let mut videos = Videos::default();
    videos.background();
    for week in 0..5 {
        for channel in 0..20 {
            videos.add(channel, f64::from(week) * 168.0 + 30.0, "weekend");
        }
    }
    let (database, end) = videos.stored().await;
    for hours in [0, 29, 31, 60, 100] {
        rank(&database, end - TimeDelta::hours(hours)).await;
        assert_eq!(rising(&database).await, Vec::<String>::new(), "{hours} hours earlier");
    }
}

#[tokio::test]
async fn growth_of_the_collection_is_not_rising() {
    let mut videos = Videos::default();
    // Five days ago the collection grew from 20 to 60 channels. All use the same keywords.
    for day in 0..35 {
        for channel in 0..(if day < 5 { 60 } else { 20 }) {
            videos.add(channel, f64::from(day) * 24.0 + 5.0, &format!("k{}", channel % 5));
        }
    }
    let (database, end) = videos.stored().await;
    rank(&database, end).await;
    assert_eq!(rising(&database).await, Vec::<String>::new());
    assert_eq!(listed(&database, WEEK, "large_rank").await.len(), 5);
}

#[tokio::test]
async fn keywords_without_earlier_period_are_not_rising() {
    let mut videos = Videos::default();
    (0..30).for_each(|channel| videos.add(channel, 20.0, "new"));
    let (database, end) = videos.stored().await;
    rank(&database, end).await;
    assert_eq!(rising(&database).await, Vec::<String>::new());
    assert_eq!(listed(&database, WEEK, "large_rank").await, ["new"]);
}

#[tokio::test]
async fn lists_are_filtered_by_category_length_and_channel_size() {
    let mut videos = Videos::default();
    for channel in 1..40 {
        videos.add_with(channel, 30.0, "everyone", 22, channel % 2 == 0);
        videos.add_with(channel, 31.0, if channel < 10 { "small" } else { "other" }, 20, false);
    }
    let (database, end) = videos.stored().await;
    rank(&database, end).await;
    let large =
        async |list: &str| listed(&database, &format!("days = 7 AND {list}"), "large_rank").await;
    let all = "min_subscribers IS NULL";
    assert_eq!(
        large(&format!("category = 20 AND length = 'all' AND {all}")).await,
        ["other", "small"]
    );
    assert_eq!(large(&format!("category = 0 AND length = 'shorts' AND {all}")).await, ["everyone"]);
    assert_eq!(large(&format!("category = 20 AND length = 'shorts' AND {all}")).await.len(), 0);
    let size =
        "category = 0 AND length = 'all' AND min_subscribers = 1000 AND below_subscribers = 10000";
    assert_eq!(large(size).await, ["everyone", "small"]);
    let size =
        "category = 0 AND length = 'all' AND min_subscribers = 10000 AND below_subscribers = 30000";
    assert_eq!(large(size).await, ["everyone", "other"]);
}

#[tokio::test]
async fn best_times_of_keywords_equal_recount() {
    let mut videos = Videos::default();
    videos.background();
    let (database, end) = videos.stored().await;
    let ratios = "
        INSERT INTO video_outlier (video_idx, channel_idx, upload_time, length, subscribers, age_days,
            views, expected_views, sample, ratio, ratio_shrunk, day_3_ratio)
        SELECT idx, channel_idx, upload_time, 'long', 5, 7, 1, 1, 5, 1, 1,
            CASE WHEN idx % 7 > 0 THEN idx % 13 + 0.5 END
        FROM video";
    execute(&database, ratios).await;
    rank(&database, end).await;
    let client = database.client().await;
    let stored = "
        SELECT keyword_idx, hour::integer - 1, n.videos::bigint, n.median
        FROM keyword_best_times,
            unnest(videos, median_ratios) WITH ORDINALITY n (videos, median, hour)
        WHERE n.videos > 0 ORDER BY 1, 2";
    let recounted = "
        SELECT keyword_idx, hour, videos, CASE WHEN videos >= 5 THEN median END FROM (
            SELECT keyword_idx, hour, count(*) AS videos, max(count(*)) OVER (PARTITION BY keyword_idx) AS most,
                percentile_cont(0.5) WITHIN GROUP (ORDER BY day_3_ratio) AS median
            FROM (
                SELECT DISTINCT s.keyword_idx, o.video_idx, o.day_3_ratio, (
                    extract(isodow FROM o.upload_time AT TIME ZONE 'Asia/Seoul') * 24 - 24
                    + extract(hour FROM o.upload_time AT TIME ZONE 'Asia/Seoul')
                )::integer AS hour
                FROM keyword_spelling s
                JOIN video_keyword_new k ON k.keyword = s.spelling
                JOIN video_outlier o USING (video_idx)
                WHERE o.day_3_ratio IS NOT NULL
            ) used
            GROUP BY keyword_idx, hour
        ) hours WHERE most >= 5 ORDER BY 1, 2";
    let rows = async |statement: &str| {
        let rows = client.query(statement, &[]).await.unwrap();
        let cell = |row: &tokio_postgres::Row| {
            (
                row.get::<_, i32>(0),
                row.get::<_, i32>(1),
                row.get::<_, i64>(2),
                row.get::<_, Option<f64>>(3),
            )
        };
        rows.iter().map(cell).collect::<Vec<_>>()
    };
    let expected = rows(recounted).await;
    assert!(expected.iter().any(|cell| cell.3.is_some()), "{expected:?}");
    assert_eq!(rows(stored).await, expected);
    execute(&database, "DELETE FROM video_outlier").await;
    rank(&database, end).await;
    assert_eq!(rows(stored).await, []);
}

#[tokio::test]
async fn upload_less_than_a_second_after_the_start_of_a_window_counts_in_it() {
    let mut videos = Videos::default();
    let week = 7.0 * 24.0;
    let milliseconds = |number: f64| number / 3_600_000.0;
    videos.add(1, week - milliseconds(400.0), "first");
    videos.add(2, week + milliseconds(400.0), "second");
    let (database, end) = videos.stored().await;
    rank(&database, end).await;
    let statement = format!("SELECT videos, active_channels FROM keyword_list WHERE {WEEK}");
    let row = database.client().await.query_one(&statement, &[]).await.unwrap();
    assert_eq!((row.get(0), row.get(1)), (1, 1));
}
