//! Searching a cluster whose nodes come and go.

use common::{search::SearchClient, settings::List};
use std::{net::TcpListener, time::Duration};
use test_support::TestIndex;
use tokio::time::timeout;

/// What the cluster says: there is no such index. Asked several times, so that each node
/// is the first one asked.
async fn is_answered(node: String) {
    let index = TestIndex::empty();
    let mut settings = index.settings().clone();
    settings.url = List(vec![node, settings.url.0[0].clone()]);
    let client = SearchClient::new(&settings).unwrap();
    for _ in 0..4 {
        let answer = timeout(Duration::from_secs(3), client.check()).await.unwrap();
        assert!(answer.unwrap_err().contains("is missing"));
    }
}

#[tokio::test]
async fn a_node_that_is_gone_costs_no_search() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    is_answered(format!("http://{address}")).await;
}

#[tokio::test]
async fn a_node_that_is_silent_costs_no_search() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    is_answered(format!("http://{}", silent.local_addr().unwrap())).await;
}
