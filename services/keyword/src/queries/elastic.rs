//! Elasticsearch queries: one round trip per function.

use crate::domain::Windows;
use chrono::{DateTime, Utc};
use common::search::{
    DAYS_AGGREGATION, DayBucket, LineKind, QueryClause, Search, SearchClient, SearchError, Sort,
    TaggedVideo, Tags, exclude_extreme_popularity, line_search, matches_keyword, tags_search,
    uploaded_between,
};
use serde::Deserialize;

/// Number of the most popular videos whose keywords are counted as popular.
const POPULAR_SAMPLE: usize = 100;
/// Number of the newest videos whose keywords are counted for 영상화.
const NEWEST_SAMPLE: usize = 500;
const TOP_VIDEOS: usize = 5;

/// A listed video. It has a popularity, as outliers are excluded by a range of popularity.
#[derive(Debug, Deserialize)]
pub(crate) struct VideoHit {
    pub idx: i32,
    pub video_name: String,
    pub video_id: String,
    pub thumbnail_url: Option<String>,
    pub popularity: f64,
    #[serde(default)]
    pub popularity_estimated: bool,
    pub views: Option<i64>,
    pub views_growth: Option<i64>,
}

pub(crate) struct KeywordHits {
    pub fastest_growing: Vec<VideoHit>,
    pub most_popular: Vec<VideoHit>,
    /// Tags of the [`POPULAR_SAMPLE`] most popular videos.
    pub popular_tags: Vec<Tags>,
    /// Tags of the [`NEWEST_SAMPLE`] newest videos.
    pub newest_tags: Vec<Tags>,
    /// Number of videos per day.
    pub uploads_line: Vec<DayBucket>,
    /// Mean popularity per day.
    pub popularity_line: Vec<DayBucket>,
}

/// Searches the videos, their tags and the trend lines of a keyword.
pub(crate) async fn search_keyword(
    client: &SearchClient,
    keyword: &str,
    windows: Windows,
) -> Result<KeywordHits, SearchError> {
    let since = |from: DateTime<Utc>| {
        QueryClause::all(vec![matches_keyword(keyword), uploaded_between(from, windows.now)])
    };
    let searches = [
        top_search("views_growth", since(windows.videos)),
        top_search("popularity", since(windows.videos)),
        tags_search(
            QueryClause::all(vec![since(windows.videos), exclude_extreme_popularity()]),
            "popularity",
            POPULAR_SAMPLE,
        ),
        tags_search(since(windows.videos), "upload_time", NEWEST_SAMPLE),
        line_search(LineKind::Uploads, since(windows.line)),
        line_search(LineKind::Popularity, since(windows.line)),
    ];
    let [fastest, popular, popular_tags, newest, uploads, popularity] =
        client.search_all(searches).await?;
    Ok(KeywordHits {
        fastest_growing: fastest.documents()?,
        most_popular: popular.documents()?,
        popular_tags: popular_tags.tags()?,
        newest_tags: newest.tags()?,
        uploads_line: uploads.days(DAYS_AGGREGATION)?,
        popularity_line: popularity.days(DAYS_AGGREGATION)?,
    })
}

/// Number of the newest videos of a keyword in which related keywords and outliers are searched.
const TAGGED_SAMPLE: usize = 1_000;

/// Searches the newest videos since `from` with a keyword in one of its `spellings`, also as a part of
/// a longer one.
pub(crate) async fn search_tagged(
    client: &SearchClient,
    spellings: &[String],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<TaggedVideo>, SearchError> {
    let matches = spellings.iter().map(|spelling| matches_keyword(spelling)).collect();
    let videos = QueryClause::all(vec![QueryClause::any(matches), uploaded_between(from, until)]);
    let order = Sort::descending("upload_time");
    let [videos] = client.search_all([Search::tagged_videos(videos, order, TAGGED_SAMPLE)]).await?;
    videos.tagged_videos()
}

const VIDEO_FIELDS: &[&str] = &[
    "idx",
    "video_name",
    "video_id",
    "thumbnail_url",
    "popularity",
    "popularity_estimated",
    "views",
    "views_growth",
];

/// The videos with the largest `order`, without outliers.
fn top_search(order: &'static str, videos: QueryClause) -> Search {
    let videos = QueryClause::all(vec![videos, exclude_extreme_popularity()]);
    Search::hits(videos, Sort::descending(order), TOP_VIDEOS, VIDEO_FIELDS)
}
