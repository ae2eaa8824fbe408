//! The shared library of all services.
//!
//! | module | content |
//! |---|---|
//! | [`settings`] | typed settings from defaults, a file and the environment |
//! | [`run()`] | startup and shutdown of a service |
//! | [`http`] | server, middleware, extractors, health and metrics |
//! | [`auth`] | authentication: tokens, passwords, extractors |
//! | [`error`] | the error type and its responses |
//! | [`cache`] | caches of responses, invalidated by data version |
//! | [`db`], [`models`] | PostgreSQL: pool, schema, migrations, rows |
//! | [`search`] | Elasticsearch: client, index, queries |
//! | [`broker`], [`prediction`] | RabbitMQ: connection, and the prediction protocol |
//! | [`request_id`] | request ids in logs and messages |
//! | [`keywords`] | normalization, validation and counting of keywords |
//! | [`queries`] | queries that several services share |
//! | [`serializers`] | parameters and response types that several services share |
//! | [`channel_size`] | classes of channels by subscribers |
//! | [`time`] | days in Asia/Seoul |

pub mod auth;
pub mod broker;
pub mod cache;
pub mod channel_size;
mod concurrency_limit;
pub mod db;
pub mod error;
mod healthcheck;
pub mod http;
pub mod keywords;
pub mod models;
pub mod prediction;
pub mod queries;
pub mod request_id;
mod run;
pub mod search;
pub mod serializers;
pub mod settings;
pub mod telemetry;
mod text;
pub mod time;

pub use error::Error;
pub use run::{Service, run};
