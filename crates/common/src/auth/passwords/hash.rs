//! Hashing and verifying, on the thread that calls.

use super::{
    Verdict,
    forms::Forms,
    old::{self, MOST_ITERATIONS, OldHash},
};
use crate::auth::rules::normal_password;
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

/// Before bcrypt's own form: bcrypt sees base64 of HMAC-SHA-256 of the password, because it
/// cuts what it is given at 72 bytes. Who has the rows only cannot even try.
const PREFIX: &str = "bcrypt_hmac_sha256$";

/// The costs that may be set, and that a stored hash may have.
const COSTS: RangeInclusive<u32> = 4..=16;

const SHORTEST_KEY: usize = 32;

/// The key, the cost, and how long it takes.
pub(super) struct Hasher {
    /// With its key in it.
    mac: Hmac<Sha256>,
    cost: u32,
    /// How long bcrypt took last, in nanoseconds; 0 before the first time.
    usual: AtomicU64,
    warned: Once,
}

impl Hasher {
    pub(super) fn new(key: &SecretString, cost: u32) -> Result<Self, String> {
        let key = key.expose_secret().as_bytes();
        if key.len() < SHORTEST_KEY {
            return Err(format!(
                "key (CREATETREND_PASSWORDS__KEY_FILE) is shorter than {SHORTEST_KEY} bytes"
            ));
        }
        if !COSTS.contains(&cost) {
            return Err(format!("cost is not from {} to {}", COSTS.start(), COSTS.end()));
        }
        let mac = Hmac::new_from_slice(key).map_err(|error| format!("key: {error}"))?;
        Ok(Self { mac, cost, usual: AtomicU64::new(0), warned: Once::new() })
    }

    pub(super) fn hash(&self, password: &str) -> Result<String, BcryptError> {
        let normal = normal_password(password);
        let hash = self.timed(|| bcrypt::hash(self.keyed(&normal), self.cost))?;
        Ok(format!("{PREFIX}{hash}"))
    }

    pub(super) fn verify(&self, password: &str, stored: &str) -> Verdict {
        let verdict = if let Some(hash) = stored.strip_prefix(PREFIX) {
            self.verify_bcrypt(password, hash)
        } else if let Some(hash) = stored.strip_prefix(old::PREFIX) {
            self.verify_old(password, hash)
        } else {
            None
        };
        verdict.unwrap_or_else(|| {
            self.verify_nobody(password);
            Verdict::Wrong
        })
    }

    /// As many hashes as a wrong password costs.
    pub(super) fn verify_nobody(&self, password: &str) {
        for form in Forms::of(password).iter() {
            let work = || bcrypt::hash_with_salt(self.keyed(form), self.cost, [0; 16]);
            // What comes out is nobody's.
            let _ = self.timed(work);
        }
    }

    /// `None` where the hash cannot be checked, and no work was done.
    fn verify_bcrypt(&self, password: &str, hash: &str) -> Option<Verdict> {
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
                return Some(if current { Verdict::Right } else { Verdict::RightButOld });
            }
        }
        if cost < self.cost {
            self.wait_as_usual(password, start);
        }
        Some(Verdict::Wrong)
    }

    /// `None` where the hash cannot be checked, and no work was done.
    fn verify_old(&self, password: &str, hash: &str) -> Option<Verdict> {
        let hash = OldHash::parse(hash)?;
        if hash.iterations > MOST_ITERATIONS {
            self.warned.call_once(|| {
                tracing::warn!(
                    "a stored password has more than {MOST_ITERATIONS} iterations of PBKDF2: \
                     its user cannot log in until it is set anew"
                );
            });
            return None;
        }
        let start = Instant::now();
        if Forms::of_old_system(password).iter().any(|form| hash.is_of(form)) {
            return Some(Verdict::RightButOld);
        }
        self.wait_as_usual(password, start);
        Some(Verdict::Wrong)
    }

    /// What bcrypt sees: 44 characters, whatever the password's length.
    fn keyed(&self, password: &str) -> String {
        STANDARD.encode(self.mac.clone().chain_update(password).finalize().into_bytes())
    }

    fn timed<T>(&self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.usual.store(nanos, Ordering::Relaxed);
        done
    }

    /// What was quicker than bcrypt would tell an old user from one who does not exist.
    fn wait_as_usual(&self, password: &str, start: Instant) {
        match self.usual.load(Ordering::Relaxed) {
            0 => self.verify_nobody(password),
            usual => {
                let usual = Duration::from_nanos(usual) * Forms::of(password).count();
                thread::sleep(usual.saturating_sub(start.elapsed()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher(cost: u32) -> Hasher {
        Hasher::new(&"0123456789abcdef0123456789abcdef".into(), cost).unwrap()
    }

    /// How long bcrypt took last, and how long a wrong password takes.
    fn times(hasher: &Hasher, stored: &str) -> (Duration, Duration) {
        let usual = Duration::from_nanos(hasher.usual.load(Ordering::Relaxed));
        let start = Instant::now();
        assert_eq!(hasher.verify("another", stored), Verdict::Wrong);
        (usual, start.elapsed())
    }

    #[test]
    fn what_is_checked_quickly_takes_as_long_as_bcrypt_all_the_same() {
        let dear = hasher(8);
        dear.verify_nobody("password");
        let old = format!("pbkdf2_sha256$1$salt${}", STANDARD.encode([0; 32]));
        let weak = hasher(4).hash("password").unwrap();
        for stored in [old, weak] {
            let (usual, taken) = times(&dear, &stored);
            assert!(!usual.is_zero() && taken >= usual, "{stored}: {taken:?} of {usual:?}");
        }
    }

    #[test]
    fn unknown_user_costs_as_much_as_a_wrong_password_in_each_form() {
        let hasher = hasher(8);
        hasher.verify_nobody("password");
        let usual = Duration::from_nanos(hasher.usual.load(Ordering::Relaxed));
        let old = format!("pbkdf2_sha256$1$salt${}", STANDARD.encode([0; 32]));
        let start = Instant::now();
        assert_eq!(hasher.verify(" 비밀번호", &old), Verdict::Wrong);
        assert!(start.elapsed() >= usual * 3, "{:?} of 3 x {usual:?}", start.elapsed());
    }

    #[test]
    fn before_anything_was_hashed_a_quick_check_does_the_work_itself() {
        let dear = hasher(8);
        let old = format!("pbkdf2_sha256$1$salt${}", STANDARD.encode([0; 32]));
        times(&dear, &old);
        assert_ne!(dear.usual.load(Ordering::Relaxed), 0);
    }
}
