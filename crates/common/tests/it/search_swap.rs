//! Replacement of the index during searches.

use common::search::{QueryClause, Range, Search, SearchClient, SearchError, Sort};
use serde::de::IgnoredAny;
use std::sync::atomic::{AtomicBool, Ordering};
use test_support::{TestIndex, VideoBuilder, video};

async fn count_hits(client: &SearchClient) -> Result<usize, SearchError> {
    let all = QueryClause::range("idx", Range::at_least(0.0));
    let search = Search::hits(all, Sort::descending("upload_time"), 10, &["idx"]);
    let [response] = client.search_all([search]).await?;
    Ok(response.documents::<IgnoredAny>()?.len())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn searches_during_swap_alias_succeed() {
    let documents: Vec<_> =
        (1..=3).map(|idx| video(idx, 1, 12, 0)).map(VideoBuilder::document).collect();
    let index = TestIndex::with_documents(&documents).await;
    let is_done = std::sync::Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (client, is_done) = (index.client(), is_done.clone());
            tokio::spawn(async move {
                let mut searches = 0;
                while !is_done.load(Ordering::Relaxed) {
                    assert_eq!(count_hits(&client).await.unwrap(), 3);
                    searches += 1;
                }
                searches
            })
        })
        .collect();
    let client = index.client();
    for version in 2..12 {
        let name = client.create_index(&version.to_string()).await.unwrap();
        client.update_documents(&name, &documents, &[]).await.unwrap();
        client.finish_index(&name).await.unwrap();
        client.swap_alias(&name).await.unwrap();
    }
    is_done.store(true, Ordering::Relaxed);
    for reader in readers {
        assert!(reader.await.unwrap() > 0);
    }
}
