//! Rows of the tables. Responses are built from them by serializers.

mod account;
mod channel;
mod video;

pub use account::{AuthThrottle, AuthToken, User, UserInfo};
pub use channel::{Channel, ChannelSubscriber, ChannelViews};
pub use video::{MAX_POPULARITY, Video, VideoKeyword, VideoLikes, VideoViews, usable_popularity};
