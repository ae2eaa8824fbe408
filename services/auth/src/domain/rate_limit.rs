//! Rate limits, and the addresses that they count; no I/O.

use super::secrets::sha256_hex;
use common::settings::Millis;
use ipnet::IpNet;
use schemars::JsonSchema;
use serde::Deserialize;
use std::{fmt, net::IpAddr, time::Duration};

/// Maximum number of times that a delay doubles.
const MAX_DOUBLINGS: u32 = 31;

/// Time after the last login at which a known address of an account expires.
pub(crate) const KNOWN_ADDRESS_TTL: Duration = Duration::from_hours(90 * 24);

/// A rate limit with exponential backoff: beyond `free_attempts` each attempt blocks the key for
/// twice as long, up to a maximum. No key is blocked permanently.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RateLimit {
    /// Number of consecutive attempts without a delay.
    free_attempts: u16,
    /// Delay of the next attempt; doubled for each further one.
    first_delay_ms: Millis,
    /// Maximum delay.
    max_delay_ms: Millis,
    /// Time after the last attempt at which all attempts expire.
    reset_after_ms: Millis,
}

impl RateLimit {
    /// Delays are in milliseconds.
    #[cfg(test)]
    pub(crate) const fn new(free_attempts: u16, first: u64, max: u64, reset: u64) -> Self {
        let (first_delay_ms, max_delay_ms, reset_after_ms) =
            (Millis(first), Millis(max), Millis(reset));
        Self { free_attempts, first_delay_ms, max_delay_ms, reset_after_ms }
    }

    /// How long the key is blocked after this number of attempts.
    pub(crate) fn delay(&self, failures: u32) -> Duration {
        let Some(doublings) = failures.checked_sub(self.free_attempts()) else {
            return Duration::ZERO;
        };
        let factor = 2_u32.saturating_pow(doublings.min(MAX_DOUBLINGS));
        self.first_delay_ms.duration().saturating_mul(factor).min(self.max_delay_ms.duration())
    }

    /// Number of attempts after which the key is blocked.
    pub(crate) fn free_attempts(&self) -> u32 {
        u32::from(self.free_attempts)
    }

    /// The sequence of delays; the last one applies to all further attempts.
    pub(crate) fn delays(&self) -> Vec<Duration> {
        let failures = self.free_attempts()..=self.free_attempts() + MAX_DOUBLINGS;
        let mut delays: Vec<_> = failures.map(|failures| self.delay(failures)).collect();
        delays.dedup();
        delays
    }

    /// Time after the last attempt at which all attempts expire.
    pub(crate) const fn reset_after(&self) -> Duration {
        self.reset_after_ms.duration()
    }
}

/// The addresses available to one client: an IPv4 address, or an IPv6 /56, which providers assign
/// to one customer (RFC 6177).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClientAddress(IpAddr);

/// Prefix lengths of a client address, IPv4 and IPv6.
const ADDRESS_PREFIX_BITS: (u8, u8) = (32, 56);
/// Prefix lengths of the networks that contain a client address, smaller network first: a typical
/// allocation of one hosting customer, and one of a provider.
const NETWORK_PREFIX_BITS: [(u8, u8); 2] = [(24, 48), (16, 32)];

impl ClientAddress {
    /// The client address of an IP address; IPv4-mapped addresses count as IPv4.
    pub(crate) fn of(address: IpAddr) -> Self {
        Self(network(address.to_canonical(), ADDRESS_PREFIX_BITS).addr())
    }

    /// The networks that contain the address, smaller first, in CIDR notation.
    fn networks(self) -> [String; 2] {
        NETWORK_PREFIX_BITS.map(|bits| network(self.0, bits).to_string())
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(text)
    }
}

/// The network that contains the address, with one of these prefix lengths, IPv4 or IPv6.
fn network(address: IpAddr, (v4_bits, v6_bits): (u8, u8)) -> IpNet {
    let bits = if address.is_ipv4() { v4_bits } else { v6_bits };
    IpNet::new_assert(address, bits).trunc()
}

/// The key of a limit in the table `auth_throttle`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RateLimitKey(pub String);

impl RateLimitKey {
    /// Login attempts per account, counted by large network; the account need not exist.
    pub(crate) fn account(username: &str) -> Self {
        Self(format!("account:{}", digest(username)))
    }

    /// Login attempts per account and network, counted by address, and per large network, counted
    /// by network.
    pub(crate) fn account_networks(username: &str, client: ClientAddress) -> [Self; 2] {
        let digest = digest(username);
        client.networks().map(|network| Self(format!("account_network:{digest}:{network}")))
    }

    /// Login attempts per account and address.
    pub(crate) fn account_address(username: &str, client: ClientAddress) -> Self {
        Self(format!("account_address:{}:{client}", digest(username)))
    }

    /// Login attempts per address, to any account.
    pub(crate) fn address(client: ClientAddress) -> Self {
        Self(format!("login:{client}"))
    }

    /// Confirmations by password of an authenticated user.
    pub(crate) fn confirmation(user_id: i32) -> Self {
        Self(format!("confirmation:{user_id}"))
    }

    /// Registrations per address.
    pub(crate) fn register(client: ClientAddress) -> Self {
        Self(format!("register:{client}"))
    }
}

/// The SHA-256 of a user name. Names are not stored in plain text: users sometimes type their
/// password into the wrong field.
fn digest(username: &str) -> String {
    sha256_hex(username.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: RateLimit = RateLimit::new(5, 1000, 30_000, 3_600_000);

    #[test]
    fn delay_beyond_free_attempts_doubles_up_to_the_maximum() {
        let seconds: Vec<u64> = (0..13).map(|failures| LIMIT.delay(failures).as_secs()).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(LIMIT.delay(u32::MAX).as_secs(), 30);
    }

    #[test]
    fn delays_contain_each_delay_once() {
        let seconds: Vec<u64> = LIMIT.delays().iter().map(Duration::as_secs).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 30]);
        assert_eq!(RateLimit::new(5, 0, 30_000, 1).delays(), [Duration::ZERO]);
        assert_eq!(RateLimit::new(0, 30, 20, 1).delays(), [Duration::from_millis(20)]);
    }

    #[test]
    fn account_keys_contain_a_digest_of_the_name() {
        // The digest of "abc" in FIPS 180-2, appendix B.1.
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(RateLimitKey::account("abc").0, format!("account:{digest}"));
        let client = ClientAddress::of("203.0.113.7".parse().unwrap());
        let key = RateLimitKey::account_address("abc", client);
        assert_eq!(key.0, format!("account_address:{digest}:203.0.113.7"));
        let keys = RateLimitKey::account_networks("abc", client).map(|key| key.0);
        let networks = ["203.0.113.0/24", "203.0.0.0/16"];
        assert_eq!(keys, networks.map(|network| format!("account_network:{digest}:{network}")));
    }

    #[test]
    fn client_address_is_an_ipv4_address_or_ipv6_56() {
        let address_and_networks = |text: &str| {
            let client = ClientAddress::of(text.parse().unwrap());
            (client.to_string(), client.networks())
        };
        for (address, client, networks) in [
            ("203.0.113.7", "203.0.113.7", ["203.0.113.0/24", "203.0.0.0/16"]),
            ("::ffff:203.0.113.7", "203.0.113.7", ["203.0.113.0/24", "203.0.0.0/16"]),
            ("2001:db8:1:2ff:3:4:5:6", "2001:db8:1:200::", ["2001:db8:1::/48", "2001:db8::/32"]),
            ("2001:db8:1:300::1", "2001:db8:1:300::", ["2001:db8:1::/48", "2001:db8::/32"]),
            ("::1", "::", ["::/48", "::/32"]),
        ] {
            let expected = (client.to_owned(), networks.map(str::to_owned));
            assert_eq!(address_and_networks(address), expected, "{address}");
        }
    }
}
