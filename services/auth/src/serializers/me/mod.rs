//! Bodies and parameters of `/api/me/`.

mod account;
mod api_keys;
pub(crate) mod atom;
mod digest;
mod export;
mod feed;
pub(crate) mod feed_texts;
mod watchlist;

pub(crate) use account::{DeletionRequest, PasswordRequest, account_in_use, wrong_password};
pub(crate) use api_keys::{ApiKeyRequest, ApiKeysResponse, NewApiKeyResponse, too_many_keys};
pub(crate) use digest::{AlertResponse, DigestParams, DigestResponse};
pub(crate) use export::{AccountData, ExportResponse};
pub(crate) use feed::{FeedParams, FeedResponse, NewFeedResponse};
pub(crate) use watchlist::{
    WatchRequest, WatchResponse, WatchlistResponse, unknown_watched_channel, watchlist_full,
};
