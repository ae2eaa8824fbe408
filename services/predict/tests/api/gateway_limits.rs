//! Limits of the gateway on slow uploads.

use futures_util::{StreamExt, stream::FuturesUnordered};
use std::{path::Path, time::Duration};
use test_support::{TestBroker, TestGateway};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::fixture::{PATH, QUEUE_EXPIRY};

const BINARY: &str = env!("CARGO_BIN_EXE_predict");
const TIMEOUT: Duration = Duration::from_secs(20);
/// More than the gateway allows per client.
const UPLOADS: usize = 12;
/// The limit in `prediction.conf`.
const MAX_UPLOADS: usize = 8;

/// Sends the headers and a part of the body.
async fn slow_upload(gateway: &TestGateway, headers: &str) -> TcpStream {
    let mut stream = TcpStream::connect(gateway.address()).await.expect("a connection");
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\n{headers}\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("the head is sent");
    stream.write_all(&[b' '; 1000]).await.expect("a part of the body is sent");
    stream
}

/// Waits for the start of the status line.
async fn status(stream: &mut TcpStream) -> String {
    let mut line = [0; 12];
    let read = timeout(TIMEOUT, stream.read_exact(&mut line)).await.expect("a response in time");
    read.expect("a response");
    String::from_utf8_lossy(&line).into_owned()
}

#[actix_web::test]
async fn client_with_more_than_eight_slow_uploads_gets_429() {
    let broker = TestBroker::create(QUEUE_EXPIRY).await;
    for headers in ["Content-Length: 1000000\r\n", "Transfer-Encoding: chunked\r\n\r\nfffff"] {
        // One gateway per case: it detects the closed uploads of the previous case with a delay.
        let gateway = TestGateway::start("predict", Path::new(BINARY), 1, &[broker.setting()]);
        let mut uploads = Vec::new();
        for _ in 0..UPLOADS {
            uploads.push(slow_upload(&gateway, headers).await);
        }
        let mut responses: FuturesUnordered<_> = uploads.iter_mut().map(status).collect();
        for _ in MAX_UPLOADS..UPLOADS {
            assert_eq!(responses.next().await.as_deref(), Some("HTTP/1.1 429"));
        }
        // The other uploads are pending; small bodies do not count.
        let small = test_support::client().post(gateway.url(PATH)).body("{}");
        let small = small.header("content-type", "application/json").send().await.unwrap();
        assert_eq!(small.status(), 400);
        let further = slow_upload(&gateway, headers).await;
        let mut further = [further];
        assert_eq!(status(&mut further[0]).await, "HTTP/1.1 429");
    }
}

#[actix_web::test]
async fn clients_behind_a_trusted_proxy_have_separate_limits() {
    let broker = TestBroker::create(QUEUE_EXPIRY).await;
    let settings = [broker.setting(), ("GATEWAY_TRUSTED_PROXIES", "127.0.0.0/8")];
    let gateway = TestGateway::start("predict", Path::new(BINARY), 1, &settings);
    let mut uploads = Vec::new();
    for client in 0..UPLOADS {
        let headers = format!("Content-Length: 20000\r\nX-Forwarded-For: 203.0.113.{client}\r\n");
        uploads.push(slow_upload(&gateway, &headers).await);
    }
    for upload in &mut uploads {
        upload.write_all(&vec![b' '; 19_000]).await.unwrap();
        assert_eq!(status(upload).await, "HTTP/1.1 400");
    }
}
