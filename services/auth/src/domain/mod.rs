//! Rules without I/O.

mod rate_limit;
mod registration;
pub(crate) mod secrets;
pub(crate) mod week;

pub(crate) use rate_limit::{ClientAddress, KNOWN_ADDRESS_TTL, RateLimit, RateLimitKey};
pub(crate) use registration::{NEW_PASSWORD_MIN, are_credentials_too_short};
