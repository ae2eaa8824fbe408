//! HTTP API tests of `predict` with RabbitMQ, Elasticsearch, PostgreSQL and an independent AI
//! server.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod advanced_recommendation;
mod direct;
mod direct_worker;
mod fixture;
mod gateway;
mod gateway_limits;
mod health;
mod predictions;
mod python_ai_server;
mod queues;
mod request_ids;
mod requests;
mod round_trips;
mod simple_recommendation;
