//! The contract of `predict`, through its HTTP interface, on a real RabbitMQ, Elasticsearch
//! and PostgreSQL, with an AI server that somebody else wrote.

mod advanced;
mod answers;
mod fixture;
mod foreign;
mod gateway;
mod health;
mod queues;
mod requests;
mod round_trips;
mod simple;
