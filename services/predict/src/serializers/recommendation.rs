//! Recommended videos.

use crate::{
    domain::parse_keywords,
    queries::{
        elastic::VideoFilter,
        postgres::{ChannelRow, VideoRow},
    },
};
use common::{Error, error::FieldErrors, http::Query};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

const ANY: &str = "keyword_string";
const ALL: &str = "must_keyword";
const NONE: &str = "must_not_keyword";

/// The parameters of `simple_recommendation`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only its documentation is used")]
pub(crate) struct SimpleParams {
    /// One keyword or more, up to 20, parted by spaces; a video has one of them or more.
    #[param(example = "먹방 브이로그", pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    keyword_string: String,
}

impl SimpleParams {
    /// Reads the keywords, or says what is wrong with them.
    pub(crate) fn keywords(query: &Query) -> Result<Vec<String>, Error> {
        let mut errors = FieldErrors::default();
        let found = required(query, &mut errors);
        errors.into_result().map(|()| found)
    }
}

/// The parameters of `advanced_recommendation`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only its documentation is used")]
pub(crate) struct AdvancedParams {
    /// One keyword or more, up to 20, parted by spaces; a video has one of them or more.
    #[param(example = "먹방 브이로그", pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    keyword_string: String,
    /// Keywords parted by spaces; a video has all of them.
    #[param(example = "라면", pattern = r"^[^\u0000]*$")]
    must_keyword: Option<String>,
    /// Keywords parted by spaces; a video has none of them.
    #[param(example = "광고", pattern = r"^[^\u0000]*$")]
    must_not_keyword: Option<String>,
}

impl AdvancedParams {
    /// Reads the keywords, or says what is wrong with them.
    pub(crate) fn wanted(query: &Query) -> Result<VideoFilter, Error> {
        let mut errors = FieldErrors::default();
        let any = required(query, &mut errors);
        let all = optional(query, ALL, &mut errors);
        let none = optional(query, NONE, &mut errors);
        errors.into_result().map(|()| VideoFilter { any, all, none, window: None })
    }
}

fn required(query: &Query, errors: &mut FieldErrors) -> Vec<String> {
    match query.required(ANY, errors) {
        Some(text) => parse_keywords(text, ANY, errors),
        None => Vec::new(),
    }
}

fn optional(query: &Query, name: &'static str, errors: &mut FieldErrors) -> Vec<String> {
    match query.text(name) {
        Ok(text) => parse_keywords(text.unwrap_or_default(), name, errors),
        Err(message) => {
            errors.add(name, message);
            Vec::new()
        }
    }
}

/// A video to learn from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecommendedVideo {
    /// Its number here.
    #[schema(example = 17)]
    idx: i32,
    /// Its channel's name; empty without a channel.
    #[schema(example = "오늘의 먹방")]
    channel_name: Option<String>,
    /// Its channel's picture; empty without a channel.
    channel_thumbnail_url: Option<String>,
    /// Its picture.
    video_thumbnail_url: Option<String>,
    /// Its title.
    #[schema(example = "혼자 먹는 저녁")]
    video_name: String,
}

impl RecommendedVideo {
    /// The rows in the order of `numbers`; a number without a row is left out.
    pub(crate) fn in_order(
        numbers: &[i32],
        rows: Vec<(VideoRow, Option<ChannelRow>)>,
    ) -> Vec<Self> {
        let mut rows: HashMap<i32, _> = rows.into_iter().map(|row| (row.0.idx, row)).collect();
        numbers.iter().filter_map(|idx| rows.remove(idx)).map(Self::from).collect()
    }
}

impl From<(VideoRow, Option<ChannelRow>)> for RecommendedVideo {
    fn from((video, channel): (VideoRow, Option<ChannelRow>)) -> Self {
        let nobody =
            ChannelRow { channel_name: Some(String::new()), thumbnail_url: Some(String::new()) };
        let channel = channel.unwrap_or(nobody);
        Self {
            idx: video.idx,
            channel_name: channel.channel_name,
            channel_thumbnail_url: channel.thumbnail_url,
            video_thumbnail_url: video.thumbnail_url,
            video_name: video.video_name,
        }
    }
}
