//! Replicas that hang, and what a client can make the gateway do with them.

use crate::fixture::kitchen;
use common::search::VideoDocument;
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    time::{Duration, Instant},
};
use test_support::{Gateway, Reply, TestIndex, VideoBuilder, client};

const BINARY: &str = env!("CARGO_BIN_EXE_trends");
const PATH: &str = "/api/channel_analyze/";

async fn index() -> TestIndex {
    let documents: Vec<VideoDocument> = kitchen().into_iter().map(VideoBuilder::document).collect();
    TestIndex::with(&documents).await
}

fn gateway(index: &TestIndex) -> Gateway {
    Gateway::start("trends", Path::new(BINARY), 3, &[index.setting()])
}

/// The gateway's log, once it has a line of each of `count` requests that name `marker`.
fn log_of(gateway: &Gateway, marker: &str, count: usize) -> Vec<String> {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let log = gateway.log();
        let lines =
            log.lines().filter(|line| line.starts_with("{\"time\"") && line.contains(marker));
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        if lines.len() >= count {
            return lines;
        }
        assert!(Instant::now() < deadline, "{} of {count} lines: {log}", lines.len());
    }
}

#[actix_web::test]
async fn frozen_replica_is_set_aside_after_its_first_timeout() {
    let index = index().await;
    let gateway = gateway(&index);
    gateway.pause(1);
    for request in 0..30 {
        let path = format!("{PATH}?frozen={request}");
        assert_eq!(gateway.get(&path).await.status, 200, "request {request}");
    }
    let url = gateway.replica_url(1, "");
    let frozen = url.trim_start_matches("http://");
    let lines = log_of(&gateway, "?frozen=", 30);
    let tries = lines.iter().filter(|line| line.contains(frozen)).count();
    // One, and one more for every ten seconds.
    assert!((1..=3).contains(&tries), "{tries} of 30 requests were sent to the frozen replica");
    gateway.resume(1);
}

#[actix_web::test]
async fn replicas_that_were_all_set_aside_are_used_as_soon_as_they_answer() {
    let index = index().await;
    let mut gateway = gateway(&index);
    for replica in 0..3 {
        gateway.kill(replica);
    }
    for request in 0..3 {
        assert_eq!(gateway.get(&format!("{PATH}?down={request}")).await.status, 503);
    }
    gateway.restart(2);
    for request in 0..9 {
        assert_eq!(gateway.get(&format!("{PATH}?up={request}")).await.status, 200, "{request}");
    }
}

#[actix_web::test]
async fn healthcheck_kills_an_unresponsive_replica_only_when_told_to() {
    let index = index().await;
    let mut gateway = gateway(&index);
    let check = |gateway: &Gateway, arguments: &[&str]| {
        let output = gateway.run(0, arguments);
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let kill = ["healthcheck", "--kill-unresponsive"];
    assert!(check(&gateway, &kill).0, "a healthy replica is left alone");
    gateway.pause(0);
    assert!(!check(&gateway, &["healthcheck"]).0);
    assert!(gateway.is_running(0), "without the option it is left alone");
    let (healthy, said) = check(&gateway, &kill);
    assert!(!healthy && said.contains("killed process"), "{said}");
    gateway.wait_for_exit(0);
    assert!(gateway.is_running(1) && gateway.is_running(2), "the others go on");
    let (healthy, said) = check(&gateway, &kill);
    assert!(!healthy && said.contains("refused"), "{said}");
    gateway.restart(0);
    assert!(check(&gateway, &kill).0);
}

#[actix_web::test]
async fn preconditions_other_than_if_none_match_are_ignored_on_reads() {
    let index = index().await;
    let gateway = gateway(&index);
    let first = gateway.get(PATH).await;
    let past = "Thu, 01 Jan 1970 00:00:00 GMT";
    for _ in 0..2 {
        for (name, value) in
            [("if-match", "\"other\""), ("if-unmodified-since", past), ("if-match", "*")]
        {
            let reply = Reply::to(client().get(gateway.url(PATH)).header(name, value)).await;
            assert_eq!((reply.status.as_u16(), &reply.body), (200, &first.body), "{name}: {value}");
        }
    }
    let tag = first.header("etag").unwrap();
    let known = client().get(gateway.url(PATH)).header("if-none-match", tag);
    assert_eq!(Reply::to(known).await.status, 304);
    // A file is no read of the API: refused, as everything is, in JSON.
    let file = client().get(gateway.url("/swagger.json")).header("if-match", "\"other\"");
    let reply = Reply::to(file).await;
    assert!([404, 412].contains(&reply.status.as_u16()), "{reply:?}");
    assert_eq!(reply.header("content-type"), Some("application/json"));
}

#[actix_web::test]
async fn client_cannot_choose_the_upstream_of_a_retry() {
    let index = index().await;
    let mut gateway = gateway(&index);
    for replica in 0..3 {
        gateway.kill(replica);
    }
    for name in ["keyword", "localhost", "attacker"] {
        let path = format!("{PATH}x,%20{name}%20/api/");
        let reply = gateway.get(&path).await;
        assert_eq!(reply.status, 503, "{name}: {reply:?}");
        assert_eq!(reply.json()["code"], "service_unavailable");
    }
    let replicas = [0, 1, 2].map(|number| gateway.replica_url(number, "").replace("http://", ""));
    // A name that is no upstream would be looked up, and one that is would be tried.
    let lines = log_of(&gateway, "x,%20", 3);
    for line in &lines {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let upstreams = line["upstream"].as_str().unwrap().replace(" : ", ", ");
        let is_own =
            |address: &str| address == "trends" || replicas.iter().any(|one| one == address);
        assert!(upstreams.split(", ").all(is_own), "tried elsewhere: {line}");
    }
    assert!(!gateway.log().contains("no resolver defined"), "{}", gateway.log());
}

#[test]
fn upstreams_of_the_retry_are_those_of_the_routing_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let routes = read("nginx.conf");
    let targets = routes.split("proxy_pass http://").skip(1);
    let routed_upstreams: BTreeSet<&str> =
        targets.filter_map(|rest| rest.split('/').next()).collect();
    let texts = read("deploy/nginx/snippets/error_texts.conf");
    let map = texts.split("$exhausted_upstream {").nth(1).and_then(|rest| rest.split('}').next());
    let names = map.unwrap().lines().filter_map(|line| line.trim().strip_prefix("\"~(^|, )"));
    let listed: BTreeSet<&str> = names.filter_map(|line| line.split('$').next()).collect();
    assert_eq!(listed, routed_upstreams);
}
