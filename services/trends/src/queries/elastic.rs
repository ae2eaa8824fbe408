//! The searches of this service: one round trip each.

use crate::{
    domain::{Kind, Windows},
    settings::{Exclusions, TrendsSettings},
};
use chrono::{DateTime, Utc};
use common::search::{
    DAYS_AGGREGATION, DayBucket, Query, Range, Search, SearchClient, SearchError, Sort, Tags,
    line_search, matches_keyword, tags_search, uploaded_between,
};
use serde::Deserialize;

/// The popular keywords are those of this many most popular videos.
const POPULAR_SAMPLE: usize = 300;
/// The keywords being made are those of this many newest videos.
const MADE_SAMPLE: usize = 700;
/// A word map is made of this many newest videos.
const WORD_MAP_SAMPLE: usize = 500;
/// How many videos of a keyword are shown.
const TOP_VIDEOS: usize = 5;

/// Above this, a popularity is taken for an error of the crawler.
const POPULAR_LIMIT: f64 = 50.0;
/// Below this, a video is not worth counting as made.
const MADE_THRESHOLD: f64 = 0.3;
/// A video as it is listed.
#[derive(Debug, Deserialize)]
pub(crate) struct VideoHit {
    pub idx: i32,
    pub video_name: String,
    pub video_id: String,
    pub thumbnail_url: Option<String>,
    pub popularity: Option<f64>,
    pub views: Option<i64>,
}

/// The tags of the videos that the two lists are made of.
pub(crate) struct TopSamples {
    pub popular: Vec<Tags>,
    pub made: Vec<Tags>,
}

/// What is known of a keyword.
pub(crate) struct KeywordHits {
    pub days: Vec<DayBucket>,
    pub newest: Vec<Tags>,
    pub top: Vec<VideoHit>,
}

/// The videos of the last week that the two lists count.
pub(crate) async fn search_top_samples(
    client: &SearchClient,
    settings: &TrendsSettings,
    windows: Windows,
) -> Result<TopSamples, SearchError> {
    let searches = [
        tags_search(popular_videos(&settings.popular, windows), "popularity", POPULAR_SAMPLE),
        tags_search(made_videos(&settings.made, windows), "upload_time", MADE_SAMPLE),
    ];
    let [popular, made] = client.search_all(searches).await?;
    Ok(TopSamples { popular: popular.tags()?, made: made.tags()? })
}

/// The line, the newest videos and the top videos of a keyword.
pub(crate) async fn search_keyword(
    client: &SearchClient,
    kind: Kind,
    keyword: &str,
    windows: Windows,
) -> Result<KeywordHits, SearchError> {
    let since = |from: DateTime<Utc>| {
        Query::all(vec![matches_keyword(keyword), uploaded_between(from, windows.now)])
    };
    let top = match kind {
        Kind::Popular => "popularity",
        Kind::Made => "views",
    };
    let searches = [
        line_search(kind.line(), since(windows.line)),
        tags_search(since(windows.word_map), "upload_time", WORD_MAP_SAMPLE),
        Search::hits(since(windows.week), Sort::descending(top), TOP_VIDEOS, VIDEO_FIELDS),
    ];
    let [line, newest, top] = client.search_all(searches).await?;
    Ok(KeywordHits {
        days: line.days(DAYS_AGGREGATION)?,
        newest: newest.tags()?,
        top: top.documents()?,
    })
}

const VIDEO_FIELDS: &[&str] =
    &["idx", "video_name", "video_id", "thumbnail_url", "popularity", "views"];

fn popular_videos(exclusions: &Exclusions, windows: Windows) -> Query {
    let wanted = vec![
        uploaded_between(windows.week, windows.now),
        Query::range("popularity", Range::at_most(POPULAR_LIMIT)),
    ];
    Query::all_except(wanted, excluded(exclusions))
}

fn made_videos(exclusions: &Exclusions, windows: Windows) -> Query {
    let wanted = vec![
        uploaded_between(windows.week, windows.now),
        Query::range("popularity", Range::at_least(MADE_THRESHOLD)),
        Query::term("crawled", true),
    ];
    Query::all_except(wanted, excluded(exclusions))
}

fn excluded(exclusions: &Exclusions) -> Vec<Query> {
    let channels = &exclusions.excluded_channels.0;
    if channels.is_empty() {
        return Vec::new();
    }
    vec![Query::terms("channel_idx", channels.clone())]
}
