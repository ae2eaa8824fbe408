//! The search for recommended videos.

use chrono::{DateTime, Utc};
use common::search::{
    QueryClause, Search, SearchClient, SearchError, Sort, matches_keyword, uploaded_between,
};
use serde::Deserialize;

/// Maximum number of recommended videos.
const MAX_RECOMMENDED: usize = 8;

/// Conditions on recommended videos.
#[derive(Debug, Default)]
pub(crate) struct VideoFilter {
    /// Keywords; at least one must match.
    pub any: Vec<String>,
    /// Keywords that must all match.
    pub all: Vec<String>,
    /// Keywords that must not match.
    pub none: Vec<String>,
    /// Range of the upload time; the end is exclusive.
    pub window: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

#[derive(Deserialize)]
struct Hit {
    idx: i32,
}

/// The idx of the matching videos, by descending popularity.
pub(crate) async fn search_videos(
    client: &SearchClient,
    filter: &VideoFilter,
) -> Result<Vec<i32>, SearchError> {
    let match_each = |keywords: &[String]| -> Vec<QueryClause> {
        keywords.iter().map(|keyword| matches_keyword(keyword)).collect()
    };
    let mut conditions = match_each(&filter.all);
    conditions.push(QueryClause::any(match_each(&filter.any)));
    conditions.extend(filter.window.map(|(from, until)| uploaded_between(from, until)));
    let videos = QueryClause::all_except(conditions, match_each(&filter.none));
    let search = Search::hits(videos, Sort::descending("popularity"), MAX_RECOMMENDED, &["idx"]);
    let [hits] = client.search_all([search]).await?;
    Ok(hits.documents()?.into_iter().map(|hit: Hit| hit.idx).collect())
}
