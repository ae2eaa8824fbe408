//! The searches of this service, in one round trip.

use crate::domain::Windows;
use chrono::{DateTime, Utc};
use common::search::{
    DAYS_AGGREGATION, DayBucket, LineKind, Query, Search, SearchClient, SearchError, Sort, Tags,
    exclude_outliers, line_search, matches_keyword, tags_search, uploaded_between,
};
use serde::Deserialize;

/// The popular keywords are those of this many most popular videos.
const POPULAR_SAMPLE: usize = 100;
/// The keywords being made are those of this many newest videos.
const MADE_SAMPLE: usize = 500;
/// How many videos of each kind are shown.
const TOP_VIDEOS: usize = 5;

/// A video as it is listed. Its popularity is known, or it would not have been found.
#[derive(Debug, Deserialize)]
pub(crate) struct VideoHit {
    pub idx: i32,
    pub video_name: String,
    pub video_id: String,
    pub thumbnail_url: Option<String>,
    pub popularity: f64,
    pub views: Option<i64>,
    pub views_growth: Option<i64>,
}

/// What is known of a keyword.
pub(crate) struct KeywordHits {
    /// The fastest growing videos.
    pub fastest: Vec<VideoHit>,
    /// The most popular videos.
    pub popular: Vec<VideoHit>,
    /// The tags of the most popular videos: of more than are shown.
    pub popular_tags: Vec<Tags>,
    /// The tags of the newest videos.
    pub newest: Vec<Tags>,
    /// The days of the line of what is made.
    pub made: Vec<DayBucket>,
    /// The days of the line of popularity.
    pub popularity: Vec<DayBucket>,
}

/// The videos, their tags and the lines of a keyword.
pub(crate) async fn search_keyword(
    client: &SearchClient,
    keyword: &str,
    windows: Windows,
) -> Result<KeywordHits, SearchError> {
    let since = |from: DateTime<Utc>| {
        Query::all(vec![matches_keyword(keyword), uploaded_between(from, windows.now)])
    };
    let searches = [
        top("views_growth", since(windows.fortnight)),
        top("popularity", since(windows.fortnight)),
        tags_search(
            Query::all(vec![since(windows.fortnight), exclude_outliers()]),
            "popularity",
            POPULAR_SAMPLE,
        ),
        tags_search(since(windows.fortnight), "upload_time", MADE_SAMPLE),
        line_search(LineKind::Made, since(windows.line)),
        line_search(LineKind::Popularity, since(windows.line)),
    ];
    let [fastest, popular, popular_tags, newest, made, popularity] =
        client.search_all(searches).await?;
    Ok(KeywordHits {
        fastest: fastest.documents()?,
        popular: popular.documents()?,
        popular_tags: popular_tags.tags()?,
        newest: newest.tags()?,
        made: made.days(DAYS_AGGREGATION)?,
        popularity: popularity.days(DAYS_AGGREGATION)?,
    })
}

const VIDEO_FIELDS: &[&str] =
    &["idx", "video_name", "video_id", "thumbnail_url", "popularity", "views", "views_growth"];

/// The videos with the largest `order`, without outliers.
fn top(order: &'static str, videos: Query) -> Search {
    let videos = Query::all(vec![videos, exclude_outliers()]);
    Search::hits(videos, Sort::descending(order), TOP_VIDEOS, VIDEO_FIELDS)
}
