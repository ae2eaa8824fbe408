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
    /// One keyword or more, up to 20, parted by spaces; a video has one of them or more.
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
    /// One keyword or more, up to 20, parted by spaces; a video has one of them or more.
    #[param(
        value_type = String,
        example = "먹방 브이로그",
        pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
    )]
    keyword_string: Field<String>,
    /// Keywords parted by spaces; a video has all of them.
    #[param(value_type = Option<String>, example = "라면", pattern = r"^[^\u0000]*$")]
    must_keyword: Field<String>,
    /// Keywords parted by spaces; a video has none of them.
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
