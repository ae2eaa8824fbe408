//! Pages of `channel_list/` and their links.

use crate::fixture::{LIST, TestContext, ids};
use serde_json::Value;
use std::fmt::Write;
use test_support::{Reply, client};

/// `count` channels: channel n has n videos, 100 × n views and 10 subscribers.
fn channels(count: i32) -> String {
    let mut statements = String::new();
    for n in 1..=count {
        writeln!(
            statements,
            "INSERT INTO channel (idx, channel_name, channel_id, subscriber_num)
                VALUES ({n}, 'name {n}', 'UC{n}', 10);
            INSERT INTO channel_views (channel_idx, view_count, check_time)
                VALUES ({n}, {views}, pg_temp.ago(1, '09:00'));
            INSERT INTO video (channel_idx, video_name, video_id, upload_time, thumbnail_url)
                SELECT {n}, 'v', {n} || '-' || v, pg_temp.ago(v, '09:00'), {n} || '-' || v || '.jpg'
                FROM generate_series(1, {n}) AS v;",
            views = n * 100,
        )
        .expect("writing to a string succeeds");
    }
    statements
}

#[actix_web::test]
async fn statistics_on_every_page_belong_to_their_channel() {
    let context = TestContext::with(&channels(23), &[]).await;
    for query in ["", "&youtuber_name=NAME"] {
        let mut seen = Vec::new();
        for page in 1..=3 {
            let body = context.list(&format!("?page={page}{query}")).await.json();
            assert_eq!(body["count"], 23);
            for row in body["results"].as_array().expect("a list") {
                let n = row["idx"].as_i64().expect("a number");
                assert_eq!(row["video_counts"], n, "{row}");
                assert_eq!(row["max_views_count"], n * 100, "{row}");
                assert_eq!(
                    row["popularity"].as_f64(),
                    Some(f64::from(i32::try_from(n).unwrap()) * 10.0)
                );
                let thumbnails: Vec<String> =
                    (1..=n.min(2)).map(|v| format!("{n}-{v}.jpg")).collect();
                assert_eq!(row["recent_videos"], Value::from(thumbnails), "{row}");
            }
            seen.extend(ids(&body["results"]));
        }
        assert_eq!(seen, (1..=23).collect::<Vec<_>>(), "channels of equal size are ordered by idx");
    }
}

#[actix_web::test]
async fn links_visit_all_pages_in_both_directions() {
    let context = TestContext::with(&channels(23), &[]).await;
    let first = context.list("?youtuber_name=name+").await.json();
    let mut pages = vec![first];
    while let Some(next) = pages.last().and_then(|page| page["next"].as_str()) {
        let reply = Reply::send(client().get(next)).await;
        pages.push(reply.json());
    }
    let sizes: Vec<_> = pages.iter().map(|page| ids(&page["results"]).len()).collect();
    assert_eq!(sizes, [10, 10, 3]);
    let previous = pages[2]["previous"].as_str().expect("a link");
    assert_eq!(Reply::send(client().get(previous)).await.json(), pages[1]);
    let previous = pages[1]["previous"].as_str().expect("a link");
    assert!(previous.ends_with("/channel_list/?youtuber_name=name+"), "{previous}");
    assert_eq!(Reply::send(client().get(previous)).await.json(), pages[0]);
}

#[actix_web::test]
async fn links_have_the_scheme_and_host_of_the_request() {
    let context = TestContext::with(&channels(11), &[]).await;
    let request = client()
        .get(context.service.url(&format!("{LIST}?youtuber_name=%EB%A8%B9&x=1")))
        .header("host", "trend.example:8443")
        .header("x-forwarded-proto", "https");
    assert_eq!(Reply::send(request).await.json()["next"], Value::Null);
    let request = client()
        .get(context.service.url(&format!("{LIST}?x=%EB%A8%B9+a")))
        .header("host", "trend.example:8443")
        .header("x-forwarded-proto", "https");
    assert_eq!(
        Reply::send(request).await.json()["next"],
        format!("https://trend.example:8443{LIST}?page=2&x=%EB%A8%B9+a")
    );
    // The cached response must not be returned for another host.
    let other = context.list("?x=%EB%A8%B9+a").await.json();
    assert_eq!(other["next"], context.service.url(&format!("{LIST}?page=2&x=%EB%A8%B9+a")));
}

#[actix_web::test]
async fn page_past_the_end_returns_404() {
    let context = TestContext::with(&channels(20), &[]).await;
    for page in ["3", "100000000000", "922337203685477580", "99999999999999999999"] {
        let reply = context.list(&format!("?page={page}")).await;
        assert_eq!(reply.status, 404, "{page}");
        assert_eq!(reply.json()["detail"], "Invalid page.", "{page}");
    }
    assert_eq!(context.list("?page=2").await.json()["next"], Value::Null);
}

#[actix_web::test]
async fn first_page_without_channels_is_empty() {
    let context = TestContext::with("", &[]).await;
    let reply = context.list("").await;
    assert_eq!(reply.body, r#"{"count":0,"next":null,"previous":null,"results":[]}"#);
    assert_eq!(context.list("?page=2").await.status, 404);
}
