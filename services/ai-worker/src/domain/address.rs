//! Classification of public addresses, against server-side request forgery.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is on the public internet, by IANA's registries of special-purpose addresses
/// for IPv4 and IPv6; false for loopback, private and link-local addresses.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match a {
        // "This network"; reserved and broadcast.
        0 | 240.. => true,
        // Shared: carrier-grade NAT.
        100 => (64..128).contains(&b),
        // Protocol assignments, 6to4 relays.
        192 => (b, c) == (0, 0) || (b, c) == (88, 99),
        // Benchmarking.
        198 => (18..20).contains(&b),
        _ => false,
    };
    !special
        && !address.is_private()
        && !address.is_loopback()
        && !address.is_link_local()
        && !address.is_documentation()
        && !address.is_multicast()
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // Global unicast is 2000::/3, without IPv4-mapped, NAT64 (64:ff9b::/96), loopback, unique
    // local and link-local addresses.
    let [first, second, ..] = address.segments();
    match first {
        // Protocol assignments including Teredo; documentation.
        0x2001 => second > 0x1ff && second != 0x0db8,
        // 6to4.
        0x2002 => false,
        // Documentation.
        0x3fff => second > 0x0fff,
        0x2000..=0x3fff => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn global_unicast_addresses_are_public() {
        for text in ["142.250.206.22", "1.1.1.1", "100.128.0.1", "2404:6800:400a:813::2016"] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn special_purpose_addresses_are_not_public() {
        for text in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "203.0.113.7",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:142.250.206.22",
            "64:ff9b::7f00:1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }
}
