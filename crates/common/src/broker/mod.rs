//! RabbitMQ: one connection of a process, made when it is needed and again when it is lost,
//! with a deadline on every wait. What is sent over it belongs to the services that send it.

mod connect;
mod correlation;
mod declare;
mod link;
mod publish;

pub use connect::{BrokerError, check};
pub use correlation::{REQUEST_ID, request_id_of};
pub use declare::declare;
pub use lapin::Channel;
pub use link::Broker;
pub use publish::{Message, publish};
