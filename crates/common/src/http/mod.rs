//! The HTTP server of a service: extractors, request ids, JSON errors, deadlines, CORS, health
//! checks, metrics and shutdown.

mod background_task;
mod client_address;
mod csv;
mod deadline;
mod field;
pub mod filters;
mod health;
mod idx;
mod json;
mod metrics;
mod paging;
mod query;
mod request_middleware;
mod resource;
mod server;

pub use background_task::BackgroundTask;
pub use client_address::client_address;
pub use csv::{CsvRows, ListFormat, to_csv};
pub use deadline::Deadline;
pub use field::{Field, FieldValue};
pub use health::{Dependency, Health, HealthState};
pub use idx::Idx;
pub use json::Json;
pub use paging::{Page, PageLinks, public_url};
pub use query::{Query, decode_query};
pub use resource::{no_store, resource};
pub use server::{Server, ServiceParts, StartError};
