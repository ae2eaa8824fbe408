//! Recommended videos.

use crate::{
    domain::parse_keywords,
    queries::{
        elastic::VideoFilter,
        postgres::{ChannelRow, VideoRow},
    },
};
use common::{Error, error::FieldErrors, http::Field};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// The parameters of `simple_recommendation`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SimpleParams {
    /// 1 to 20 keywords, space-separated; a video has at least one of them.
    #[param(
        value_type = String,
        example = "먹방 브이로그",
        pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
    )]
    keyword_string: Field<String>,
}

impl SimpleParams {
    /// The keywords.
    pub(crate) fn validate(self) -> Result<Vec<String>, Error> {
        let mut errors = FieldErrors::default();
        let any = required_keywords(self.keyword_string, &mut errors);
        errors.into_result().map(|()| any)
    }
}

/// The parameters of `advanced_recommendation`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AdvancedParams {
    /// 1 to 20 keywords, space-separated; a video has at least one of them.
    #[param(
        value_type = String,
        example = "먹방 브이로그",
        pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
    )]
    keyword_string: Field<String>,
    /// Up to 20 keywords, space-separated; a video has all of them.
    #[param(value_type = Option<String>, example = "라면", pattern = r"^[^\u0000]*$")]
    must_keyword: Field<String>,
    /// Up to 20 keywords, space-separated; a video has none of them.
    #[param(value_type = Option<String>, example = "광고", pattern = r"^[^\u0000]*$")]
    must_not_keyword: Field<String>,
}

impl AdvancedParams {
    /// The keywords, without a window of time.
    pub(crate) fn validate(self) -> Result<VideoFilter, Error> {
        let mut errors = FieldErrors::default();
        let any = required_keywords(self.keyword_string, &mut errors);
        let all = optional_keywords(self.must_keyword, "must_keyword", &mut errors);
        let none = optional_keywords(self.must_not_keyword, "must_not_keyword", &mut errors);
        errors.into_result().map(|()| VideoFilter { any, all, none, window: None })
    }
}

fn required_keywords(field: Field<String>, errors: &mut FieldErrors) -> Vec<String> {
    let text = field.not_blank().required("keyword_string", errors);
    text.map_or_else(Vec::new, |text| parse_keywords(&text, "keyword_string", errors))
}

fn optional_keywords(
    field: Field<String>,
    name: &'static str,
    errors: &mut FieldErrors,
) -> Vec<String> {
    let text = field.optional(name, errors);
    text.map_or_else(Vec::new, |text| parse_keywords(&text, name, errors))
}

/// A recommended video.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecommendedVideo {
    /// The id.
    #[schema(example = 17)]
    idx: i32,
    /// The channel's name; empty without a channel.
    #[schema(example = "오늘의 먹방")]
    channel_name: Option<String>,
    /// The channel's thumbnail URL; empty without a channel.
    channel_thumbnail_url: Option<String>,
    /// Thumbnail URL.
    video_thumbnail_url: Option<String>,
    /// The title.
    #[schema(example = "혼자 먹는 저녁")]
    video_name: String,
}

impl RecommendedVideo {
    /// The rows in the order of `ids`; ids without a row are skipped.
    pub(crate) fn in_order(ids: &[i32], rows: Vec<(VideoRow, Option<ChannelRow>)>) -> Vec<Self> {
        let mut rows: HashMap<i32, _> = rows.into_iter().map(|row| (row.0.idx, row)).collect();
        ids.iter().filter_map(|idx| rows.remove(idx)).map(Self::from).collect()
    }
}

impl From<(VideoRow, Option<ChannelRow>)> for RecommendedVideo {
    fn from((video, channel): (VideoRow, Option<ChannelRow>)) -> Self {
        let unknown =
            ChannelRow { channel_name: Some(String::new()), thumbnail_url: Some(String::new()) };
        let channel = channel.unwrap_or(unknown);
        Self {
            idx: video.idx,
            channel_name: channel.channel_name,
            channel_thumbnail_url: channel.thumbnail_url,
            video_thumbnail_url: video.thumbnail_url,
            video_name: video.video_name,
        }
    }
}
