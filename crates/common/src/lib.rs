//! What every service of CreateTrend shares.
//!
//! | module | what it holds |
//! |---|---|
//! | [`settings`] | typed settings from defaults, a file and the environment |
//! | [`run()`] | the life of a service's process |
//! | [`http`] | everything around the handlers of a service |
//! | [`error`] | the one error, and how clients see it |
//! | [`cache`] | finished answers, made once |
//! | [`db`], [`models`] | PostgreSQL: pool, schema, migrations, rows |
//! | [`search`] | Elasticsearch: client, index, queries, keywords |
//! | [`broker`] | RabbitMQ |
//! | [`time`] | days in Asia/Seoul |

pub mod broker;
pub mod cache;
pub mod db;
pub mod error;
pub mod http;
pub mod models;
mod run;
pub mod search;
pub mod settings;
pub mod telemetry;
pub mod time;

pub use error::Error;
pub use run::{Service, run};
