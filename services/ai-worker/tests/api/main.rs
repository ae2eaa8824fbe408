//! The worker, through its queues, on a real RabbitMQ and PostgreSQL.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod answers;
mod client;
mod failures;
mod fixture;
mod health;
mod history;
mod request_ids;
