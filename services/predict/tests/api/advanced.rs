//! `advanced_recommendation`

use crate::fixture::{Shelf, path_of};

#[actix_web::test]
async fn there_is_no_window_of_time() {
    let shelf = Shelf::new().await;
    assert_eq!(shelf.recommended("advanced", &[("keyword_string", "먹방")]).await, [3, 2, 1, 5]);
}

#[actix_web::test]
async fn all_that_must_be_in_is_in_and_nothing_that_must_not() {
    let shelf = Shelf::new().await;
    for (parameters, expected) in [
        (vec![("must_keyword", "라면")], vec![3, 1]),
        (vec![("must_keyword", "먹방 라면")], vec![3, 1]),
        (vec![("must_keyword", "라면 광고")], vec![]),
        (vec![("must_not_keyword", "라면")], vec![2, 5]),
        (vec![("must_not_keyword", "라면 광고")], vec![5]),
        (vec![("must_keyword", "라면"), ("must_not_keyword", "광고")], vec![3, 1]),
        (vec![("must_keyword", ""), ("must_not_keyword", " ")], vec![3, 2, 1, 5]),
    ] {
        let all = [&[("keyword_string", "먹방")], parameters.as_slice()].concat();
        assert_eq!(shelf.recommended("advanced", &all).await, expected, "{parameters:?}");
    }
}

#[actix_web::test]
async fn every_bad_parameter_is_named() {
    let shelf = Shelf::new().await;
    let long = "a".repeat(101);
    let parameters = [("must_keyword", long.as_str()), ("must_not_keyword", "\0")];
    let reply = shelf.service.get(&path_of("advanced", &parameters)).await;
    insta::assert_snapshot!(reply.snapshot());
}
