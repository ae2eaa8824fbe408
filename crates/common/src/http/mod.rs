//! Everything around a service's handlers: the server, request ids, JSON errors,
//! deadlines, CORS, health, metrics, caching headers and shutdown.

mod address;
mod answer;
mod body;
mod boundary;
mod deadline;
mod health;
mod metrics;
mod number;
mod query;
mod resource;
mod server;
mod work;

pub use address::client_address;
pub use answer::Answer;
pub use body::{Body, Given};
pub use health::{Dependency, Health, HealthState};
pub use number::Idx;
pub use query::Query;
pub use resource::{MethodRoute, on, read, read_each, uncached, uncached_within};
pub use server::{Running, Server, StartError};
pub use work::{Stop, Work};
