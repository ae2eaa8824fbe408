//! Tests of the worker through its queues, with RabbitMQ and PostgreSQL.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod client;
mod direct;
mod failures;
mod fixture;
mod health;
mod history;
mod replies;
mod request_ids;
