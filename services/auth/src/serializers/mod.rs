//! Request and response bodies.

pub(crate) mod atom;
mod digest;
pub(crate) mod feed_texts;
mod me;
mod requests;
mod responses;
mod watchlist;

pub(crate) use digest::{AlertResponse, DigestParams, DigestResponse};
pub(crate) use me::{
    AccountData, ApiKeyRequest, ApiKeysResponse, DeletionRequest, ExportResponse, FeedParams,
    FeedResponse, NewApiKeyResponse, NewFeedResponse, PasswordRequest, account_in_use,
    too_many_keys, wrong_password,
};
pub(crate) use requests::{
    Credentials, LoginRequest, RegisterRequest, UserInfoRequest, taken_username, unable_to_log_in,
    unknown_channel,
};
pub(crate) use responses::{RegisterProblem, SessionResponse, UpdatedResponse, UserResponse};
pub(crate) use watchlist::{
    WatchRequest, WatchResponse, WatchlistResponse, unknown_watched_channel, watchlist_full,
};
