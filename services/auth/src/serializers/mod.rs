//! Request and response bodies.

mod requests;
mod responses;

pub(crate) use requests::{
    LoginRequest, NamedPassword, RegisterRequest, UserInfoRequest, taken_username,
    unable_to_log_in, unknown_channel,
};
pub(crate) use responses::{RegisterProblem, SessionResponse, UpdatedResponse, UserResponse};
