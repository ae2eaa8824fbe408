//! Fetching, from a server of the test's own with a certificate of its own.

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

/// Leads every name to one address, which is not asked whether it is public.
struct Everywhere(SocketAddr);

impl Resolve for Everywhere {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses = vec![self.0].into_iter();
        Box::pin(std::future::ready(Ok(Box::new(addresses) as _)))
    }
}

/// A server that gives each connection this answer, byte for byte; nothing more where it is
/// empty. Returns its port, and who finds it for `i.ytimg.com`.
async fn server(answer: Vec<u8>, limit: Millis) -> (u16, Thumbnails) {
    let made = rcgen::generate_simple_self_signed(["i.ytimg.com".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
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
            stream.write_all(&answer).await.ok();
            if answer.is_empty() {
                std::future::pending::<()>().await;
            }
            stream.shutdown().await.ok();
        }
    });
    let client = Client::builder()
        .dns_resolver(Arc::new(Everywhere(address)))
        .add_root_certificate(Certificate::from_der(made.cert.der()).unwrap());
    let metrics = Metrics::new().unwrap();
    let thumbnails = Thumbnails::with_client(&settings(limit.0), metrics, client).unwrap();
    (address.port(), thumbnails)
}

fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(128, 72).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Fetches from the server at this port of `i.ytimg.com`.
async fn fetch(answer: Vec<u8>) -> Result<Vec<u8>, NoPicture> {
    let (port, thumbnails) = server(answer, Millis(10_000)).await;
    thumbnails.fetch(format!("https://i.ytimg.com:{port}/a.png").parse().unwrap()).await
}

#[tokio::test]
async fn a_picture_is_fetched() {
    assert_eq!(fetch(http("200 OK", "", &picture())).await.unwrap(), picture());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = http("302 Found", "Location: https://127.0.0.1/\r\n", b"");
    let refused = fetch(elsewhere).await;
    assert!(matches!(refused, Err(NoPicture::Status(StatusCode::FOUND))), "{refused:?}");
}

#[tokio::test]
async fn more_than_ten_megabytes_are_not_read() {
    let refused = fetch(http("200 OK", "", &vec![0; MAX_BYTES + 1])).await;
    assert!(matches!(refused, Err(NoPicture::TooLarge)), "{refused:?}");
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for() {
    let (port, thumbnails) = server(Vec::new(), Millis(100)).await;
    let url = format!("https://i.ytimg.com:{port}/a.png").parse().unwrap();
    let late = timeout(thumbnails.limit, thumbnails.fetch(url)).await;
    assert!(late.is_err(), "{late:?}");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let (port, thumbnails) = server(http("200 OK", "", &picture()), Millis(10_000)).await;
    let url = format!("https://s.ytimg.com:{port}/a.png").parse().unwrap();
    let refused = thumbnails.fetch(url).await;
    assert!(matches!(refused, Err(NoPicture::Unreachable(_))), "{refused:?}");
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_connected_to() {
    let inside = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = inside.local_addr().unwrap().port();
    let settings = ThumbnailSettings { hosts: List(vec!["localhost".into()]), ..settings(10_000) };
    let thumbnails = Thumbnails::new(&settings, Metrics::new().unwrap()).unwrap();
    let refused = thumbnails.fetch(format!("https://localhost:{port}/").parse().unwrap()).await;
    assert!(matches!(refused, Err(NoPicture::Unreachable(_))), "{refused:?}");
    let connected = std::pin::pin!(inside.accept());
    assert!(futures_util::FutureExt::now_or_never(connected).is_none());
    let found = ["127.0.0.1:0", "[::1]:0", "10.0.0.1:0"].map(|text| text.parse().unwrap());
    assert!(resolver::public(found.into_iter()).is_err());
}

#[tokio::test]
async fn only_hosts_of_the_list_are_asked() {
    let thumbnails = Thumbnails::new(&settings(1), Metrics::new().unwrap()).unwrap();
    for host in ["ytimg.com", "i.ytimg.com", "I.YTIMG.COM", "i.ytimg.com."] {
        assert!(thumbnails.is_listed(host), "{host}");
    }
    for host in ["ytimg.com.evil.example", "notytimg.com", "ytimg.co", "evil.example", ""] {
        assert!(!thumbnails.is_listed(host), "{host}");
    }
    for url in ["https://evil.example/a.png", "https://127.0.0.1/", "file:///etc/passwd"] {
        assert_eq!(thumbnails.describe(url).await.unwrap_err().kind(), "refused", "{url}");
    }
}

#[tokio::test]
async fn a_picture_in_the_text_is_described_without_a_connection() {
    let thumbnails = Thumbnails::new(&settings(1), Metrics::new().unwrap()).unwrap();
    let escaped = percent_encoding::percent_encode(&picture(), NON_ALPHANUMERIC).to_string();
    let black = format!("data:image/png,{escaped}");
    assert!(thumbnails.describe(&black).await.unwrap().brightness < 0.01);
    let none = thumbnails.describe("data:image/png;base64,AAAA").await;
    assert!(matches!(none, Err(NoPicture::NotAPicture(_))), "{none:?}");
}
