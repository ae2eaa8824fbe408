//! Fetching from a local TLS server with a self-signed certificate.

use super::*;
use common::settings::{List, Millis};
use image::{DynamicImage, ImageFormat};
use percent_encoding::NON_ALPHANUMERIC;
use reqwest::{
    Certificate,
    dns::{Name, Resolve, Resolving},
};
use std::{io::Cursor, net::SocketAddr};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

fn settings(fetch_timeout_ms: u64) -> ThumbnailSettings {
    let hosts = List(vec!["ytimg.com".to_owned()]);
    ThumbnailSettings { hosts, fetch_timeout_ms: Millis(fetch_timeout_ms), max_concurrent: 1 }
}

/// Resolves every name to one address, without the check for public addresses.
struct FixedResolver(SocketAddr);

impl Resolve for FixedResolver {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses = vec![self.0].into_iter();
        Box::pin(std::future::ready(Ok(Box::new(addresses) as _)))
    }
}

/// Starts a server that sends `response` on each connection, or nothing if it is empty. Returns its
/// port and a client that trusts its certificate for `i.ytimg.com`.
async fn server(response: Vec<u8>, fetch_timeout: Millis) -> (u16, Thumbnails) {
    let certificate = rcgen::generate_simple_self_signed(["i.ytimg.com".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(certificate.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let acceptor = TlsAcceptor::from(Arc::new(config));
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = acceptor.accept(stream).await.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            stream.write_all(&response).await.ok();
            if response.is_empty() {
                std::future::pending::<()>().await;
            }
            stream.shutdown().await.ok();
        }
    });
    let client = Client::builder()
        .dns_resolver(Arc::new(FixedResolver(address)))
        .add_root_certificate(Certificate::from_der(certificate.cert.der()).unwrap());
    let metrics = Metrics::new().unwrap();
    let thumbnails = Thumbnails::with_client(&settings(fetch_timeout.0), metrics, client).unwrap();
    (address.port(), thumbnails)
}

fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn image() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(128, 72).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Fetches an image from a server that sends `response`.
async fn fetch(response: Vec<u8>) -> Result<Vec<u8>, ThumbnailError> {
    let (port, thumbnails) = server(response, Millis(10_000)).await;
    thumbnails.fetch(format!("https://i.ytimg.com:{port}/a.png").parse().unwrap()).await
}

#[tokio::test]
async fn fetch_returns_the_body() {
    assert_eq!(fetch(http("200 OK", "", &image())).await.unwrap(), image());
}

#[tokio::test]
async fn fetch_with_a_redirect_fails() {
    let redirect = http("302 Found", "Location: https://127.0.0.1/\r\n", b"");
    let result = fetch(redirect).await;
    assert!(matches!(result, Err(ThumbnailError::Status(StatusCode::FOUND))), "{result:?}");
}

#[tokio::test]
async fn fetch_of_more_than_ten_megabytes_fails() {
    let result = fetch(http("200 OK", "", &vec![0; MAX_BYTES + 1])).await;
    assert!(matches!(result, Err(ThumbnailError::TooLarge)), "{result:?}");
}

#[tokio::test]
async fn fetch_without_a_response_times_out() {
    let (port, thumbnails) = server(Vec::new(), Millis(100)).await;
    let url = format!("https://i.ytimg.com:{port}/a.png").parse().unwrap();
    let result = timeout(thumbnails.fetch_timeout, thumbnails.fetch(url)).await;
    assert!(result.is_err(), "{result:?}");
}

#[tokio::test]
async fn fetch_with_an_invalid_certificate_fails() {
    let (port, thumbnails) = server(http("200 OK", "", &image()), Millis(10_000)).await;
    let url = format!("https://s.ytimg.com:{port}/a.png").parse().unwrap();
    let result = thumbnails.fetch(url).await;
    assert!(matches!(result, Err(ThumbnailError::Request(_))), "{result:?}");
}

#[tokio::test]
async fn fetch_from_a_private_address_does_not_connect() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let settings = ThumbnailSettings { hosts: List(vec!["localhost".into()]), ..settings(10_000) };
    let thumbnails = Thumbnails::new(&settings, Metrics::new().unwrap()).unwrap();
    let result = thumbnails.fetch(format!("https://localhost:{port}/").parse().unwrap()).await;
    assert!(matches!(result, Err(ThumbnailError::Request(_))), "{result:?}");
    let connected = std::pin::pin!(listener.accept());
    assert!(futures_util::FutureExt::now_or_never(connected).is_none());
    let private = ["127.0.0.1:0", "[::1]:0", "10.0.0.1:0"].map(|text| text.parse().unwrap());
    assert!(resolver::public_addresses(private.into_iter()).is_err());
}

#[tokio::test]
async fn hosts_outside_the_list_are_rejected() {
    let thumbnails = Thumbnails::new(&settings(1), Metrics::new().unwrap()).unwrap();
    for host in ["ytimg.com", "i.ytimg.com", "I.YTIMG.COM", "i.ytimg.com."] {
        assert!(thumbnails.is_allowed(host), "{host}");
    }
    for host in ["ytimg.com.evil.example", "notytimg.com", "ytimg.co", "evil.example", ""] {
        assert!(!thumbnails.is_allowed(host), "{host}");
    }
    for url in ["https://evil.example/a.png", "https://127.0.0.1/", "file:///etc/passwd"] {
        assert_eq!(thumbnails.features(url).await.unwrap_err().outcome(), "rejected", "{url}");
    }
}

#[tokio::test]
async fn features_of_a_data_url_need_no_connection() {
    let thumbnails = Thumbnails::new(&settings(1), Metrics::new().unwrap()).unwrap();
    let escaped = percent_encoding::percent_encode(&image(), NON_ALPHANUMERIC).to_string();
    let black = format!("data:image/png,{escaped}");
    assert!(thumbnails.features(&black).await.unwrap().brightness < 0.01);
    let invalid = thumbnails.features("data:image/png;base64,AAAA").await;
    assert!(matches!(invalid, Err(ThumbnailError::Decode(_))), "{invalid:?}");
}
