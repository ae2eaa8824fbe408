//! Fetches and decodes the thumbnails of planned videos and extracts their features, with limits on
//! time and size.

mod resolver;
#[cfg(test)]
mod tests;

use crate::{metrics::Metrics, settings::ThumbnailSettings};
use forecast::ThumbnailFeatures;
use futures_util::StreamExt;
use reqwest::{Client, ClientBuilder, StatusCode, redirect::Policy};
use resolver::PublicResolver;
use std::{sync::Arc, time::Duration};
use thumbnail::{DecodeError, MAX_BYTES, SourceError, ThumbnailSource, decode, extract_features};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};
use tracing::Instrument;
use url::Url;

/// Why the features of a thumbnail cannot be extracted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ThumbnailError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("the host is not allowed")]
    Host,
    #[error("the request failed: {0}")]
    Request(#[from] reqwest::Error),
    /// Including redirects, which are not followed.
    #[error("HTTP {0}")]
    Status(StatusCode),
    #[error("the request timed out")]
    Timeout,
    #[error("the image is larger than 10 MB")]
    TooLarge,
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error("the service is shutting down")]
    Shutdown,
}

impl ThumbnailError {
    /// The value of the metric label `outcome`.
    const fn outcome(&self) -> &'static str {
        match self {
            Self::Source(_) | Self::Host => "rejected",
            Self::Request(_) | Self::Status(_) | Self::Timeout | Self::Shutdown => "unreachable",
            Self::TooLarge | Self::Decode(_) => "unusable",
        }
    }
}

/// Maximum number of thumbnails that are processed in the background; further ones are skipped.
const MAX_BACKGROUND: usize = 4;

/// Extracts the features of thumbnails. Clones share the client and its limits.
#[derive(Clone)]
pub(crate) struct Thumbnails {
    client: Client,
    hosts: Vec<String>,
    fetch_timeout: Duration,
    decoding: Arc<Semaphore>,
    background: Arc<Semaphore>,
    metrics: Metrics,
}

impl Thumbnails {
    pub(crate) fn new(settings: &ThumbnailSettings, metrics: Metrics) -> reqwest::Result<Self> {
        Self::with_client(settings, metrics, Client::builder().dns_resolver(PublicResolver::new()))
    }

    fn with_client(
        settings: &ThumbnailSettings,
        metrics: Metrics,
        client: ClientBuilder,
    ) -> reqwest::Result<Self> {
        // A proxy or a redirect would bypass the checks of hosts and addresses.
        let client = client.no_proxy().redirect(Policy::none()).https_only(true).build()?;
        let hosts = settings.hosts.0.iter().map(|host| host.to_ascii_lowercase()).collect();
        let fetch_timeout = settings.fetch_timeout_ms.duration();
        let decoding =
            Arc::new(Semaphore::new(settings.max_concurrent.clamp(1, Semaphore::MAX_PERMITS)));
        let background = Arc::new(Semaphore::new(MAX_BACKGROUND));
        Ok(Self { client, hosts, fetch_timeout, decoding, background, metrics })
    }

    /// Extracts the features of the image at an https URL or in a data URL.
    pub(crate) async fn features(&self, url: &str) -> Result<ThumbnailFeatures, ThumbnailError> {
        let result = self.extract(url).await;
        match &result {
            Ok(features) => tracing::info!(?features, "extracted the features of a thumbnail"),
            Err(error) => tracing::debug!("cannot extract the features of a thumbnail: {error}"),
        }
        let outcome = result.as_ref().map_or_else(ThumbnailError::outcome, |_| "extracted");
        self.metrics.count_thumbnail(outcome);
        result
    }

    /// Extracts the features in a background task. The logged features are training data for
    /// future models.
    pub(crate) fn extract_in_background(&self, url: &str) {
        let Ok(permit) = self.background.clone().try_acquire_owned() else {
            self.metrics.count_thumbnail("skipped");
            return;
        };
        let (thumbnails, url) = (self.clone(), url.to_owned());
        let task = async move {
            let _permit = permit;
            thumbnails.features(&url).await.ok();
        };
        tokio::spawn(task.in_current_span());
    }

    async fn extract(&self, url: &str) -> Result<ThumbnailFeatures, ThumbnailError> {
        let bytes = match ThumbnailSource::parse(url)? {
            ThumbnailSource::Inline(bytes) => bytes,
            ThumbnailSource::Web(url) => timeout(self.fetch_timeout, self.fetch(url))
                .await
                .map_err(|_| ThumbnailError::Timeout)??,
        };
        let permit =
            self.decoding.clone().acquire_owned().await.map_err(|_| ThumbnailError::Shutdown)?;
        let decoding = spawn_blocking(move || {
            let _permit = permit;
            decode(&bytes).map(|image| extract_features(&image))
        });
        Ok(decoding.await.map_err(|_| ThumbnailError::Shutdown)??)
    }

    async fn fetch(&self, url: Url) -> Result<Vec<u8>, ThumbnailError> {
        if !url.host_str().is_some_and(|host| self.is_allowed(host)) {
            return Err(ThumbnailError::Host);
        }
        let response = self.client.get(url).send().await?;
        if response.status() != StatusCode::OK {
            return Err(ThumbnailError::Status(response.status()));
        }
        let mut bytes = Vec::new();
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            bytes.extend_from_slice(&chunk?);
            if bytes.len() > MAX_BYTES {
                return Err(ThumbnailError::TooLarge);
            }
        }
        Ok(bytes)
    }

    /// Whether a host or one of its parent domains is in the list of allowed hosts.
    fn is_allowed(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.hosts.iter().any(|allowed| {
            let subdomain = host.strip_suffix(allowed.as_str());
            subdomain.is_some_and(|prefix| prefix.is_empty() || prefix.ends_with('.'))
        })
    }
}
