//! The contract of `keyword`, through its HTTP interface, on a real Elasticsearch.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod counting;
mod fixture;
mod gateway;
mod keyword_search;
mod matching;
mod round_trips;
mod videos;
mod windows;
