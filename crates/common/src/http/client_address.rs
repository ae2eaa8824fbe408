//! The address of the client.

use actix_web::HttpRequest;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const FORWARDED: &str = "x-forwarded-for";

/// The address of the client: the last one of `X-Forwarded-For`, which the gateway overwrites,
/// else the peer address. IPv4-mapped IPv6 addresses are returned as IPv4; 0.0.0.0 is unknown.
pub fn client_address(request: &HttpRequest) -> IpAddr {
    let forwarded = request.headers().get_all(FORWARDED).last();
    let last =
        forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    let address: Option<IpAddr> = last.or_else(|| request.peer_addr().as_ref().map(SocketAddr::ip));
    address.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn address(forwarded: &[&str]) -> String {
        let peer = "10.0.0.9:4000".parse().unwrap();
        let request =
            forwarded.iter().fold(TestRequest::default().peer_addr(peer), |request, value| {
                request.append_header((FORWARDED, *value))
            });
        client_address(&request.to_http_request()).to_string()
    }

    #[test]
    fn client_address_is_the_last_forwarded_one_or_the_peer() {
        assert_eq!(address(&["203.0.113.7"]), "203.0.113.7");
        assert_eq!(address(&["1.1.1.1, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(address(&["1.1.1.1", "203.0.113.7"]), "203.0.113.7");
        assert_eq!(address(&["2001:db8::1"]), "2001:db8::1");
        assert_eq!(address(&["::ffff:203.0.113.7"]), "203.0.113.7");
        for invalid in [&[][..], &["unix:"], &[""], &["1.1.1.1, invalid"]] {
            assert_eq!(address(invalid), "10.0.0.9");
        }
        let unknown = TestRequest::default().to_http_request();
        assert_eq!(client_address(&unknown).to_string(), "0.0.0.0");
    }
}
