//! An index of a test's own.

use crate::{settings_with, unique};
use common::{
    search::{SearchClient, VideoDocument},
    settings::ElasticsearchSettings,
};

/// An index prefix that no other test has; what is under it is removed with this value.
pub struct TestIndex {
    settings: ElasticsearchSettings,
}

impl TestIndex {
    /// An index that holds `documents`, behind its alias.
    pub async fn with(documents: &[VideoDocument]) -> Self {
        let index = Self::nothing();
        let client = index.client();
        let name = client.create_index("1").await.expect("an index can be made");
        client.store(&name, documents).await.expect("documents can be stored");
        client.finish_index(&name).await.expect("the index can be refreshed");
        client.swap_alias(&name).await.expect("the alias can be set");
        index
    }

    /// No index yet, only its prefix.
    pub fn nothing() -> Self {
        let prefix = unique("test-") + "-";
        let settings = settings_with(&[("CREATETREND_ELASTICSEARCH__INDEX_PREFIX", &prefix)]);
        Self { settings: settings.common.elasticsearch }
    }

    /// The setting that leads a service to it.
    pub fn setting(&self) -> (&'static str, &str) {
        ("CREATETREND_ELASTICSEARCH__INDEX_PREFIX", &self.settings.index_prefix)
    }

    /// The settings that lead to it.
    pub fn settings(&self) -> &ElasticsearchSettings {
        &self.settings
    }

    /// A client of it.
    pub fn client(&self) -> SearchClient {
        SearchClient::new(&self.settings).expect("settings of Elasticsearch")
    }
}

impl Drop for TestIndex {
    fn drop(&mut self) {
        let client = self.client();
        // A runtime of its own: the test's may be ending.
        let removing = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let names = client.versions().await?;
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
