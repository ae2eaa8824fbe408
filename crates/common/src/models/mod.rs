//! Rows of the tables. Responses are built from them by serializers.

mod account;
mod channel;
mod video;

pub use account::{User, UserInfo};
pub use channel::Channel;
pub use video::{
    MAX_POPULARITY, MAX_SHORT_SECONDS, Video, VideoKeyword, VideoLikes, VideoViews,
    finite_popularity,
};
