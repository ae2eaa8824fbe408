//! The contract of `trends`, through its HTTP interface, on a real Elasticsearch.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod data_version;
mod fixture;
mod gateway;
mod gateway_cache;
mod gateway_cors;
mod gateway_replicas;
mod health;
mod http_rules;
mod keyword_data;
mod matching;
mod top_keywords;
