//! Many logins at once.

use crate::fixture::TestContext;
use futures_util::future::{join, join_all};

#[actix_web::test]
async fn beyond_its_bound_a_storm_is_told_to_come_back_and_others_are_served() {
    let context = TestContext::with_settings(&[
        ("CREATETREND_PASSWORDS__COST", "11"),
        ("CREATETREND_PASSWORDS__MAX_CONCURRENT", "1"),
        ("CREATETREND_PASSWORDS__MAX_QUEUED", "2"),
        ("CREATETREND_AUTH__ADDRESS__FREE_ATTEMPTS", "1000"),
    ])
    .await;
    let names: Vec<String> = (0..24).map(|number| format!("nobody-{number}")).collect();
    let storm = join_all(names.iter().map(|name| context.log_in(name, "wrong")));
    let others = join_all((0..8).map(|_| context.service.get("/health/live")));
    let (replies, others) = join(storm, others).await;
    assert!(others.iter().all(|reply| reply.status == 200));
    let (hashed, refused): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 400);
    assert!(hashed.len() >= 3 && !refused.is_empty(), "{} were hashed", hashed.len());
    for reply in refused {
        let seen = (reply.status.as_u16(), reply.header("retry-after"));
        assert_eq!(seen, (503, Some("1")), "{}", reply.body);
    }
    // Only those that were made count as attempts.
    let made = i64::try_from(hashed.len()).unwrap();
    let counted = "SELECT sum(failures)::int8 FROM auth_throttle WHERE key LIKE";
    assert_eq!(context.count(&format!("{counted} 'login:%'")).await, made);
    assert_eq!(context.count(&format!("{counted} 'account_subnet:%'")).await, made);
}
