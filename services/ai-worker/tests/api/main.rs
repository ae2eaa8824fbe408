//! The worker, through its queues, on a real RabbitMQ and PostgreSQL.

mod answers;
mod client;
mod failures;
mod fixture;
mod health;
mod history;
