//! An isolated index.

use crate::{settings_with, unique};
use common::{
    search::{SearchClient, VideoDocument},
    settings::ElasticsearchSettings,
};

/// A unique index prefix; its indexes are deleted on drop.
pub struct TestIndex {
    settings: ElasticsearchSettings,
}

impl TestIndex {
    /// Creates an index of `documents`, with its alias.
    pub async fn with(documents: &[VideoDocument]) -> Self {
        let index = Self::empty();
        let client = index.client();
        let name = client.create_index("1").await.expect("an index can be made");
        client.index_documents(&name, documents).await.expect("documents can be stored");
        client.finish_index(&name).await.expect("the index can be refreshed");
        client.swap_alias(&name).await.expect("the alias can be set");
        index
    }

    /// A prefix without an index.
    pub fn empty() -> Self {
        let prefix = unique("test-") + "-";
        let settings = settings_with(&[("CREATETREND_ELASTICSEARCH__INDEX_PREFIX", &prefix)]);
        Self { settings: settings.common.elasticsearch }
    }

    /// The environment variable for a service.
    pub fn setting(&self) -> (&'static str, &str) {
        ("CREATETREND_ELASTICSEARCH__INDEX_PREFIX", &self.settings.index_prefix)
    }

    /// The settings of its clients.
    pub fn settings(&self) -> &ElasticsearchSettings {
        &self.settings
    }

    /// A client.
    pub fn client(&self) -> SearchClient {
        SearchClient::new(&self.settings).expect("settings of Elasticsearch")
    }
}

impl Drop for TestIndex {
    fn drop(&mut self) {
        let client = self.client();
        // In its own runtime: the test's may be shutting down.
        let removing = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let names = client.list_indexes().await?;
                client.delete_indexes(&names).await
            })
        });
        let removed = removing.join();
        assert!(
            std::thread::panicking() || matches!(removed, Ok(Ok(()))),
            "the test's index could not be removed: {removed:?}"
        );
    }
}
