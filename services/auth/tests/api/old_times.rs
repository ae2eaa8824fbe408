//! Accounts of an old database with times that cannot be shown.

use crate::fixture::{NAME, PASSWORD, USER, World, token_of};

#[actix_web::test]
async fn account_with_infinite_times_can_log_in() {
    let world = World::new().await;
    world.register(NAME, PASSWORD).await;
    for time in ["infinity", "-infinity", "294276-12-31"] {
        let update = format!("UPDATE auth_user SET last_login = '{time}', date_joined = '{time}'");
        world.database.fill(&update).await;
        let reply = world.log_in(NAME, PASSWORD).await;
        assert_eq!(reply.status, 200, "{time}: {}", reply.body);
        world.database.fill(&update).await;
        let reply = world.send(reqwest::Method::GET, USER, &token_of(&reply)).await;
        assert_eq!(reply.status, 200, "{time}: {}", reply.body);
    }
}
