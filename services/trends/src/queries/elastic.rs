//! Elasticsearch queries: one round trip per function.

use crate::{
    domain::{TrendKind, Windows},
    settings::{Exclusions, TrendsSettings},
};
use chrono::{DateTime, Utc};
use common::search::{
    DAYS_AGGREGATION, DayBucket, QueryClause, Range, Search, SearchClient, SearchError, Sort, Tags,
    line_search, matches_keyword, tags_search, uploaded_between,
};
use serde::Deserialize;

/// Number of the most popular videos whose keywords are counted as popular.
const POPULAR_SAMPLE: usize = 300;
/// Number of the newest videos whose keywords are counted for 영상화.
const NEWEST_SAMPLE: usize = 700;
/// Number of the newest videos whose keywords form a word map.
const WORD_MAP_SAMPLE: usize = 500;
const TOP_VIDEOS: usize = 5;

/// A higher popularity is treated as a collection error.
const MAX_PLAUSIBLE_POPULARITY: f64 = 50.0;
/// Videos with a lower popularity are not counted as new videos.
const MIN_RECENT_POPULARITY: f64 = 0.3;

#[derive(Debug, Deserialize)]
pub(crate) struct VideoHit {
    pub idx: i32,
    pub video_name: String,
    pub video_id: String,
    pub thumbnail_url: Option<String>,
    pub popularity: Option<f64>,
    #[serde(default)]
    pub popularity_estimated: bool,
    pub views: Option<i64>,
}

/// Tags of the videos whose keywords the two lists count.
pub(crate) struct TopSamples {
    pub popular: Vec<Tags>,
    pub recent: Vec<Tags>,
}

pub(crate) struct KeywordHits {
    pub days: Vec<DayBucket>,
    /// Tags of the newest videos.
    pub newest: Vec<Tags>,
    pub top: Vec<VideoHit>,
}

/// Searches the videos of the last week whose keywords the two lists count.
pub(crate) async fn search_top_samples(
    client: &SearchClient,
    settings: &TrendsSettings,
    windows: Windows,
) -> Result<TopSamples, SearchError> {
    let searches = [
        tags_search(popular_videos(&settings.popular, windows), "popularity", POPULAR_SAMPLE),
        tags_search(newest_videos(&settings.recent, windows), "upload_time", NEWEST_SAMPLE),
    ];
    let [popular, recent] = client.search_all(searches).await?;
    Ok(TopSamples { popular: popular.tags()?, recent: recent.tags()? })
}

/// Searches the trend line, the newest videos and the top videos of a keyword.
pub(crate) async fn search_keyword(
    client: &SearchClient,
    kind: TrendKind,
    keyword: &str,
    windows: Windows,
) -> Result<KeywordHits, SearchError> {
    let since = |from: DateTime<Utc>| {
        QueryClause::all(vec![matches_keyword(keyword), uploaded_between(from, windows.now)])
    };
    let top_field = match kind {
        TrendKind::Popular => "popularity",
        TrendKind::Recent => "views",
    };
    let searches = [
        line_search(kind.line(), since(windows.line)),
        tags_search(since(windows.word_map), "upload_time", WORD_MAP_SAMPLE),
        Search::hits(since(windows.week), Sort::descending(top_field), TOP_VIDEOS, VIDEO_FIELDS),
    ];
    let [line, newest, top] = client.search_all(searches).await?;
    Ok(KeywordHits {
        days: line.days(DAYS_AGGREGATION)?,
        newest: newest.tags()?,
        top: top.documents()?,
    })
}

const VIDEO_FIELDS: &[&str] = &[
    "idx",
    "video_name",
    "video_id",
    "thumbnail_url",
    "popularity",
    "popularity_estimated",
    "views",
];

fn popular_videos(exclusions: &Exclusions, windows: Windows) -> QueryClause {
    let filters = vec![
        uploaded_between(windows.week, windows.now),
        QueryClause::range("popularity", Range::at_most(MAX_PLAUSIBLE_POPULARITY)),
    ];
    QueryClause::all_except(filters, excluded_channels(exclusions))
}

fn newest_videos(exclusions: &Exclusions, windows: Windows) -> QueryClause {
    let filters = vec![
        uploaded_between(windows.week, windows.now),
        QueryClause::range("popularity", Range::at_least(MIN_RECENT_POPULARITY)),
        QueryClause::term("crawled", true),
    ];
    QueryClause::all_except(filters, excluded_channels(exclusions))
}

fn excluded_channels(exclusions: &Exclusions) -> Vec<QueryClause> {
    let channels = &exclusions.excluded_channels.0;
    if channels.is_empty() {
        return Vec::new();
    }
    vec![QueryClause::terms("channel_idx", channels.clone())]
}
