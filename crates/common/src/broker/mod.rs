//! RabbitMQ: one shared connection of a process, opened on demand and replaced when it fails,
//! with a timeout on every operation.

mod connect;
mod correlation;
mod publish;
mod queue;
mod shared;
mod shared_connection;

pub use connect::{BrokerError, check};
pub use correlation::{REQUEST_ID, request_id_header_of, request_id_of};
pub use lapin::Channel;
pub use publish::{Message, publish};
pub use queue::{declare, queue_exists};
pub use shared::Broker;
