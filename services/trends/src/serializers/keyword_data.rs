//! The keyword of `keyword_data/`.

use crate::{
    domain::{TrendKind, mean},
    queries::elastic::{KeywordHits, VideoHit},
};
use common::{
    error::FieldErrors,
    http::Field,
    keywords::{KeywordCount, validate_keyword},
    serializers::{Line, Word, WordMap},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The parameters of `keyword_data/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct KeywordDataParams {
    /// `인기` or `영상화`.
    #[param(value_type = String, example = "인기", pattern = "^(인기|영상화)$")]
    search: Field<String>,
    /// One keyword; not blank.
    #[param(
        value_type = String,
        example = "먹방",
        max_length = 100,
        pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
    )]
    keyword: Field<String>,
}

impl KeywordDataParams {
    /// The kind of trend and the keyword.
    pub(crate) fn validate(self) -> Result<(TrendKind, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let kind = |text: String| TrendKind::parse(&text).ok_or("Must be 인기 or 영상화.");
        let search = self.search.not_blank().and_then(kind).required("search", &mut errors);
        let valid = |keyword: String| validate_keyword(&keyword).map(|()| keyword);
        let keyword = self.keyword.not_blank().and_then(valid).required("keyword", &mut errors);
        search.zip(keyword).ok_or(errors)
    }
}

/// A keyword's trends, related keywords and videos.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeywordDataResponse {
    /// `인기`, or `영상` for 영상화.
    #[serde(rename = "type")]
    #[schema(example = "인기")]
    kind: &'static str,
    /// One element.
    keyword: [KeywordData; 1],
}

/// One keyword.
#[derive(Serialize, ToSchema)]
struct KeywordData {
    /// The keyword, as requested.
    #[schema(example = "먹방")]
    name: String,
    /// The mean of the line's values; 0 for an empty line.
    #[schema(example = 42.5)]
    popular: f64,
    wordmap: WordMap,
    lines: Line,
    video: VideoList,
}

/// A list of videos.
#[derive(Serialize, ToSchema)]
struct VideoList {
    /// Always `analysis`.
    #[serde(rename = "type")]
    #[schema(example = "analysis")]
    kind: &'static str,
    /// Up to five.
    data: Vec<VideoSummary>,
}

/// A video in a list.
#[derive(Serialize, ToSchema)]
struct VideoSummary {
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
    /// Views ÷ subscribers.
    #[schema(example = 1.25)]
    popularity: Option<f64>,
    /// Whether `popularity` is computed from estimated subscribers.
    popularity_estimated: bool,
    /// Views, as last observed.
    #[schema(example = 5_947_503)]
    views: Option<i64>,
}

impl From<VideoHit> for VideoSummary {
    fn from(hit: VideoHit) -> Self {
        Self {
            idx: hit.idx,
            video_name: hit.video_name,
            video_id: hit.video_id,
            thumbnail_url: hit.thumbnail_url,
            popularity: hit.popularity,
            popularity_estimated: hit.popularity_estimated,
            views: hit.views,
        }
    }
}

impl KeywordDataResponse {
    /// `related` are the counted keywords of the word map.
    pub(crate) fn new(
        kind: TrendKind,
        keyword: String,
        hits: KeywordHits,
        related: Vec<KeywordCount>,
    ) -> Self {
        let kind_name = match kind {
            TrendKind::Popular => "인기",
            TrendKind::Recent => "영상",
        };
        let line = Line::new(kind.line(), &hits.days);
        let top = hits.top.into_iter().map(VideoSummary::from).collect();
        let data = KeywordData {
            popular: mean(&line.data),
            wordmap: WordMap::new(keyword.clone(), Word::list(related)),
            lines: line,
            video: VideoList { kind: "analysis", data: top },
            name: keyword,
        };
        Self { kind: kind_name, keyword: [data] }
    }
}
