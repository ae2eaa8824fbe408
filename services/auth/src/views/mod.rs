//! What a client sends and sees.

mod answers;
mod requests;

pub(crate) use answers::{RegisterProblem, SessionResponse, UpdatedResponse, UserResponse};
pub(crate) use requests::{
    LoginRequest, RegisterRequest, UserInfoRequest, taken_username, unable_to_log_in,
    unknown_channel,
};
