//! Hung replicas, retries and preconditions at the gateway.

use crate::fixture::sample_index;
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    time::{Duration, Instant},
};
use test_support::{Reply, TestGateway, TestIndex, client};

const BINARY: &str = env!("CARGO_BIN_EXE_trends");
const PATH: &str = "/api/channel_analyze/";

fn gateway(index: &TestIndex) -> TestGateway {
    TestGateway::start("trends", Path::new(BINARY), 3, &[index.setting()])
}

/// Waits for `count` lines with `marker` in the gateway's access log.
fn access_log(gateway: &TestGateway, marker: &str, count: usize) -> Vec<String> {
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
async fn hung_replica_is_skipped_after_its_first_timeout() {
    let index = sample_index().await;
    let gateway = gateway(&index);
    gateway.pause(1);
    for request in 0..30 {
        let path = format!("{PATH}?hung={request}");
        assert_eq!(gateway.get(&path).await.status, 200, "request {request}");
    }
    let url = gateway.replica_url(1, "");
    let hung = url.trim_start_matches("http://");
    let lines = access_log(&gateway, "?hung=", 30);
    let attempts = lines.iter().filter(|line| line.contains(hung)).count();
    // One, and another per ten seconds of the test's duration.
    assert!((1..=3).contains(&attempts), "{attempts} of 30 requests were sent to the hung replica");
    gateway.resume(1);
}

#[actix_web::test]
async fn restarted_replica_is_used_immediately_if_all_were_down() {
    let index = sample_index().await;
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
async fn healthcheck_kills_an_unresponsive_replica_only_with_the_option() {
    let index = sample_index().await;
    let mut gateway = gateway(&index);
    let check = |gateway: &TestGateway, arguments: &[&str]| {
        let output = gateway.run(0, arguments);
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let kill = ["healthcheck", "--kill-unresponsive"];
    assert!(check(&gateway, &kill).0, "a healthy replica keeps running");
    gateway.pause(0);
    assert!(!check(&gateway, &["healthcheck"]).0);
    assert!(gateway.is_running(0), "without the option it keeps running");
    let (is_healthy, stderr) = check(&gateway, &kill);
    assert!(!is_healthy && stderr.contains("killed process"), "{stderr}");
    gateway.wait_for_exit(0);
    assert!(gateway.is_running(1) && gateway.is_running(2), "other replicas keep running");
    let (is_healthy, stderr) = check(&gateway, &kill);
    assert!(!is_healthy && stderr.contains("refused"), "{stderr}");
    gateway.restart(0);
    assert!(check(&gateway, &kill).0);
}

#[actix_web::test]
async fn preconditions_other_than_if_none_match_are_ignored_on_reads() {
    let index = sample_index().await;
    let gateway = gateway(&index);
    let first = gateway.get(PATH).await;
    let past = "Thu, 01 Jan 1970 00:00:00 GMT";
    for _ in 0..2 {
        for (name, value) in
            [("if-match", "\"other\""), ("if-unmodified-since", past), ("if-match", "*")]
        {
            let reply = Reply::send(client().get(gateway.url(PATH)).header(name, value)).await;
            assert_eq!((reply.status.as_u16(), &reply.body), (200, &first.body), "{name}: {value}");
        }
    }
    let tag = first.header("etag").unwrap();
    let request = client().get(gateway.url(PATH)).header("if-none-match", tag);
    assert_eq!(Reply::send(request).await.status, 304);
    // Static files are not API reads, but their errors are JSON too.
    let file = client().get(gateway.url("/swagger.json")).header("if-match", "\"other\"");
    let reply = Reply::send(file).await;
    assert!([404, 412].contains(&reply.status.as_u16()), "{reply:?}");
    assert_eq!(reply.header("content-type"), Some("application/json"));
}

#[actix_web::test]
async fn client_cannot_choose_the_upstream_of_a_retry() {
    let index = sample_index().await;
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
    // nginx would resolve a name that is not an upstream, and connect to one that is.
    let lines = access_log(&gateway, "x,%20", 3);
    for line in &lines {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let upstreams = line["upstream"].as_str().unwrap().replace(" : ", ", ");
        let is_own =
            |address: &str| address == "trends" || replicas.iter().any(|one| one == address);
        assert!(upstreams.split(", ").all(is_own), "another upstream: {line}");
    }
    assert!(!gateway.log().contains("no resolver defined"), "{}", gateway.log());
}

#[test]
fn retry_map_lists_the_routed_upstreams() {
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
