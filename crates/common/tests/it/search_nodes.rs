//! Requests to a cluster with a failed node.

use common::{search::SearchClient, settings::List};
use std::{net::TcpListener, time::Duration};
use test_support::TestIndex;
use tokio::time::timeout;

/// Sends several requests, so that each node is the first one of a request. The working node
/// responds that the index is missing.
async fn assert_working_node_responds(failed_node: String) {
    let index = TestIndex::empty();
    let mut settings = index.settings().clone();
    settings.url = List(vec![failed_node, settings.url.0[0].clone()]);
    let client = SearchClient::new(&settings).unwrap();
    for _ in 0..4 {
        let result = timeout(Duration::from_secs(3), client.check()).await.unwrap();
        assert!(result.unwrap_err().contains("is missing"));
    }
}

#[tokio::test]
async fn requests_with_a_stopped_node_succeed() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_working_node_responds(format!("http://{address}")).await;
}

#[tokio::test]
async fn requests_with_an_unresponsive_node_succeed() {
    let unresponsive = TcpListener::bind("127.0.0.1:0").unwrap();
    assert_working_node_responds(format!("http://{}", unresponsive.local_addr().unwrap())).await;
}
