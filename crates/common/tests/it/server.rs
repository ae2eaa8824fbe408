//! The HTTP server of every service.

use actix_web::web;
use common::{
    Error,
    http::{Dependency, Idx, Server, ServiceParts, resource},
    settings::{CommonSettings, Millis},
};
use std::sync::Arc;
use test_support::{Reply, client};
use tokio::sync::Notify;

/// A server with a route that blocks and a route that fails.
struct TestServer {
    server: Server,
    entered: Arc<Notify>,
    release: Arc<Notify>,
}

impl TestServer {
    fn start(deadline_ms: u64, dependencies: Vec<Dependency>) -> Self {
        let mut settings: CommonSettings = test_support::settings();
        "127.0.0.1".clone_into(&mut settings.http.host);
        settings.http.port = 0;
        settings.http.deadline_ms = Millis(deadline_ms);
        let (entered, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let wait = {
            let (entered, release) = (entered.clone(), release.clone());
            move || {
                let (entered, release) = (entered.clone(), release.clone());
                async move {
                    entered.notify_one();
                    release.notified().await;
                    "done"
                }
            }
        };
        let routes = move |config: &mut web::ServiceConfig| {
            config
                .service(resource("/wait/").get(wait.clone()))
                .service(resource("/fail/").get(fail))
                .service(resource("/things/{idx}/").get(name));
        };
        let service = ServiceParts::new(routes, dependencies);
        let server = Server::start("sample", &settings, service).unwrap();
        Self { server, entered, release }
    }

    async fn get(&self, path: &str) -> Reply {
        Reply::send(client().get(self.url(path))).await
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }
}

async fn fail() -> Result<&'static str, Error> {
    Err(Error::Internal(Arc::new(std::io::Error::other("a secret of 10.0.0.1"))))
}

async fn name(Idx(number): Idx) -> String {
    format!("thing {number}")
}

#[actix_web::test]
async fn idx_route_accepts_integers_only() {
    let server = TestServer::start(5000, vec![]);
    for path in ["/things/7/", "/things/7"] {
        assert_eq!(server.get(path).await.body, "thing 7", "{path}");
    }
    for path in ["/things/", "/things", "/things/x/", "/things/7/more/", "/things7/"] {
        assert_eq!(server.get(path).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn request_metrics_have_bounded_labels() {
    let server = TestServer::start(5000, vec![]);
    for path in ["/things/7/", "/things/7", "/things/8/", "/things/7/more/", "/made/up/"] {
        server.get(path).await;
    }
    let brew = reqwest::Method::from_bytes(b"BREW").unwrap();
    client().request(brew, server.url("/things/7/")).send().await.unwrap();
    let metrics = server.get("/metrics").await.body;
    let counted = |route: &str, method: &str, status: u16, count: u32| {
        let labels = format!(
            "http_request_method=\"{method}\",http_response_status_code=\"{status}\",\
             http_route=\"{route}\",service=\"sample\""
        );
        let line = format!("http_server_requests_total{{{labels}}} {count}\n");
        assert!(metrics.contains(&line), "{line} in {metrics}");
    };
    counted("/things/{idx}/", "GET", 200, 3);
    counted("/things/{idx}/", "_OTHER", 405, 1);
    counted("unmatched", "GET", 404, 2);
    assert!(!metrics.contains("made"), "{metrics}");
    assert!(metrics.contains("http_server_request_duration_seconds_bucket"), "{metrics}");
}

#[actix_web::test]
async fn request_beyond_deadline_returns_503() {
    let server = TestServer::start(20, vec![]);
    insta::assert_snapshot!(server.get("/wait/").await.snapshot());
}

#[actix_web::test]
async fn internal_error_response_hides_cause() {
    let server = TestServer::start(5000, vec![]);
    insta::assert_snapshot!(server.get("/fail/").await.snapshot());
}

#[actix_web::test]
async fn shutdown_completes_running_requests_and_rejects_new_ones() {
    let server = TestServer::start(5000, vec![]);
    let url = server.url("/wait/");
    let running = actix_web::rt::spawn(Reply::send(client().get(&url)));
    server.entered.notified().await;
    let stopping = actix_web::rt::spawn(server.server.stop());
    server.release.notify_one();
    assert_eq!(running.await.unwrap().body, "done");
    stopping.await.unwrap().unwrap();
    assert!(client().get(&url).send().await.is_err());
}

#[actix_web::test]
async fn readiness_lists_dependencies_and_fails_if_one_is_down() {
    let up = Dependency::new("first", || async { Ok(()) });
    let down = Dependency::new("second", || async { Err("the table is missing".to_owned()) });
    let server = TestServer::start(5000, vec![up, down]);
    insta::assert_snapshot!(server.get("/health/ready").await.snapshot());
    assert_eq!(server.get("/health/live").await.status, 200);
}
