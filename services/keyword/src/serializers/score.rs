//! The score of a keyword.

use super::parse_keyword;
use crate::queries::postgres::ScoreRow;
use common::{error::FieldErrors, http::Field, keywords::SCORE_WINDOW_DAYS, serializers::rounded};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The parameters of `keywords/score/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ScoreParams {
    /// One keyword; not blank. Case, width and spaces do not matter.
    #[param(value_type = String, example = "먹방", max_length = 100, pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    keyword: Field<String>,
}

impl ScoreParams {
    /// The keyword as requested, and its key.
    pub(crate) fn validate(self) -> Result<(String, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        parse_keyword(self.keyword, &mut errors).ok_or(errors)
    }
}

/// A keyword's score and its parts, from the last 28 days.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScoreResponse {
    /// The most frequent spelling of the keyword.
    #[schema(example = "먹방")]
    keyword: String,
    /// `ok`, or `insufficient_data` if there are fewer than ten videos, or fewer than three small
    /// channels.
    #[schema(example = "ok")]
    status: &'static str,
    /// From 0 to 100: high demand, little supply, and small channels among the best.
    #[schema(example = 62)]
    score: Option<i16>,
    /// Videos in the window.
    #[schema(example = 84)]
    videos: i64,
    demand: Option<ScoreDemand>,
    supply: Option<ScoreSupply>,
    small_channels: Option<ScoreSmallChannels>,
}

/// The views that a new video of a small channel gets.
#[derive(Serialize, ToSchema)]
struct ScoreDemand {
    /// The median over channels with fewer than 30,000 subscribers of the median views of their
    /// videos that are at least two days old.
    #[schema(example = 3_400)]
    views: i64,
    /// The share of keywords with lower demand, from 0 to 1.
    #[schema(example = 0.71)]
    rank: f64,
}

/// New videos and their channels.
#[derive(Serialize, ToSchema)]
struct ScoreSupply {
    /// Videos per week.
    #[schema(example = 21.0)]
    videos_per_week: f64,
    /// Distinct channels in the window.
    #[schema(example = 52)]
    channels: i32,
    /// The share of keywords with less supply, from 0 to 1.
    #[schema(example = 0.8)]
    rank: f64,
}

/// Small channels among the best.
#[derive(Serialize, ToSchema)]
struct ScoreSmallChannels {
    /// Their share, from 0 to 1, in the fifth of the videos (at least five) with the most views.
    #[schema(example = 0.25)]
    share_of_best: f64,
}

impl ScoreResponse {
    /// `requested` names a keyword that is not stored.
    pub(crate) fn new(requested: String, row: Option<ScoreRow>) -> Self {
        let Some(row) = row else {
            return Self {
                keyword: requested,
                status: "insufficient_data",
                score: None,
                videos: 0,
                demand: None,
                supply: None,
                small_channels: None,
            };
        };
        let supply = |((videos, channels), rank): ((i32, i32), f64)| ScoreSupply {
            videos_per_week: f64::from(videos) * 7.0 / f64::from(SCORE_WINDOW_DAYS),
            channels,
            rank: rounded(rank),
        };
        Self {
            status: if row.score.is_some() { "ok" } else { "insufficient_data" },
            score: row.score,
            videos: row.videos.map_or(row.recent_videos, i64::from),
            demand: row
                .demand_views
                .zip(row.demand)
                .map(|(views, rank)| ScoreDemand { views, rank: rounded(rank) }),
            supply: row.videos.zip(row.channels).zip(row.supply).map(supply),
            small_channels: row
                .small_share
                .map(|share| ScoreSmallChannels { share_of_best: rounded(share) }),
            keyword: row.name,
        }
    }
}
