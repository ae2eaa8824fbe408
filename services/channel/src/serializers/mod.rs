//! Request parameters and response bodies.

mod detail;
mod freshness;
mod list;
mod period;
mod profile;
mod series;
mod video;

pub(crate) use detail::{ChannelDetail, ChannelInfo, SubscriberLine};
pub(crate) use freshness::{FreshnessResponse, FreshnessRows};
pub(crate) use list::{ChannelListParams, ChannelListResponse, ChannelRow};
pub(crate) use period::{PeriodParams, PeriodResponse};
pub(crate) use profile::ChannelProfileResponse;
pub(crate) use series::{CompareParams, CompareResponse, Comparison, DailyParams, DailyResponse};
pub(crate) use video::{ChannelVideo, ChannelVideos, Pie};
