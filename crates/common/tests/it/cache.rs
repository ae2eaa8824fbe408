//! The cache of answers.

use actix_web::{Responder, test::TestRequest};
use common::{
    Error,
    cache::AnswerCache,
    http::Answer,
    settings::{CacheSettings, Millis},
};
use futures_util::future::join_all;
use std::{
    cell::Cell,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Notify;

const KEY: &str = "key";

fn cache(fresh_ms: u64) -> AnswerCache {
    let (fresh_ms, stale_ms) = (Millis(fresh_ms), Millis(60_000));
    AnswerCache::new(&CacheSettings { fresh_ms, stale_ms, max_bytes: 1_000_000 })
}

fn cache_status(answer: Answer) -> String {
    let response = answer.respond_to(&TestRequest::default().to_http_request());
    let status = response.headers().get("cache-status");
    status.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

#[test]
fn answer_says_how_long_it_is_fresh_or_that_it_is_stale() {
    for (age_ms, status) in [
        (0, "replica; fwd=miss"),
        (1, "replica; hit; ttl=59"),
        (59_999, "replica; hit; ttl=0"),
        (60_000, "replica; hit; ttl=-1"),
        (472_000, "replica; hit; ttl=-412"),
    ] {
        let answer = Answer::json(&"answer", Duration::from_mins(1)).unwrap();
        assert_eq!(cache_status(answer.at(Duration::from_millis(age_ms))), status, "{age_ms} ms");
    }
    let uncached = Answer::json(&"answer", Duration::ZERO).unwrap();
    assert_eq!(cache_status(uncached), "");
}

fn unavailable() -> Error {
    Error::Unavailable { dependency: "test", source: Arc::new(std::io::Error::other("down")) }
}

#[actix_web::test]
async fn two_hundred_at_once_make_an_answer_once() {
    let cache = cache(60_000);
    let made = Rc::new(Cell::new(0));
    let all_ask = Rc::new(Notify::new());
    let requests = (0..200).map(|_| {
        let (made, all_ask) = (made.clone(), all_ask.clone());
        cache.get(KEY.to_owned(), || async move {
            made.set(made.get() + 1);
            all_ask.notified().await;
            Ok("answer")
        })
    });
    let releasing = async {
        tokio::task::yield_now().await;
        all_ask.notify_one();
    };
    let (answers, ()) = futures_util::join!(join_all(requests), releasing);
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(made.get(), 1);
}

#[actix_web::test]
async fn an_old_answer_is_given_while_one_request_renews_it() {
    let cache = cache(1);
    let first = cache.get(KEY.to_owned(), || async { Ok("old") }).await.unwrap();
    assert_eq!(cache_status(first), "replica; fwd=miss");
    let (renewed, permission) = (Rc::new(Notify::new()), Rc::new(Notify::new()));
    let made = Rc::new(Cell::new(0));
    // A millisecond passes while the answer stays the same.
    let mut status = String::new();
    while !status.contains("ttl=-") {
        let (renewed, permission, made) = (renewed.clone(), permission.clone(), made.clone());
        let answer = cache.get(KEY.to_owned(), || async move {
            made.set(made.get() + 1);
            permission.notified().await;
            renewed.notify_one();
            Ok("new")
        });
        status = cache_status(answer.await.unwrap());
        tokio::task::yield_now().await;
    }
    assert_eq!(made.get(), 1);
    permission.notify_one();
    renewed.notified().await;
    tokio::task::yield_now().await;
    let after = cache.get(KEY.to_owned(), || async { Ok("newer") }).await.unwrap();
    let response = after.respond_to(&TestRequest::default().to_http_request());
    let bytes = actix_web::body::to_bytes(response.into_body()).await.unwrap();
    assert_ne!(bytes, "\"old\"");
}

#[actix_web::test]
async fn while_what_it_is_made_of_is_down_the_old_answer_stays_and_few_try_again() {
    let cache = cache(1);
    cache.get(KEY.to_owned(), || async { Ok("old") }).await.unwrap();
    let tried = Rc::new(Cell::new(0));
    let began = Instant::now();
    let mut reads = 0;
    while tried.get() == 0 || reads < 1000 {
        let tried = tried.clone();
        let failing = || async move {
            tried.set(tried.get() + 1);
            Err::<&str, _>(unavailable())
        };
        assert!(cache.get(KEY.to_owned(), failing).await.is_ok());
        tokio::task::yield_now().await;
        reads += 1;
    }
    // One try at the start, and at most one for each second that has gone by.
    assert!(tried.get() <= 1 + began.elapsed().as_secs(), "{} tries", tried.get());
}

#[actix_web::test]
async fn what_has_gone_is_not_shown_any_more() {
    let cache = cache(1);
    cache.get(KEY.to_owned(), || async { Ok("old") }).await.unwrap();
    let gone = || async { Err::<&str, _>(Error::NotFound("Not found.".into())) };
    // Until the answer is a millisecond old and its renewal has found nothing.
    while cache.get(KEY.to_owned(), gone).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[actix_web::test]
async fn an_error_is_not_kept() {
    let cache = cache(60_000);
    let failed = cache.get(KEY.to_owned(), || async { Err::<&str, _>(unavailable()) }).await;
    assert!(matches!(failed, Err(Error::Unavailable { .. })));
    assert!(cache.get(KEY.to_owned(), || async { Ok("answer") }).await.is_ok());
}

#[actix_web::test]
async fn a_cache_that_is_off_makes_every_answer() {
    let cache = cache(0);
    let made = Rc::new(Cell::new(0));
    for _ in 0..3 {
        let made = made.clone();
        let make = || async move {
            made.set(made.get() + 1);
            Ok("answer")
        };
        cache.get(KEY.to_owned(), make).await.unwrap();
    }
    assert_eq!(made.get(), 3);
}

#[actix_web::test]
async fn few_answers_are_made_at_a_time_and_few_more_may_wait() {
    let cache = cache(60_000);
    let release = Rc::new(Notify::new());
    let waiting = (0..100).map(|number| {
        let release = release.clone();
        cache.get(number.to_string(), || async move {
            release.notified().await;
            Ok("answer")
        })
    });
    let releasing = async {
        loop {
            release.notify_waiters();
            tokio::task::yield_now().await;
        }
    };
    let answers = tokio::select! {
        answers = join_all(waiting) => answers,
        () = releasing => unreachable!(),
    };
    let made = answers.iter().filter(|answer| answer.is_ok()).count();
    let refused = answers.iter().filter(|answer| matches!(answer, Err(Error::Busy(_)))).count();
    assert_eq!((made, refused), (40, 60));
}
