//! The searches of this service, each one request.

use chrono::{DateTime, Utc};
use common::search::{
    Query, Search, SearchClient, SearchError, Sort, matches_keyword, uploaded_between,
};
use serde::Deserialize;

/// How many videos are recommended.
const RECOMMENDED: usize = 8;

/// Which videos are recommended.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// With one of these keywords or more.
    pub any: Vec<String>,
    /// With all of these.
    pub all: Vec<String>,
    /// With none of these.
    pub none: Vec<String>,
    /// Uploaded from then until then, which is left out; at any time if not given.
    pub window: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

#[derive(Deserialize)]
struct Hit {
    idx: i32,
}

/// The numbers of the most popular videos that are wanted.
pub(crate) async fn search_videos(
    client: &SearchClient,
    wanted: &Wanted,
) -> Result<Vec<i32>, SearchError> {
    let matching = |keywords: &[String]| -> Vec<Query> {
        keywords.iter().map(|keyword| matches_keyword(keyword)).collect()
    };
    let mut conditions = matching(&wanted.all);
    conditions.push(Query::any(matching(&wanted.any)));
    conditions.extend(wanted.window.map(|(from, until)| uploaded_between(from, until)));
    let videos = Query::all_except(conditions, matching(&wanted.none));
    let search = Search::hits(videos, Sort::descending("popularity"), RECOMMENDED, &["idx"]);
    let [found] = client.search_all([search]).await?;
    Ok(found.documents()?.into_iter().map(|hit: Hit| hit.idx).collect())
}
