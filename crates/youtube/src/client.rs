//! Requests: authentication, deadlines, retries and quota.

use crate::{
    error::{Error, classify},
    quota::{Bucket, Ledger, Method},
};
use backon::{ExponentialBuilder, Retryable};
use bytes::{Bytes, BytesMut};
use memchr::memmem::Finder;
use reqwest::{
    Response, StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use secrecy::{ExposeSecret, SecretString};
use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::time::timeout;
use url::Url;

/// The header of the key: unlike a query parameter, it is not part of URLs in errors and logs.
static KEY_HEADER: HeaderName = HeaderName::from_static("x-goog-api-key");

/// Google compresses responses only for user agents that contain "gzip".
const USER_AGENT: &str = concat!("CreateTrend/", env!("CARGO_PKG_VERSION"), " (gzip)");

/// Maximum size of a body in bytes. A page of 50 videos has about 300 kB.
const MAX_BODY: usize = 16 << 20;

/// Configuration of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Base URL of the API.
    pub api_url: String,
    /// URL of feeds, without query.
    pub feed_url: String,
    /// Timeout of one attempt.
    pub request_timeout: Duration,
    /// Timeout of a call, including retries and the delays between them.
    pub total_timeout: Duration,
    /// Attempts of a call; each costs quota.
    pub max_attempts: usize,
    /// Delay before the first retry; doubled for each further one, with jitter.
    pub min_backoff: Duration,
    /// Maximum delay, unless `Retry-After` is longer.
    pub max_backoff: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_url: "https://www.googleapis.com/youtube/v3".into(),
            feed_url: "https://www.youtube.com/feeds/videos.xml".into(),
            request_timeout: Duration::from_secs(20),
            total_timeout: Duration::from_mins(1),
            max_attempts: 4,
            min_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(15),
        }
    }
}

/// The client cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Not an absolute URL.
    #[error("invalid URL {url:?}: {source}")]
    Url {
        /// The text that cannot be parsed.
        url: String,
        /// The reason of the parser.
        source: url::ParseError,
    },
    /// The key is empty or has characters that a header cannot have.
    #[error("the API key is empty or has characters other than visible ASCII")]
    Key,
    /// The TLS backend cannot be initialized.
    #[error("the HTTP client cannot be built")]
    Http(#[source] reqwest::Error),
}

/// A client of the API and of feeds. Clones share connections and ledger.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    pub(crate) api_url: Url,
    pub(crate) feed_url: Url,
    key: SecretString,
    /// Marked as sensitive, so that logs of headers omit it.
    key_header: HeaderValue,
    ledger: Arc<dyn Ledger>,
    config: Arc<Config>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Client {
    /// A client that reserves its requests in `ledger`.
    pub fn new(
        config: Config,
        key: &SecretString,
        ledger: Arc<dyn Ledger>,
    ) -> Result<Self, BuildError> {
        let key = SecretString::from(key.expose_secret().trim().to_owned());
        let is_visible = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        if key.expose_secret().is_empty() || !is_visible(key.expose_secret()) {
            return Err(BuildError::Key);
        }
        let mut key_header =
            HeaderValue::from_str(key.expose_secret()).map_err(|_| BuildError::Key)?;
        key_header.set_sensitive(true);
        let (api_url, feed_url) = (parse_url(&config.api_url)?, parse_url(&config.feed_url)?);
        // A redirect would send the key to another host.
        let mut http = reqwest::Client::builder().user_agent(USER_AGENT).redirect(Policy::none());
        if api_url.scheme() != "https" {
            // A local simulator; without TLS, a proxy would see the key.
            http = http.no_proxy();
        }
        let http = http.build().map_err(BuildError::Http)?;
        let config = Arc::new(config);
        Ok(Self { http, api_url, feed_url, key, key_header, ledger, config })
    }

    /// Sends a GET request to the API and parses the body, with retries.
    pub(crate) async fn get<T>(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        parse: impl Fn(&[u8]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut url = self.api_url.clone();
        url.set_path(&format!("{}/{path}", self.api_url.path().trim_end_matches('/')));
        url.query_pairs_mut().extend_pairs(query);
        let headers = HeaderMap::from_iter([(KEY_HEADER.clone(), self.key_header.clone())]);
        self.retrying(method, || async {
            let response = self.send(method, url.clone(), headers.clone()).await?;
            let (status, headers) = (response.status(), response.headers().clone());
            let body = self.redact(read_body(response).await?);
            if status == StatusCode::OK {
                return parse(&body);
            }
            let bucket = method.cost().map_or(Bucket::Units, |cost| cost.bucket);
            Err(classify(status.as_u16(), retry_after(&headers), &body, bucket))
        })
        .await
    }

    /// Repeats an attempt while it fails with a transient error, within the deadline.
    pub(crate) async fn retrying<T, F: Future<Output = Result<T, Error>>>(
        &self,
        method: Method,
        mut attempt: impl FnMut() -> F,
    ) -> Result<T, Error> {
        let (start, total) = (Instant::now(), self.config.total_timeout);
        let reserved_attempt = || {
            let attempt = attempt();
            async move {
                self.reserve(method).await?;
                let started = Instant::now();
                let result = attempt.await;
                let error = result.as_ref().err().map(Error::kind);
                tracing::debug!(%method, elapsed = ?started.elapsed(), error, "request");
                result
            }
        };
        let backoff = ExponentialBuilder::new()
            .with_min_delay(self.config.min_backoff)
            .with_max_delay(self.config.max_backoff)
            .with_max_times(self.config.max_attempts.saturating_sub(1))
            .with_jitter();
        let calls = reserved_attempt
            .retry(backoff)
            .when(Error::is_retryable)
            .adjust(|error, delay| {
                let delay = delay?.max(error.retry_after().unwrap_or_default());
                // No retry if the deadline passes before it.
                (start.elapsed() + delay < total).then_some(delay)
            })
            .notify(|error, delay| tracing::info!(%method, %error, ?delay, "retrying"));
        let result = timeout(total, calls).await.map_err(|_| Error::Timeout(total))?;
        if let Err(Error::QuotaExceeded { bucket, .. }) = &result {
            self.exhaust(*bucket, total.saturating_sub(start.elapsed())).await;
        }
        result
    }

    async fn reserve(&self, method: Method) -> Result<(), Error> {
        match method.cost() {
            Some(cost) => Ok(self.ledger.reserve(cost).await?),
            None => Ok(()),
        }
    }

    async fn exhaust(&self, bucket: Bucket, limit: Duration) {
        match timeout(limit, self.ledger.exhaust(bucket)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%bucket, %error, "cannot mark a bucket as exhausted"),
            Err(_) => tracing::warn!(%bucket, "cannot mark a bucket as exhausted: timeout"),
        }
    }

    /// Sends one request.
    pub(crate) async fn send(
        &self,
        method: Method,
        url: Url,
        headers: HeaderMap,
    ) -> Result<Response, Error> {
        tracing::trace!(%method, %url, "sending");
        let request = self.http.get(url).headers(headers).timeout(self.config.request_timeout);
        request.send().await.map_err(network)
    }

    /// Removes the key, which a server can repeat in a message.
    fn redact(&self, body: Bytes) -> Bytes {
        let key = Finder::new(self.key.expose_secret());
        if key.find(&body).is_none() {
            return body;
        }
        let (mut redacted, mut rest) = (Vec::with_capacity(body.len()), &body[..]);
        while let Some(at) = key.find(rest) {
            redacted.extend_from_slice(&rest[..at]);
            redacted.extend_from_slice(b"[redacted]");
            rest = &rest[at + key.needle().len()..];
        }
        redacted.extend_from_slice(rest);
        redacted.into()
    }
}

fn parse_url(text: &str) -> Result<Url, BuildError> {
    Url::parse(text).map_err(|source| BuildError::Url { url: text.to_owned(), source })
}

/// URLs contain no secret, but are too long for an error message.
fn network(error: reqwest::Error) -> Error {
    Error::Network(error.without_url())
}

/// The delay of `Retry-After` in seconds; a date is ignored.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

pub(crate) async fn read_body(mut response: Response) -> Result<Bytes, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(network)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_BODY {
            let reason = format!("the body has more than {MAX_BODY} bytes");
            return Err(Error::InvalidResponse { reason, is_truncated: false });
        }
    }
    Ok(body.freeze())
}
