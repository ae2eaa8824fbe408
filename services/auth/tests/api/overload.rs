//! Concurrent logins beyond the limit of password hashing.

use crate::fixture::TestContext;
use futures_util::future::{join, join_all};

#[actix_web::test]
async fn logins_beyond_the_queue_return_503_while_other_requests_succeed() {
    let context = TestContext::with_settings(&[
        ("CREATETREND_PASSWORDS__COST", "11"),
        ("CREATETREND_PASSWORDS__MAX_CONCURRENT", "1"),
        ("CREATETREND_PASSWORDS__MAX_QUEUED", "2"),
        ("CREATETREND_AUTH__ADDRESS__FREE_ATTEMPTS", "1000"),
    ])
    .await;
    let names: Vec<String> = (0..24).map(|number| format!("unknown-{number}")).collect();
    let logins = join_all(names.iter().map(|name| context.log_in(name, "wrong")));
    let others = join_all((0..8).map(|_| context.service.get("/health/live")));
    let (replies, others) = join(logins, others).await;
    assert!(others.iter().all(|reply| reply.status == 200));
    let (hashed, rejected): (Vec<_>, Vec<_>) =
        replies.iter().partition(|reply| reply.status == 400);
    assert!(hashed.len() >= 3 && !rejected.is_empty(), "{} logins were hashed", hashed.len());
    for reply in rejected {
        let actual = (reply.status.as_u16(), reply.header("retry-after"));
        assert_eq!(actual, (503, Some("1")), "{}", reply.body);
    }
    // Refused logins do not count as attempts.
    let attempts = i64::try_from(hashed.len()).unwrap();
    let sum = "SELECT sum(failures)::int8 FROM auth_throttle WHERE key LIKE";
    assert_eq!(context.count(&format!("{sum} 'login:%'")).await, attempts);
    assert_eq!(context.count(&format!("{sum} 'account_address:%'")).await, attempts);
}
