//! The search index, replaced under searches.

use common::search::{Query, Range, Search, SearchClient, SearchError, Sort};
use serde::de::IgnoredAny;
use std::sync::atomic::{AtomicBool, Ordering};
use test_support::{TestIndex, VideoBuilder, video};

async fn count(client: &SearchClient) -> Result<usize, SearchError> {
    let everything = Query::range("idx", Range::at_least(0.0));
    let search = Search::hits(everything, Sort::descending("upload_time"), 10, &["idx"]);
    let [answer] = client.search_all([search]).await?;
    Ok(answer.documents::<IgnoredAny>()?.len())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_index_is_replaced_without_costing_a_search() {
    let documents: Vec<_> =
        (1..=3).map(|idx| video(idx, 1, 12, 0)).map(VideoBuilder::document).collect();
    let index = TestIndex::with(&documents).await;
    let replaced = std::sync::Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (client, replaced) = (index.client(), replaced.clone());
            tokio::spawn(async move {
                let mut searches = 0;
                while !replaced.load(Ordering::Relaxed) {
                    assert_eq!(count(&client).await.unwrap(), 3);
                    searches += 1;
                }
                searches
            })
        })
        .collect();
    let client = index.client();
    for version in 2..12 {
        let name = client.create_index(&version.to_string()).await.expect("an index");
        client.index_documents(&name, &documents).await.expect("documents");
        client.finish_index(&name).await.expect("they can be found");
        client.swap_alias(&name).await.expect("the alias");
    }
    replaced.store(true, Ordering::Relaxed);
    for reader in readers {
        assert!(reader.await.expect("every search is answered") > 0);
    }
}
