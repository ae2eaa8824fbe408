//! Number of statements per request, which does not depend on the number of rows.

use crate::fixture::{LIST, PERIOD};
use test_support::{Protocol, Proxy, TestDatabase, TestService};

#[actix_web::test]
async fn request_sends_a_fixed_number_of_statements_and_a_cached_one_none() {
    let database = TestDatabase::create().await;
    database.fill(include_str!("fixture.sql")).await;
    let server = test_support::settings().postgres;
    let proxy = Proxy::start(&format!("{}:{}", server.host, server.port), Protocol::Postgres);
    let port = proxy.port().to_string();
    let settings = [
        database.setting(),
        ("CREATETREND_POSTGRES__HOST", "127.0.0.1"),
        ("CREATETREND_POSTGRES__PORT", &port),
        ("CREATETREND_POSTGRES__POOL_SIZE", "1"),
        ("CREATETREND_CACHE__VERSION_CHECK_MS", "3600000"),
    ];
    let service = TestService::start("channel", channel::service, &settings);
    // Opens the connection and reads the data version.
    assert_eq!(service.get(&format!("{LIST}999999/")).await.status, 404);
    proxy.take_count();
    for (path, statements) in [
        (LIST.to_owned(), 4),
        (format!("{LIST}?youtuber_name=kitchen"), 3),
        // The number of all channels is cached.
        (format!("{LIST}?page=9"), 1),
        (format!("{LIST}1/"), 8),
        (format!("{PERIOD}1/?start=2000-01-01&end=2100-01-01"), 5),
        (format!("{PERIOD}1/"), 2),
        ("/api/channels/1/".to_owned(), 1),
    ] {
        let status = service.get(&path).await.status;
        assert_eq!(proxy.take_count(), statements, "{path}: {status}");
        if status == 200 {
            service.get(&path).await;
            assert_eq!(proxy.take_count(), 0, "{path}, cached");
        }
    }
}
