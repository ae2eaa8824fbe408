//! Rate limits of logins and registrations, by account and by address.

use crate::fixture::{LOGIN, NAME, PASSWORD, REGISTER, TestContext, credentials, with_body};
use futures_util::future::join_all;
use test_support::{Reply, client};

/// A context whose blocks outlast every test.
async fn context() -> TestContext {
    TestContext::with_settings(&[
        ("CREATETREND_AUTH__ACCOUNT__FIRST_DELAY_MS", "20000"),
        ("CREATETREND_AUTH__ACCOUNT_NETWORK__FIRST_DELAY_MS", "20000"),
        ("CREATETREND_AUTH__ACCOUNT_ADDRESS__FIRST_DELAY_MS", "20000"),
        ("CREATETREND_AUTH__ADDRESS__FIRST_DELAY_MS", "20000"),
        ("CREATETREND_AUTH__REGISTER__FIRST_DELAY_MS", "20000"),
    ])
    .await
}

/// Sends a request with the client address that the gateway would set.
async fn post(
    context: &TestContext,
    path: &str,
    address: &str,
    name: &str,
    password: &str,
) -> Reply {
    let request = client().post(context.service.url(path)).header("x-forwarded-for", address);
    Reply::send(with_body(request, &credentials(name, password))).await
}

async fn end_blocks(context: &TestContext) {
    context.database.fill("UPDATE auth_throttle SET blocked_until = now()").await;
}

/// The status of a login from `address`.
async fn status(context: &TestContext, address: &str, password: &str) -> u16 {
    post(context, LOGIN, address, NAME, password).await.status.as_u16()
}

#[actix_web::test]
async fn account_is_blocked_for_an_address_after_five_failures_from_it() {
    let context = context().await;
    context.register(NAME, PASSWORD).await;
    for _ in 1..=5 {
        assert_eq!(status(&context, "203.0.113.1", "wrong").await, 400);
    }
    let rejected = post(&context, LOGIN, "203.0.113.1", NAME, PASSWORD).await;
    let seconds: u64 = rejected.header("retry-after").expect("a delay").parse().unwrap();
    assert!((15..=20).contains(&seconds), "{seconds}");
    let redact = |text: &str| text.replace(&seconds.to_string(), "20");
    insta::assert_snapshot!(redact(&rejected.snapshot()));
    // Other addresses and accounts are not blocked.
    assert_eq!(post(&context, LOGIN, "203.0.113.1", "other-user", "wrong").await.status, 400);
    assert_eq!(status(&context, "203.0.113.2", PASSWORD).await, 200);
    end_blocks(&context).await;
    assert_eq!(status(&context, "203.0.113.1", PASSWORD).await, 200);
    // The successful login reset the failures.
    for _ in 1..=5 {
        assert_eq!(status(&context, "203.0.113.1", "wrong").await, 400);
    }
    assert_eq!(status(&context, "203.0.113.1", "wrong").await, 429);
}

#[actix_web::test]
async fn attacker_with_one_network_does_not_lock_out_the_owner() {
    // One address, the /64s of one /56, the /56s of one /48, the /48s of one /32, the /24s of
    // one /16.
    let attackers: [fn(u32) -> String; 5] = [
        |_| "192.0.2.77".to_owned(),
        |number| format!("2001:db8:1:2{number:02x}::1"),
        |number| format!("2001:db8:1:{number:x}00::1"),
        |number| format!("2001:db8:{number:x}:1::1"),
        |number| format!("198.18.{number}.1"),
    ];
    for attacker in attackers {
        let context = context().await;
        context.register(NAME, PASSWORD).await;
        let mut statuses = Vec::new();
        for number in 0..60 {
            statuses.push(status(&context, &attacker(number), "wrong").await);
            if number % 20 == 19 {
                end_blocks(&context).await;
            }
        }
        assert!(statuses.contains(&429), "{statuses:?}");
        for owner in ["198.51.100.9", "2001:db9:2::1"] {
            assert_eq!(status(&context, owner, PASSWORD).await, 200, "{}", attacker(1));
        }
    }
}

#[actix_web::test]
async fn distributed_guessing_blocks_only_unknown_addresses() {
    let context = context().await;
    let home = "198.51.100.9";
    let reply = post(&context, REGISTER, home, NAME, PASSWORD).await;
    assert_eq!(reply.status, 200);
    let office = "2001:db8:2::1";
    assert_eq!(status(&context, office, PASSWORD).await, 200);
    for number in 1..=10 {
        assert_eq!(status(&context, &format!("10.{number}.0.1"), "wrong").await, 400);
    }
    assert_eq!(status(&context, "10.11.0.1", "wrong").await, 429);
    assert_eq!(status(&context, "10.12.0.1", PASSWORD).await, 429);
    for known in [home, office, "2001:db8:2:ff::2"] {
        assert_eq!(status(&context, known, PASSWORD).await, 200, "{known}");
    }
    // Beyond the limit every attempt counts, from any network.
    end_blocks(&context).await;
    assert_eq!(status(&context, "10.1.0.1", "wrong").await, 400);
    assert_eq!(status(&context, "10.12.0.1", PASSWORD).await, 429);
    // Guessing from a known address is limited too.
    for _ in 1..=5 {
        assert_eq!(status(&context, home, "wrong").await, 400);
    }
    assert_eq!(status(&context, home, PASSWORD).await, 429);
    assert_eq!(status(&context, office, PASSWORD).await, 200);
}

#[actix_web::test]
async fn addresses_of_one_network_share_a_limit_per_account() {
    let context = context().await;
    for number in 1..=3 {
        assert_eq!(status(&context, &format!("203.0.113.{number}"), "wrong").await, 400);
    }
    assert_eq!(status(&context, "203.0.113.6", "wrong").await, 429);
    // Networks of one large network share a limit too.
    for number in [114, 115] {
        assert_eq!(status(&context, &format!("203.0.{number}.1"), "wrong").await, 400);
    }
    assert_eq!(status(&context, "203.0.116.1", "wrong").await, 429);
    assert_eq!(status(&context, "203.1.116.1", "wrong").await, 400);
}

#[actix_web::test]
async fn known_addresses_of_an_account_are_limited_and_expire() {
    let context = context().await;
    context.register(NAME, PASSWORD).await;
    let known = "SELECT count(*) FROM auth_known_subnet";
    for number in 1..=25 {
        assert_eq!(status(&context, &format!("10.0.0.{number}"), PASSWORD).await, 200);
    }
    assert_eq!(context.count(known).await, 20);
    let newest = "SELECT count(*) FROM auth_known_subnet WHERE subnet LIKE '10.0.0.%'";
    assert_eq!(context.count(newest).await, 20);
    // Known addresses expire after 90 days.
    let expire = "UPDATE auth_known_subnet SET last_used_at = now() - interval '91 days'";
    context.database.fill(expire).await;
    for number in 1..=10 {
        assert_eq!(status(&context, &format!("10.{number}.0.1"), "wrong").await, 400);
    }
    assert_eq!(status(&context, "10.0.0.25", PASSWORD).await, 429);
}

#[actix_web::test]
async fn unknown_name_in_any_width_is_limited_like_an_account() {
    let context = context().await;
    for name in ["unknown", "ｕｎｋｎｏｗｎ", " unknown", "unknown ", "unknown"] {
        assert_eq!(post(&context, LOGIN, "203.0.113.1", name, "wrong").await.status, 400);
    }
    assert_eq!(post(&context, LOGIN, "203.0.113.1", "unknown", "wrong").await.status, 429);
    let keys = context.text("SELECT string_agg(key, ' ') FROM auth_throttle").await;
    assert!(!keys.contains("unknown"), "{keys}");
}

#[actix_web::test]
async fn concurrent_attempts_do_not_exceed_the_limits() {
    let context = context().await;
    let statuses_of = async |address: fn(u32) -> String| {
        let attempts = (0..16).map(|number| {
            let context = &context;
            async move { status(context, &address(number), "wrong").await }
        });
        let mut statuses = join_all(attempts).await;
        statuses.sort_unstable();
        statuses
    };
    let five_400 = [[400; 5].as_slice(), &[429; 11]].concat();
    assert_eq!(statuses_of(|_| "203.0.113.1".to_owned()).await, five_400, "one address");
    let three_400 = [[400; 3].as_slice(), &[429; 13]].concat();
    let addresses = |number: u32| format!("198.51.100.{number}");
    assert_eq!(statuses_of(addresses).await, three_400, "one network");
    // Two networks have been counted before.
    let eight_400 = [[400; 8].as_slice(), &[429; 8]].concat();
    assert_eq!(statuses_of(|number| format!("10.{number}.0.1")).await, eight_400, "networks");
}

#[actix_web::test]
async fn failed_logins_delete_expired_keys() {
    let context = context().await;
    let expired = "INSERT INTO auth_throttle
        SELECT 'old:' || n, 1, now(), now() - interval '2 hours' FROM generate_series(1, 300) AS n";
    context.database.fill(expired).await;
    for number in 1..=3 {
        assert_eq!(status(&context, &format!("10.{number}.0.1"), "wrong").await, 400);
    }
    let remaining = "SELECT count(*) FROM auth_throttle WHERE key LIKE 'old:%'";
    assert_eq!(context.count(remaining).await, 0);
}

#[actix_web::test]
async fn address_is_blocked_after_twenty_failures_with_any_accounts() {
    let context = context().await;
    context.register(NAME, PASSWORD).await;
    for number in 1..=20 {
        let name = format!("unknown-{number}");
        assert_eq!(post(&context, LOGIN, "203.0.113.1", &name, "wrong").await.status, 400);
        // A success from another address does not reset these failures.
        assert_eq!(post(&context, LOGIN, "203.0.113.2", NAME, PASSWORD).await.status, 200);
    }
    let rejected = post(&context, LOGIN, "203.0.113.1", NAME, PASSWORD).await;
    assert_eq!(
        (rejected.status.as_u16(), rejected.json()["code"].as_str()),
        (429, Some("throttled"))
    );
    assert_eq!(post(&context, LOGIN, "203.0.113.2", NAME, PASSWORD).await.status, 200);
    // Refused attempts do not count for the account.
    for _ in 1..=9 {
        assert_eq!(post(&context, LOGIN, "203.0.113.1", NAME, "wrong").await.status, 429);
    }
    assert_eq!(post(&context, LOGIN, "203.0.113.2", NAME, PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn attempt_rejected_for_the_account_does_not_count_for_the_address() {
    let context = context().await;
    for _ in 1..=5 {
        post(&context, LOGIN, "203.0.113.1", NAME, "wrong").await;
    }
    for _ in 1..=30 {
        assert_eq!(post(&context, LOGIN, "203.0.113.1", NAME, "wrong").await.status, 429);
    }
    assert_eq!(post(&context, LOGIN, "203.0.113.1", "other-user", "wrong").await.status, 400);
    assert_eq!(context.count("SELECT max(failures)::int8 FROM auth_throttle").await, 6);
}

#[actix_web::test]
async fn address_is_blocked_after_thirty_registrations() {
    let context = context().await;
    for number in 1..=30 {
        // Requests that fail validation do not count.
        assert_eq!(post(&context, REGISTER, "203.0.113.1", "abcd", PASSWORD).await.status, 400);
        let name = format!("new-user-{number}");
        assert_eq!(post(&context, REGISTER, "203.0.113.1", &name, PASSWORD).await.status, 200);
    }
    let rejected = post(&context, REGISTER, "203.0.113.1", NAME, PASSWORD).await;
    assert_eq!(rejected.status, 429);
    assert!(rejected.header("retry-after").is_some());
    assert_eq!(post(&context, REGISTER, "203.0.113.2", NAME, PASSWORD).await.status, 200);
    assert_eq!(post(&context, LOGIN, "203.0.113.1", NAME, PASSWORD).await.status, 200);
    end_blocks(&context).await;
    assert_eq!(post(&context, REGISTER, "203.0.113.1", "new-user", PASSWORD).await.status, 200);
}
