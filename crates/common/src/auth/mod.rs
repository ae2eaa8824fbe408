//! Accounts: tokens, passwords, and who sends a request.
//!
//! A handler says by a parameter that it is for users only: [`AuthUser`]. Public routes
//! have none, and do not look at the header `Authorization`.

mod crypto;
mod keys;
mod passwords;
pub mod rules;
mod token;
mod user;

pub use crypto::install_crypto;
pub use keys::Keys;
pub use passwords::{Passwords, Verdict};
pub use token::{Claims, TokenError, Verifier};
pub use user::{AuthUser, Authenticator, MaybeAuthUser};
