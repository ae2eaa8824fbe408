//! What every service of CreateTrend shares.
//!
//! | module | what it holds |
//! |---|---|
//! | [`settings`] | typed settings from defaults, a file and the environment |
//! | [`run()`] | the life of a service's process |
//! | [`http`] | everything around the handlers of a service |
//! | [`auth`] | tokens, passwords, and who sends a request |
//! | [`error`] | the one error, and how clients see it |
//! | [`cache`] | cached responses, and when they are out of date |
//! | [`db`], [`models`] | PostgreSQL: pool, schema, migrations, rows |
//! | [`search`] | Elasticsearch: client, index, queries |
//! | [`broker`], [`prediction`] | RabbitMQ, and what is said over it |
//! | [`request_id`] | the id of a request, in its log lines and its messages |
//! | [`keywords`], [`views`] | rules and parts of answers that several services share |
//! | [`time`] | days in Asia/Seoul |

pub mod auth;
pub mod broker;
pub mod cache;
mod concurrency_limit;
pub mod db;
pub mod error;
mod healthcheck;
pub mod http;
pub mod keywords;
pub mod models;
pub mod prediction;
pub mod request_id;
mod run;
pub mod search;
pub mod settings;
pub mod telemetry;
pub mod time;
pub mod views;

pub use error::Error;
pub use run::{Service, run};
