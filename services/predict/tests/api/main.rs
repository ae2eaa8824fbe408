//! The contract of `predict`, through its HTTP interface, on a real RabbitMQ, Elasticsearch
//! and PostgreSQL, with an AI server that somebody else wrote.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod advanced;
mod answers;
mod fixture;
mod foreign;
mod gateway;
mod gateway_limits;
mod health;
mod queues;
mod request_ids;
mod requests;
mod round_trips;
mod simple;
