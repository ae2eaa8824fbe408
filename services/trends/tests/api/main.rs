//! Tests of the HTTP API of `trends`, with Elasticsearch and nginx.

#![expect(clippy::expect_used, reason = "a test whose setup fails must fail")]

mod data_version;
mod fixture;
mod gateway;
mod gateway_cache;
mod gateway_cors;
mod gateway_replicas;
mod health;
mod http_rules;
mod keyword_data;
mod keyword_lists;
mod matching;
mod top_keywords;
