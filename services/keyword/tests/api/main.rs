//! Tests of the HTTP API of `keyword`, with Elasticsearch and nginx.

#![expect(clippy::expect_used, reason = "a test whose setup fails must fail")]

mod counting;
mod fixture;
mod gateway;
mod keyword_counts;
mod keyword_search;
mod matching;
mod round_trips;
mod suggest;
mod videos;
mod windows;
