//! `/api/me/`: resources of the authenticated account.

pub(super) mod account;
pub(super) mod api_key_check;
pub(super) mod api_keys;
pub(super) mod atom;
pub(super) mod digest;
pub(super) mod feed;
pub(super) mod watchlist;

use super::HASHING_DEADLINE;
use actix_web::web::ServiceConfig;
use common::http::{no_store, resource};

/// Adds the routes.
pub(super) fn configure(config: &mut ServiceConfig) {
    let me = |path: &str| resource(&format!("/api/me/{path}/")).wrap(no_store());
    config
        .service(
            me("watchlist")
                .get(watchlist::watchlist)
                .head(watchlist::watchlist)
                .put(watchlist::watch),
        )
        .service(me("watchlist/{idx}").delete(watchlist::unwatch))
        .service(me("digest").get(digest::digest).head(digest::digest))
        .service(
            me("feed")
                .get(feed::feed_state)
                .head(feed::feed_state)
                .post(feed::create_feed)
                .delete(feed::revoke_feed),
        )
        // All paths below: the middleware does not log the value of a parameter `token`.
        .service(resource("/api/me/feed/{token:.+}").get(atom::atom_feed).head(atom::atom_feed))
        .service(
            me("keys")
                .get(api_keys::api_keys)
                .head(api_keys::api_keys)
                .post(api_keys::create_api_key),
        )
        .service(me("keys/{idx}").delete(api_keys::revoke_api_key))
        .service(me("password").app_data(HASHING_DEADLINE).post(account::change_password))
        .service(me("deletion").app_data(HASHING_DEADLINE).post(account::delete_own_account))
        .service(me("export").get(account::export).head(account::export))
        .service(resource("/internal/api-key/").wrap(no_store()).get(api_key_check::check_api_key));
}
