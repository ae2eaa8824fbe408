//! The contract of `trends`, through its HTTP interface, on a real Elasticsearch.

mod fixture;
mod gateway;
mod health;
mod http_rules;
mod keyword_data;
mod matching;
mod top_keywords;
