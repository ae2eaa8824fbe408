//! `keyword_search/`

use crate::{
    domain::RelatedKeywords,
    queries::elastic::{KeywordHits, VideoHit},
};
use common::{
    Error,
    error::FieldErrors,
    http::Field,
    keywords::validate_keyword,
    search::LineKind,
    serializers::{KeywordList, Line, Word, WordMap},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The parameters of `keyword_search/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct KeywordSearchParams {
    /// One keyword; not blank.
    #[param(
        value_type = String,
        example = "먹방",
        max_length = 100,
        pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
    )]
    search: Field<String>,
}

impl KeywordSearchParams {
    /// The keyword. A missing or blank one returns 404, as in the Django API.
    pub(crate) fn validate(self) -> Result<String, Error> {
        let invalid = |message: &str| FieldErrors::single("search", message);
        match self.search {
            Field::Value(search) if !search.trim().is_empty() => {
                validate_keyword(&search).map_err(invalid)?;
                Ok(search)
            }
            Field::Invalid(message) => Err(invalid(&message).into()),
            _ => Err(missing_keyword()),
        }
    }
}

/// The error of a request without a keyword.
pub(crate) fn missing_keyword() -> Error {
    Error::NotFound("없는 페이지 입니다.".into())
}

/// A keyword's trends, related keywords and videos.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeywordSearchResponse {
    /// `analysis`, then `aside`.
    video: (GrowingVideos, PopularVideos),
    wordmap: WordMap,
    /// 영상화 추이 (number of uploaded videos), then 인기도 추이 (their mean popularity).
    #[schema(min_items = 2, max_items = 2)]
    lines: [Line; 2],
    /// 인기 키워드 (of the most popular videos), then 영상화 키워드 (of the newest).
    #[schema(min_items = 2, max_items = 2)]
    keyword: [KeywordList; 2],
}

/// The fastest growing videos.
#[derive(Serialize, ToSchema)]
struct GrowingVideos {
    /// Always `analysis`.
    #[serde(rename = "type")]
    #[schema(example = "analysis")]
    kind: &'static str,
    /// Up to five.
    data: Vec<GrowingVideo>,
}

/// The most popular videos.
#[derive(Serialize, ToSchema)]
struct PopularVideos {
    /// Always `aside`.
    #[serde(rename = "type")]
    #[schema(example = "aside")]
    kind: &'static str,
    /// Up to five.
    data: Vec<FoundVideo>,
}

/// A matching video and its growth.
#[derive(Serialize, ToSchema)]
pub(crate) struct GrowingVideo {
    #[serde(flatten)]
    video: FoundVideo,
    /// Views gained per day, as last observed.
    #[schema(example = 120_400)]
    views_growth: Option<i64>,
}

/// A matching video.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundVideo {
    /// Database id (`idx`).
    #[schema(example = 17)]
    idx: i32,
    /// The title.
    #[schema(example = "혼자 먹는 저녁")]
    video_name: String,
    /// The YouTube id.
    #[schema(example = "uq5LClQN3cE")]
    video_id: String,
    /// Thumbnail URL.
    thumbnail_url: Option<String>,
    /// Views ÷ subscribers × 100.
    #[schema(example = 125.0)]
    popularity: f64,
    /// Whether `popularity` is computed from estimated subscribers.
    popularity_estimated: bool,
    /// Views, as last observed.
    #[schema(example = 5_947_503)]
    views: Option<i64>,
}

impl From<VideoHit> for FoundVideo {
    fn from(hit: VideoHit) -> Self {
        Self {
            idx: hit.idx,
            video_name: hit.video_name,
            video_id: hit.video_id,
            thumbnail_url: hit.thumbnail_url,
            popularity: hit.popularity * 100.0,
            popularity_estimated: hit.popularity_estimated,
            views: hit.views,
        }
    }
}

impl From<VideoHit> for GrowingVideo {
    fn from(hit: VideoHit) -> Self {
        Self { views_growth: hit.views_growth, video: hit.into() }
    }
}

impl KeywordSearchResponse {
    /// The response for the keyword `search`.
    pub(crate) fn new(search: String, hits: KeywordHits) -> Self {
        let related = RelatedKeywords::count(&search, &hits.popular_tags, &hits.newest_tags);
        let fastest = hits.fastest_growing.into_iter().map(GrowingVideo::from).collect();
        let popular = hits.most_popular.into_iter().map(FoundVideo::from).collect();
        Self {
            video: (
                GrowingVideos { kind: "analysis", data: fastest },
                PopularVideos { kind: "aside", data: popular },
            ),
            wordmap: WordMap::new(search, Word::list(related.word_map)),
            lines: [
                Line::new(LineKind::Uploads, &hits.uploads_line),
                Line::new(LineKind::Popularity, &hits.popularity_line),
            ],
            keyword: [
                KeywordList::new("인기 키워드", related.popular),
                KeywordList::new("영상화 키워드", related.recent),
            ],
        }
    }
}
