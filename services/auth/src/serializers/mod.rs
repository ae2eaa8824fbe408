//! Request and response bodies.

pub(crate) mod me;
mod requests;
mod responses;

pub(crate) use requests::{
    Credentials, LoginRequest, RegisterRequest, UserInfoRequest, taken_username, unable_to_log_in,
    unknown_channel,
};
pub(crate) use responses::{RegisterProblem, SessionResponse, UpdatedResponse, UserResponse};
