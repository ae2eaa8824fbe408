//! Authentication: tokens, passwords and extractors.
//!
//! A handler that requires authentication has a parameter of type [`AuthUser`]. Public handlers
//! ignore the header `Authorization`.

mod crypto;
mod keys;
mod passwords;
pub mod rules;
mod token;
mod user;

pub use crypto::install_crypto;
pub use keys::Keys;
pub use passwords::{PasswordCheck, Passwords};
pub use token::{Claims, TokenError, Verifier};
pub use user::{AuthUser, Authenticator, MaybeAuthUser};
