//! Hashing and verification, on the calling thread.

use super::{
    PasswordCheck,
    django::{self, DjangoHash, MAX_ITERATIONS},
    forms::Forms,
};
use crate::auth::rules::normalize_password;
use base64::{Engine, engine::general_purpose::STANDARD};
use bcrypt::{BcryptError, HashParts};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use std::{
    ops::RangeInclusive,
    sync::{
        Once,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Prefix of stored hashes. The input of bcrypt is the base64 of an HMAC-SHA-256 of the password:
/// bcrypt truncates at 72 bytes, and without the key a stolen hash cannot be attacked.
const PREFIX: &str = "bcrypt_hmac_sha256$";

/// Supported costs, of the settings and of stored hashes.
const COSTS: RangeInclusive<u32> = 4..=16;

const MIN_KEY_BYTES: usize = 32;

pub(super) struct Hasher {
    mac: Hmac<Sha256>,
    cost: u32,
    /// Duration of the last bcrypt hash in nanoseconds; 0 before the first one.
    last_bcrypt: AtomicU64,
    warned: Once,
}

impl Hasher {
    pub(super) fn new(key: &SecretString, cost: u32) -> Result<Self, String> {
        let key = key.expose_secret().as_bytes();
        if key.len() < MIN_KEY_BYTES {
            return Err(format!(
                "key (CREATETREND_PASSWORDS__KEY_FILE) is shorter than {MIN_KEY_BYTES} bytes"
            ));
        }
        if !COSTS.contains(&cost) {
            return Err(format!("cost is not from {} to {}", COSTS.start(), COSTS.end()));
        }
        let mac = Hmac::new_from_slice(key).map_err(|error| format!("key: {error}"))?;
        Ok(Self { mac, cost, last_bcrypt: AtomicU64::new(0), warned: Once::new() })
    }

    pub(super) fn hash(&self, password: &str) -> Result<String, BcryptError> {
        let normal = normalize_password(password);
        let hash = self.timed(|| bcrypt::hash(self.keyed(&normal), self.cost))?;
        Ok(format!("{PREFIX}{hash}"))
    }

    pub(super) fn verify(&self, password: &str, stored: &str) -> PasswordCheck {
        let check = if let Some(hash) = stored.strip_prefix(PREFIX) {
            self.verify_bcrypt(password, hash)
        } else if let Some(hash) = stored.strip_prefix(django::PREFIX) {
            self.verify_django(password, hash)
        } else {
            None
        };
        check.unwrap_or_else(|| {
            self.verify_dummy_password(password);
            PasswordCheck::Incorrect
        })
    }

    /// Computes as many hashes as verifying a wrong password does.
    pub(super) fn verify_dummy_password(&self, password: &str) {
        for form in Forms::of(password).iter() {
            let work = || bcrypt::hash_with_salt(self.keyed(form), self.cost, [0; 16]);
            let _ = self.timed(work);
        }
    }

    /// `None` if the hash is not verifiable; then no time is spent.
    fn verify_bcrypt(&self, password: &str, hash: &str) -> Option<PasswordCheck> {
        let cost = hash.parse::<HashParts>().ok()?.get_cost();
        if !COSTS.contains(&cost) {
            return None;
        }
        let start = Instant::now();
        let forms = Forms::of(password);
        for form in forms.iter() {
            let work = || bcrypt::verify(self.keyed(form), hash).ok();
            if if cost == self.cost { self.timed(work) } else { work() }? {
                let current = cost >= self.cost && form == forms.normal();
                return Some(if current {
                    PasswordCheck::Correct
                } else {
                    PasswordCheck::NeedsRehash
                });
            }
        }
        if cost < self.cost {
            self.pad_to_bcrypt_time(password, start);
        }
        Some(PasswordCheck::Incorrect)
    }

    /// `None` if the hash is not verifiable; then no time is spent.
    fn verify_django(&self, password: &str, hash: &str) -> Option<PasswordCheck> {
        let hash = DjangoHash::parse(hash)?;
        if hash.iterations > MAX_ITERATIONS {
            self.warned.call_once(|| {
                tracing::warn!(
                    "a stored password has more than {MAX_ITERATIONS} iterations of PBKDF2: \
                     its user cannot log in until it is reset"
                );
            });
            return None;
        }
        let start = Instant::now();
        if Forms::of_django(password).iter().any(|form| hash.matches(form)) {
            return Some(PasswordCheck::NeedsRehash);
        }
        self.pad_to_bcrypt_time(password, start);
        Some(PasswordCheck::Incorrect)
    }

    /// The input of bcrypt: always 44 characters.
    fn keyed(&self, password: &str) -> String {
        STANDARD.encode(self.mac.clone().chain_update(password).finalize().into_bytes())
    }

    fn timed<T>(&self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.last_bcrypt.store(nanos, Ordering::Relaxed);
        done
    }

    /// Sleeps until bcrypt would have finished: a faster response would reveal that the user exists.
    fn pad_to_bcrypt_time(&self, password: &str, start: Instant) {
        match self.last_bcrypt.load(Ordering::Relaxed) {
            0 => self.verify_dummy_password(password),
            last_bcrypt => {
                let last_bcrypt = Duration::from_nanos(last_bcrypt) * Forms::of(password).count();
                thread::sleep(last_bcrypt.saturating_sub(start.elapsed()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn hasher(cost: u32) -> Hasher {
        Hasher::new(&KEY.into(), cost).unwrap()
    }

    /// The durations of the last bcrypt hash and of verifying a wrong password.
    fn measure(hasher: &Hasher, stored: &str) -> (Duration, Duration) {
        let last_bcrypt = Duration::from_nanos(hasher.last_bcrypt.load(Ordering::Relaxed));
        let start = Instant::now();
        assert_eq!(hasher.verify("another", stored), PasswordCheck::Incorrect);
        (last_bcrypt, start.elapsed())
    }

    #[test]
    fn verifying_cheaper_hash_takes_as_long_as_bcrypt() {
        let hasher = hasher(8);
        hasher.verify_dummy_password("password");
        let old = format!("pbkdf2_sha256$1$salt${}", STANDARD.encode([0; 32]));
        let weak = Hasher::new(&KEY.into(), 4).unwrap().hash("password").unwrap();
        for stored in [old, weak] {
            let (last_bcrypt, taken) = measure(&hasher, &stored);
            assert!(
                !last_bcrypt.is_zero() && taken >= last_bcrypt,
                "{stored}: {taken:?} of {last_bcrypt:?}"
            );
        }
    }

    #[test]
    fn each_form_of_a_wrong_password_is_hashed_once() {
        let hasher = hasher(8);
        hasher.verify_dummy_password("password");
        let last_bcrypt = Duration::from_nanos(hasher.last_bcrypt.load(Ordering::Relaxed));
        let old = format!("pbkdf2_sha256$1$salt${}", STANDARD.encode([0; 32]));
        let start = Instant::now();
        assert_eq!(hasher.verify(" 비밀번호", &old), PasswordCheck::Incorrect);
        assert!(start.elapsed() >= last_bcrypt * 3, "{:?} of 3 x {last_bcrypt:?}", start.elapsed());
    }

    #[test]
    fn verification_without_known_bcrypt_duration_runs_bcrypt() {
        let hasher = hasher(8);
        let old = format!("pbkdf2_sha256$1$salt${}", STANDARD.encode([0; 32]));
        measure(&hasher, &old);
        assert_ne!(hasher.last_bcrypt.load(Ordering::Relaxed), 0);
    }
}
