//! An isolated index.

use crate::{settings_with, unique};
use common::{
    keywords::keyword_key,
    search::{KeywordDocument, SearchClient, SearchError, VideoDocument},
    settings::ElasticsearchSettings,
};

/// A unique index prefix; its indexes are deleted on drop.
pub struct TestIndex {
    settings: ElasticsearchSettings,
}

impl TestIndex {
    /// Creates an index of `documents`, with its alias.
    pub async fn with_documents(documents: &[VideoDocument]) -> Self {
        let index = Self::empty();
        let client = index.client();
        let name = client.create_index("1").await.expect("the index is created");
        client.update_documents(&name, documents, &[]).await.expect("the documents are indexed");
        client.finish_index(&name).await.expect("the index is refreshed");
        client.swap_alias(&name).await.expect("the alias is set");
        index
    }

    /// Adds an index of suggested keywords with their popularity.
    pub async fn suggest(&self, keywords: &[(&str, i32)]) {
        let client = self.client().for_keyword_index();
        let name = client.create_index("1").await.expect("the index is created");
        let documents = (1..).zip(keywords).filter_map(|(idx, (keyword, popularity))| {
            let key = keyword_key(keyword);
            Some((idx, KeywordDocument::new(&key, (*keyword).to_owned(), *popularity)?))
        });
        let documents: Vec<_> = documents.collect();
        client.update_keywords(&name, &documents, &[]).await.expect("the keywords are indexed");
        client.finish_index(&name).await.expect("the index is refreshed");
        client.swap_alias(&name).await.expect("the alias is set");
    }

    /// A prefix without an index.
    pub fn empty() -> Self {
        let prefix = unique("test-") + "-";
        let settings = settings_with(&[
            ("CREATETREND_ELASTICSEARCH__INDEX_PREFIX", &prefix),
            // Tests of other crates load the server.
            ("CREATETREND_ELASTICSEARCH__SEARCH_TIMEOUT_MS", "60000"),
        ]);
        Self { settings: settings.common.elasticsearch }
    }

    /// The environment variable that selects it in a service.
    pub fn setting(&self) -> (&'static str, &str) {
        ("CREATETREND_ELASTICSEARCH__INDEX_PREFIX", &self.settings.index_prefix)
    }

    /// The settings with its prefix.
    pub fn settings(&self) -> &ElasticsearchSettings {
        &self.settings
    }

    /// A client of these settings.
    pub fn client(&self) -> SearchClient {
        SearchClient::new(&self.settings).expect("settings of Elasticsearch")
    }
}

impl Drop for TestIndex {
    fn drop(&mut self) {
        let client = self.client();
        // In its own runtime: the test's may be shutting down.
        let deletion = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                for client in [client.for_keyword_index(), client] {
                    client.delete_indexes(&client.list_indexes().await?).await?;
                }
                Ok::<_, SearchError>(())
            })
        });
        let result = deletion.join();
        assert!(
            std::thread::panicking() || matches!(result, Ok(Ok(()))),
            "the indexes of the test could not be deleted: {result:?}"
        );
    }
}
