//! What a client sends and sees.

use crate::{
    domain::{KeywordCount, Kind, LineValue, colour, mean},
    queries::elastic::{KeywordHits, VideoHit},
};
use chrono::NaiveDate;
use common::{error::FieldErrors, http::Query};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// The longest tag there is, in characters.
const KEYWORD_LENGTH: usize = 100;

/// The two lists of top keywords: 인기 first, then 영상화.
pub(crate) type TopKeywordsResponse = Vec<TopKeywords>;

/// The top keywords of one kind.
#[derive(Serialize, ToSchema)]
pub(crate) struct TopKeywords {
    /// `인기` (popular) or `영상화` (made into videos).
    #[serde(rename = "type")]
    #[schema(example = "인기")]
    pub kind: &'static str,
    /// Up to ten, the most frequent first.
    pub keyword: Vec<KeywordValue>,
}

/// A keyword and how many videos have it.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeywordValue {
    /// One whole tag.
    #[schema(example = "먹방")]
    pub name: String,
    /// The number of videos.
    #[schema(example = 12)]
    pub value: u64,
}

impl From<KeywordCount> for KeywordValue {
    fn from(counted: KeywordCount) -> Self {
        Self { name: counted.name, value: counted.count }
    }
}

/// The parameters of `keyword_data/`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct KeywordDataParams {
    /// `인기` or `영상화`.
    #[param(value_type = String, example = "인기", pattern = "^(인기|영상화)$")]
    pub search: Kind,
    /// One keyword; not blank.
    #[param(example = "먹방", max_length = 100, pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    pub keyword: String,
}

impl KeywordDataParams {
    /// Reads the parameters, or says what is wrong with each.
    pub(crate) fn parse(query: &Query) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let search = query.required("search", &mut errors).and_then(Kind::parse);
        if search.is_none() && !errors.has("search") {
            errors.add("search", "Must be 인기 or 영상화.");
        }
        let keyword = query.required("keyword", &mut errors);
        if keyword.is_some_and(|keyword| keyword.chars().count() > KEYWORD_LENGTH) {
            errors.add("keyword", "Ensure this field has no more than 100 characters.");
        }
        match (search, keyword) {
            (Some(search), Some(keyword)) if errors.is_empty() => {
                Ok(Self { search, keyword: keyword.to_owned() })
            }
            _ => Err(errors),
        }
    }
}

/// What surrounds a keyword and how it moves.
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
    /// The keyword as it was asked for.
    #[schema(example = "먹방")]
    name: String,
    /// The mean of the line's values, 0 of an empty line.
    #[schema(example = 42.5)]
    popular: f64,
    wordmap: WordMap,
    lines: Line,
    video: VideoList,
}

/// The keywords that stand beside a keyword.
#[derive(Serialize, ToSchema)]
struct WordMap {
    /// The keyword in the middle.
    #[schema(example = "먹방")]
    name: String,
    /// Its colour.
    #[schema(example = "#666")]
    color: &'static str,
    /// Up to six, the most frequent first.
    children: Vec<Word>,
}

/// A keyword around another.
#[derive(Serialize, ToSchema)]
struct Word {
    /// One whole tag.
    #[schema(example = "일상")]
    name: String,
    /// The number of videos.
    #[schema(example = 3)]
    value: u64,
    /// Its colour.
    #[schema(example = "#f9bf69")]
    color: &'static str,
}

/// How a keyword moved, day by day.
#[derive(Serialize, ToSchema)]
struct Line {
    /// `인기도 추이` or `영상화 추이`.
    #[serde(rename = "type")]
    #[schema(example = "인기도 추이")]
    kind: &'static str,
    /// Oldest first.
    data: Vec<Point>,
}

/// A day of a line.
#[derive(Serialize, ToSchema)]
struct Point {
    /// The day, in Seoul.
    date: NaiveDate,
    /// 인기: their mean popularity × 100; 영상화: the number of videos.
    #[schema(value_type = f64, example = 37.5)]
    value: LineValue,
}

/// Videos.
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
    /// Its number here.
    #[schema(example = 17)]
    idx: i32,
    /// Its title.
    #[schema(example = "혼자 먹는 저녁")]
    video_name: String,
    /// YouTube's id.
    #[schema(example = "uq5LClQN3cE")]
    video_id: String,
    /// Its picture.
    thumbnail_url: Option<String>,
    /// Views ÷ subscribers.
    #[schema(example = 1.25)]
    popularity: Option<f64>,
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
            views: hit.views,
        }
    }
}

impl KeywordDataResponse {
    /// The answer about `keyword`, whose neighbours have been counted.
    pub(crate) fn new(
        kind: Kind,
        keyword: String,
        hits: KeywordHits,
        neighbours: Vec<KeywordCount>,
    ) -> Self {
        let (kind_name, line_name) = match kind {
            Kind::Popular => ("인기", "인기도 추이"),
            Kind::Made => ("영상", "영상화 추이"),
        };
        let values: Vec<_> = hits.days.iter().map(|day| LineValue::new(kind, day)).collect();
        let days = hits.days.iter().map(|day| day.day);
        let points = days.zip(&values).map(|(date, value)| Point { date, value: *value }).collect();
        let top = hits.top.into_iter().map(VideoSummary::from).collect();
        let data = KeywordData {
            popular: mean(&values),
            wordmap: WordMap::new(keyword.clone(), neighbours),
            lines: Line { kind: line_name, data: points },
            video: VideoList { kind: "analysis", data: top },
            name: keyword,
        };
        Self { kind: kind_name, keyword: [data] }
    }
}

impl WordMap {
    fn new(name: String, words: Vec<KeywordCount>) -> Self {
        let children = words.into_iter().enumerate().map(|(place, word)| Word {
            name: word.name,
            value: word.count,
            color: colour(place),
        });
        Self { name, color: "#666", children: children.collect() }
    }
}
