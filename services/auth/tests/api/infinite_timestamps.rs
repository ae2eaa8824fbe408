//! Accounts with timestamps out of range.

use crate::fixture::{NAME, PASSWORD, TestContext, USER, token_of};

#[actix_web::test]
async fn login_with_infinite_timestamps_succeeds() {
    let context = TestContext::new().await;
    context.register(NAME, PASSWORD).await;
    for time in ["infinity", "-infinity", "294276-12-31"] {
        let update = format!("UPDATE auth_user SET last_login = '{time}', date_joined = '{time}'");
        context.database.fill(&update).await;
        let reply = context.log_in(NAME, PASSWORD).await;
        assert_eq!(reply.status, 200, "{time}: {}", reply.body);
        context.database.fill(&update).await;
        let reply = context.send(reqwest::Method::GET, USER, &token_of(&reply)).await;
        assert_eq!(reply.status, 200, "{time}: {}", reply.body);
    }
}
