//! Too many tries, by account and by address.

use crate::fixture::{LOGIN, NAME, PASSWORD, REGISTER, World, credentials, with_body};
use futures_util::future::join_all;
use test_support::{Reply, client};

/// A world with delays that no test waits for.
async fn world() -> World {
    World::with_settings(&[
        ("CREATETREND_AUTH__ACCOUNT__FIRST_MS", "20000"),
        ("CREATETREND_AUTH__ADDRESS__FIRST_MS", "20000"),
        ("CREATETREND_AUTH__REGISTER__FIRST_MS", "20000"),
    ])
    .await
}

/// A request from this address, as the gateway passes it on.
async fn post(world: &World, path: &str, address: &str, name: &str, password: &str) -> Reply {
    let request = client().post(world.service.url(path)).header("x-forwarded-for", address);
    Reply::to(with_body(request, &credentials(name, password))).await
}

/// As if the time of waiting had passed.
async fn wait(world: &World) {
    world.database.fill("UPDATE auth_throttle SET blocked_until = now()").await;
}

#[actix_web::test]
async fn after_five_failures_an_account_must_wait_wherever_one_tries() {
    let world = world().await;
    world.register(NAME, PASSWORD).await;
    for number in 1..=5 {
        let address = format!("203.0.113.{number}");
        assert_eq!(post(&world, LOGIN, &address, NAME, "wrong").await.status, 400);
    }
    let refused = post(&world, LOGIN, "203.0.113.9", NAME, PASSWORD).await;
    let seconds: u64 = refused.header("retry-after").expect("a time").parse().unwrap();
    assert!((15..=20).contains(&seconds), "{seconds}");
    let steady = |text: &str| text.replace(&seconds.to_string(), "20");
    insta::assert_snapshot!(steady(&refused.snapshot()));
    // Others do not wait.
    assert_eq!(post(&world, LOGIN, "203.0.113.1", "somebody", "wrong").await.status, 400);
    wait(&world).await;
    assert_eq!(post(&world, LOGIN, "203.0.113.9", NAME, PASSWORD).await.status, 200);
    // All is forgotten.
    for _ in 1..=5 {
        assert_eq!(post(&world, LOGIN, "203.0.113.9", NAME, "wrong").await.status, 400);
    }
}

#[actix_web::test]
async fn a_name_that_nobody_has_is_counted_alike_whatever_its_width() {
    let world = world().await;
    for name in ["nobody", "ｎｏｂｏｄｙ", " nobody", "nobody ", "nobody"] {
        assert_eq!(post(&world, LOGIN, "203.0.113.1", name, "wrong").await.status, 400);
    }
    assert_eq!(post(&world, LOGIN, "203.0.113.1", "nobody", "wrong").await.status, 429);
    let keys = world.text("SELECT string_agg(key, ' ') FROM auth_throttle").await;
    assert!(!keys.contains("nobody"), "{keys}");
}

#[actix_web::test]
async fn of_many_tries_at_once_none_slips_through() {
    let world = world().await;
    let tries = (0..16).map(|number| {
        let address = format!("203.0.113.{number}");
        let world = &world;
        async move { post(world, LOGIN, &address, NAME, "wrong").await.status.as_u16() }
    });
    let mut statuses = join_all(tries).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [[400; 5].as_slice(), &[429; 11]].concat());
}

#[actix_web::test]
async fn after_twenty_failures_an_address_must_wait_whoever_it_tries() {
    let world = world().await;
    world.register(NAME, PASSWORD).await;
    for number in 1..=20 {
        let name = format!("nobody-{number}");
        assert_eq!(post(&world, LOGIN, "203.0.113.1", &name, "wrong").await.status, 400);
        // A success between them takes nothing back but itself.
        assert_eq!(post(&world, LOGIN, "203.0.113.2", NAME, PASSWORD).await.status, 200);
    }
    let refused = post(&world, LOGIN, "203.0.113.1", NAME, PASSWORD).await;
    assert_eq!(
        (refused.status.as_u16(), refused.json()["code"].as_str()),
        (429, Some("throttled"))
    );
    assert_eq!(post(&world, LOGIN, "203.0.113.2", NAME, PASSWORD).await.status, 200);
    // Who must wait there does not make the account wait.
    for _ in 1..=9 {
        assert_eq!(post(&world, LOGIN, "203.0.113.1", NAME, "wrong").await.status, 429);
    }
    assert_eq!(post(&world, LOGIN, "203.0.113.2", NAME, PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn what_is_refused_for_the_account_does_not_count_for_the_address() {
    let world = world().await;
    for _ in 1..=5 {
        post(&world, LOGIN, "203.0.113.1", NAME, "wrong").await;
    }
    for _ in 1..=30 {
        assert_eq!(post(&world, LOGIN, "203.0.113.1", NAME, "wrong").await.status, 429);
    }
    assert_eq!(post(&world, LOGIN, "203.0.113.1", "somebody", "wrong").await.status, 400);
    assert_eq!(world.count("SELECT max(failures)::int8 FROM auth_throttle").await, 6);
}

#[actix_web::test]
async fn after_thirty_accounts_an_address_must_wait_to_register() {
    let world = world().await;
    for number in 1..=30 {
        // What is refused by its looks costs nothing and does not count.
        assert_eq!(post(&world, REGISTER, "203.0.113.1", "abcd", PASSWORD).await.status, 400);
        let name = format!("newcomer-{number}");
        assert_eq!(post(&world, REGISTER, "203.0.113.1", &name, PASSWORD).await.status, 200);
    }
    let refused = post(&world, REGISTER, "203.0.113.1", NAME, PASSWORD).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").is_some());
    assert_eq!(post(&world, REGISTER, "203.0.113.2", NAME, PASSWORD).await.status, 200);
    assert_eq!(post(&world, LOGIN, "203.0.113.1", NAME, PASSWORD).await.status, 200);
    wait(&world).await;
    assert_eq!(post(&world, REGISTER, "203.0.113.1", "newcomer", PASSWORD).await.status, 200);
}
