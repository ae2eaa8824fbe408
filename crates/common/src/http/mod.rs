//! Everything around a service's handlers: the server, request ids, JSON errors,
//! deadlines, CORS, health, metrics and shutdown.

mod background_task;
mod body;
mod client_address;
mod deadline;
mod health;
mod idx;
mod metrics;
mod query;
mod request_middleware;
mod resource;
mod server;

pub use background_task::BackgroundTask;
pub use body::{Body, OptionalField};
pub use client_address::client_address;
pub use health::{Dependency, Health, HealthState};
pub use idx::Idx;
pub use query::Query;
pub use resource::{MethodRoute, get, get_by_idx, no_store, no_store_within, on};
pub use server::{Server, ServiceParts, StartError};
