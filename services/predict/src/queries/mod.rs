//! Requests to the AI server, Elasticsearch and PostgreSQL.

pub(crate) mod ai_server;
pub(crate) mod elastic;
pub(crate) mod postgres;
