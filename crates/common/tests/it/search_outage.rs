//! Searches of an index that is closed, blocked or shares its alias.

use common::{
    Error,
    search::{QueryClause, Range, Search, SearchClient, SearchError, Sort},
};
use reqwest::Method;
use serde::de::IgnoredAny;
use test_support::{TestIndex, VideoBuilder, client, video};

/// An index with one document, its client and its name.
async fn create_index() -> (TestIndex, SearchClient, String) {
    let index = TestIndex::with_documents(&[VideoBuilder::document(video(1, 1, 12, 0))]).await;
    let client = index.client();
    let name = format!("{}-1", client.alias());
    (index, client, name)
}

async fn count_hits(client: &SearchClient) -> Result<usize, SearchError> {
    let all = QueryClause::range("idx", Range::at_least(0.0));
    let search = Search::hits(all, Sort::descending("upload_time"), 10, &["idx"]);
    let [response] = client.search_all([search]).await?;
    Ok(response.documents::<IgnoredAny>()?.len())
}

/// Sends a request without the client under test.
async fn send(index: &TestIndex, method: Method, path: &str, body: &str) {
    let url = format!("{}{path}", index.settings().url.0[0]);
    let request = client().request(method, url).header("content-type", "application/json");
    let response = request.body(body.to_owned()).send().await.unwrap();
    assert!(response.status().is_success(), "{path}: {}", response.text().await.unwrap());
}

async fn assert_unavailable(client: &SearchClient) {
    let error = Error::from(count_hits(client).await.unwrap_err());
    assert!(matches!(error, Error::Unavailable { .. }), "{error:?}");
}

#[tokio::test]
async fn closed_index_is_unavailable_until_it_is_reopened() {
    let (index, client, name) = create_index().await;
    send(&index, Method::POST, &format!("/{name}/_close"), "").await;
    assert_unavailable(&client).await;
    let expected = format!("index `{}` is closed", client.versioned_alias());
    assert_eq!(client.check().await, Err(expected));
    send(&index, Method::POST, &format!("/{name}/_open"), "").await;
    assert_eq!(client.check().await, Ok(()));
    assert_eq!(count_hits(&client).await.unwrap(), 1);
}

#[tokio::test]
async fn closed_index_is_replaced_by_swap_alias() {
    let (index, client, name) = create_index().await;
    send(&index, Method::POST, &format!("/{name}/_close"), "").await;
    let next = client.create_index("2").await.unwrap();
    client.finish_index(&next).await.unwrap();
    client.swap_alias(&next).await.unwrap();
    assert_eq!(client.check().await, Ok(()));
    assert_eq!(client.list_indexes().await.unwrap(), [next]);
}

#[tokio::test]
async fn index_with_read_block_is_unavailable() {
    let (index, client, name) = create_index().await;
    let block = |value: &str| format!("{{\"index.blocks.read\":{value}}}");
    let settings = format!("/{name}/_settings");
    send(&index, Method::PUT, &settings, &block("true")).await;
    assert_unavailable(&client).await;
    assert_eq!(client.check().await, Err("cannot be searched".to_owned()));
    send(&index, Method::PUT, &settings, &block("null")).await;
    assert_eq!(count_hits(&client).await.unwrap(), 1);
}

#[tokio::test]
async fn alias_of_two_indexes_is_unavailable() {
    let (index, client, name) = create_index().await;
    let second = format!("{}-second", client.alias());
    client.create_index("second").await.unwrap();
    client
        .update_documents(&second, &[VideoBuilder::document(video(1, 1, 12, 0))], &[])
        .await
        .unwrap();
    client.finish_index(&second).await.unwrap();
    let alias = client.versioned_alias();
    let add = format!(r#"{{"actions":[{{"add":{{"index":"{second}","alias":"{alias}"}}}}]}}"#);
    send(&index, Method::POST, "/_aliases", &add).await;
    assert_unavailable(&client).await;
    let expected = format!("`{alias}` refers to more than one index");
    assert_eq!(client.check().await, Err(expected));
    client.swap_alias(&name).await.unwrap();
    assert_eq!(count_hits(&client).await.unwrap(), 1);
    assert_eq!(client.check().await, Ok(()));
}
