//! The rules of accounts that are this service's alone, free of I/O.

use common::{auth::rules, settings::Millis};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    fmt::Write,
    net::{IpAddr, Ipv6Addr},
    time::Duration,
};

/// Delays double at most this often.
const MAX_DOUBLINGS: u32 = 31;

/// Whether either is too short to register with, in characters of its stored form.
pub(crate) fn is_short(username: &str, password: &str) -> bool {
    rules::normal_username(username).chars().count() < rules::USERNAME_MIN
        || password.chars().count() < rules::PASSWORD_MIN
}

/// How often something may be tried: some tries are free, then each one must wait twice as
/// long as the one before, up to a bound. It is never locked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// How many tries in a row need no wait.
    free: u16,
    /// How long the next one after them must wait; each one after it twice as long.
    first_ms: Millis,
    /// The longest wait.
    longest_ms: Millis,
    /// How long after the last try all is forgotten.
    forget_ms: Millis,
}

impl Rule {
    /// So many free tries, then delays from the first to the longest, until all is
    /// forgotten; in milliseconds.
    #[cfg(test)]
    pub(crate) const fn new(free: u16, first: u64, longest: u64, forget: u64) -> Self {
        let (first_ms, longest_ms, forget_ms) = (Millis(first), Millis(longest), Millis(forget));
        Self { free, first_ms, longest_ms, forget_ms }
    }

    /// How long the next try must wait after so many without success.
    pub(crate) fn delay(&self, failures: u32) -> Duration {
        let Some(doublings) = failures.checked_sub(self.free()) else {
            return Duration::ZERO;
        };
        let factor = 2_u32.saturating_pow(doublings.min(MAX_DOUBLINGS));
        self.first_ms.duration().saturating_mul(factor).min(self.longest_ms.duration())
    }

    /// The tries after which the next one need not wait.
    pub(crate) fn free(&self) -> u32 {
        u32::from(self.free)
    }

    /// The delays from the first one on; the last one stays.
    pub(crate) fn delays(&self) -> Vec<Duration> {
        let failures = self.free()..=self.free() + MAX_DOUBLINGS;
        let mut delays: Vec<_> = failures.map(|failures| self.delay(failures)).collect();
        delays.dedup();
        delays
    }

    /// How long after the last try all are forgotten.
    pub(crate) const fn forget(&self) -> Duration {
        self.forget_ms.duration()
    }
}

/// What tries are counted by, as the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key(pub String);

impl Key {
    /// Logins of an account, whether there is one or not. Only a digest is kept: people
    /// type their password in the wrong field.
    pub(crate) fn account(username: &str) -> Self {
        let digest = Sha256::digest(username.as_bytes());
        let hex = digest.iter().fold(String::new(), |mut hex, byte| {
            // Writing into a text cannot fail.
            write!(hex, "{byte:02x}").ok();
            hex
        });
        Self(format!("account:{hex}"))
    }

    /// Logins from an address.
    pub(crate) fn address(address: IpAddr) -> Self {
        Self(format!("login:{}", household(address)))
    }

    /// Registering from an address.
    pub(crate) fn register(address: IpAddr) -> Self {
        Self(format!("register:{}", household(address)))
    }
}

/// What belongs together: a whole /64 of IPv6, in which one machine may have any address.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule::new(5, 1000, 30_000, 3_600_000);

    #[test]
    fn a_delay_doubles_after_the_free_tries_up_to_a_bound() {
        let seconds: Vec<u64> = (0..13).map(|failures| RULE.delay(failures).as_secs()).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(RULE.delay(u32::MAX).as_secs(), 30);
    }

    #[test]
    fn the_delays_end_with_the_longest() {
        let seconds: Vec<u64> = RULE.delays().iter().map(Duration::as_secs).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 30]);
        assert_eq!(Rule::new(5, 0, 30_000, 1).delays(), [Duration::ZERO]);
        assert_eq!(Rule::new(0, 30, 20, 1).delays(), [Duration::from_millis(20)]);
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        assert!(is_short("먹방하는", "비밀번호"));
        assert!(is_short("먹방하는나", "비밀번"));
        assert!(!is_short("먹방하는나", "비밀번호"));
        // Two syllables in their parts.
        assert!(is_short("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}", "비밀번호"));
    }

    #[test]
    fn an_account_is_counted_by_a_digest_of_its_name() {
        // The digest of "abc" in FIPS 180-2, appendix B.1.
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Key::account("abc").0, format!("account:{digest}"));
    }

    #[test]
    fn the_addresses_of_one_household_are_counted_together() {
        let key = |text: &str| Key::address(text.parse().unwrap()).0;
        assert_eq!(key("203.0.113.7"), "login:203.0.113.7");
        assert_eq!(key("::ffff:203.0.113.7"), "login:203.0.113.7");
        assert_eq!(key("2001:db8:1:2:3:4:5:6"), "login:2001:db8:1:2::");
        assert_ne!(key("2001:db8:1:3::1"), key("2001:db8:1:2::1"));
    }
}
