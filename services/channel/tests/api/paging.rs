//! Pages of `channel_list/`, and the links between them.

use crate::fixture::{LIST, TestContext, numbers};
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
        .expect("a text can be written to");
    }
    statements
}

#[actix_web::test]
async fn what_is_derived_belongs_to_its_channel_on_every_page() {
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
                let pictures: Vec<String> =
                    (1..=n.min(2)).map(|v| format!("{n}-{v}.jpg")).collect();
                assert_eq!(row["recent_videos"], Value::from(pictures), "{row}");
            }
            seen.extend(numbers(&body["results"]));
        }
        assert_eq!(seen, (1..=23).collect::<Vec<_>>(), "equal sizes come in the order of idx");
    }
}

#[actix_web::test]
async fn links_lead_through_all_pages_and_back() {
    let context = TestContext::with(&channels(23), &[]).await;
    let first = context.list("?youtuber_name=name+").await.json();
    let mut pages = vec![first];
    while let Some(next) = pages.last().and_then(|page| page["next"].as_str()) {
        let reply = Reply::to(client().get(next)).await;
        pages.push(reply.json());
    }
    let sizes: Vec<_> = pages.iter().map(|page| numbers(&page["results"]).len()).collect();
    assert_eq!(sizes, [10, 10, 3]);
    let back = pages[2]["previous"].as_str().expect("a link");
    assert_eq!(Reply::to(client().get(back)).await.json(), pages[1]);
    let back = pages[1]["previous"].as_str().expect("a link");
    assert!(back.ends_with("/channel_list/?youtuber_name=name+"), "{back}");
    assert_eq!(Reply::to(client().get(back)).await.json(), pages[0]);
}

#[actix_web::test]
async fn links_are_those_of_the_gateway_that_the_client_sees() {
    let context = TestContext::with(&channels(11), &[]).await;
    let request = client()
        .get(context.service.url(&format!("{LIST}?youtuber_name=%EB%A8%B9&x=1")))
        .header("host", "trend.example:8443")
        .header("x-forwarded-proto", "https");
    assert_eq!(Reply::to(request).await.json()["next"], Value::Null);
    let request = client()
        .get(context.service.url(&format!("{LIST}?x=%EB%A8%B9+a")))
        .header("host", "trend.example:8443")
        .header("x-forwarded-proto", "https");
    assert_eq!(
        Reply::to(request).await.json()["next"],
        format!("https://trend.example:8443{LIST}?page=2&x=%EB%A8%B9+a")
    );
    // The next client, under another name, must not get these.
    let other = context.list("?x=%EB%A8%B9+a").await.json();
    assert_eq!(other["next"], context.service.url(&format!("{LIST}?page=2&x=%EB%A8%B9+a")));
}

#[actix_web::test]
async fn a_page_past_the_end_is_not_found() {
    let context = TestContext::with(&channels(20), &[]).await;
    for page in ["3", "100000000000", "922337203685477580", "99999999999999999999"] {
        let reply = context.list(&format!("?page={page}")).await;
        assert_eq!(reply.status, 404, "{page}");
        assert_eq!(reply.json()["detail"], "Invalid page.", "{page}");
    }
    assert_eq!(context.list("?page=2").await.json()["next"], Value::Null);
}

#[actix_web::test]
async fn without_any_channel_the_first_page_is_empty() {
    let context = TestContext::with("", &[]).await;
    let reply = context.list("").await;
    assert_eq!(reply.body, r#"{"count":0,"next":null,"previous":null,"results":[]}"#);
    assert_eq!(context.list("?page=2").await.status, 404);
}
