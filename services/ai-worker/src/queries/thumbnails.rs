//! Pictures of planned videos: fetched, decoded and described, within bounds.

mod resolver;
#[cfg(test)]
mod tests;

use crate::{metrics::Metrics, settings::ThumbnailSettings};
use futures_util::StreamExt;
use reqwest::{Client, ClientBuilder, StatusCode, redirect::Policy};
use resolver::PublicOnly;
use std::{sync::Arc, time::Duration};
use thumbnail::{DecodeError, Description, MAX_BYTES, Source, SourceError, decode, describe};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};
use tracing::Instrument;
use url::Url;

/// Why a picture could not be described.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoPicture {
    /// It is nowhere.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Its host is not one that pictures are fetched from.
    #[error("the host is not on the list")]
    Host,
    /// It did not come.
    #[error("it cannot be fetched: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// Something else came: a redirect, for one.
    #[error("HTTP {0}")]
    Status(StatusCode),
    /// It did not come in time.
    #[error("it does not come in time")]
    Late,
    /// What came is too large.
    #[error("it is larger than 10 MB")]
    TooLarge,
    /// What came is none.
    #[error(transparent)]
    NotAPicture(#[from] DecodeError),
    /// There is no thread to decode it on any more.
    #[error("it cannot be decoded now")]
    Stopping,
}

impl NoPicture {
    /// For counting.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Source(_) | Self::Host => "refused",
            Self::Unreachable(_) | Self::Status(_) | Self::Late | Self::Stopping => "unreachable",
            Self::TooLarge | Self::NotAPicture(_) => "unusable",
        }
    }
}

/// So many pictures that nobody waits for are looked at at a time; more are passed over.
const LATER: usize = 4;

/// Fetches and describes pictures. Cloning shares the client and its bounds.
#[derive(Clone)]
pub(crate) struct Thumbnails {
    client: Client,
    hosts: Vec<String>,
    limit: Duration,
    decoding: Arc<Semaphore>,
    later: Arc<Semaphore>,
    metrics: Metrics,
}

impl Thumbnails {
    /// As the settings say.
    pub(crate) fn new(settings: &ThumbnailSettings, metrics: Metrics) -> reqwest::Result<Self> {
        Self::with_client(settings, metrics, Client::builder().dns_resolver(PublicOnly::new()))
    }

    fn with_client(
        settings: &ThumbnailSettings,
        metrics: Metrics,
        client: ClientBuilder,
    ) -> reqwest::Result<Self> {
        // A proxy would connect wherever it likes, a redirect lead there.
        let client = client.no_proxy().redirect(Policy::none()).https_only(true).build()?;
        let hosts = settings.hosts.0.iter().map(|host| host.to_ascii_lowercase()).collect();
        let limit = settings.fetch_timeout_ms.duration();
        let decoding =
            Arc::new(Semaphore::new(settings.max_concurrent.clamp(1, Semaphore::MAX_PERMITS)));
        let later = Arc::new(Semaphore::new(LATER));
        Ok(Self { client, hosts, limit, decoding, later, metrics })
    }

    /// What the picture at `text`, an https URL or a data URL, looks like.
    pub(crate) async fn describe(&self, text: &str) -> Result<Description, NoPicture> {
        let described = self.try_to_describe(text).await;
        match &described {
            Ok(description) => tracing::info!(?description, "the picture of a planned video"),
            Err(error) => tracing::debug!("a planned video has no picture: {error}"),
        }
        let outcome = described.as_ref().map_or_else(NoPicture::kind, |_| "described");
        self.metrics.count_thumbnail(outcome);
        described
    }

    /// Looks at a picture that no answer waits for: what is noted of pictures is what a later
    /// model can be trained on.
    pub(crate) fn note(&self, text: &str) {
        let Ok(place) = self.later.clone().try_acquire_owned() else {
            self.metrics.count_thumbnail("skipped");
            return;
        };
        let (thumbnails, text) = (self.clone(), text.to_owned());
        let describing = async move {
            let _place = place;
            thumbnails.describe(&text).await.ok();
        };
        tokio::spawn(describing.in_current_span());
    }

    async fn try_to_describe(&self, text: &str) -> Result<Description, NoPicture> {
        let bytes = match Source::parse(text)? {
            Source::Inline(bytes) => bytes,
            Source::Web(url) => {
                timeout(self.limit, self.fetch(url)).await.map_err(|_| NoPicture::Late)??
            }
        };
        let turn = self.decoding.clone().acquire_owned().await.map_err(|_| NoPicture::Stopping)?;
        let decoding = spawn_blocking(move || {
            let _turn = turn;
            decode(&bytes).map(|picture| describe(&picture))
        });
        Ok(decoding.await.map_err(|_| NoPicture::Stopping)??)
    }

    async fn fetch(&self, url: Url) -> Result<Vec<u8>, NoPicture> {
        if !url.host_str().is_some_and(|host| self.is_listed(host)) {
            return Err(NoPicture::Host);
        }
        let response = self.client.get(url).send().await?;
        if response.status() != StatusCode::OK {
            return Err(NoPicture::Status(response.status()));
        }
        let mut bytes = Vec::new();
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            bytes.extend_from_slice(&chunk?);
            if bytes.len() > MAX_BYTES {
                return Err(NoPicture::TooLarge);
            }
        }
        Ok(bytes)
    }

    /// A host of the list, or one below it.
    fn is_listed(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.hosts.iter().any(|listed| {
            let start = host.strip_suffix(listed.as_str());
            start.is_some_and(|start| start.is_empty() || start.ends_with('.'))
        })
    }
}
