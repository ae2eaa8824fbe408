//! The connection that a process shares.

use super::{connect::BrokerError, shared_connection::SharedConnection};
use crate::{http::Dependency, settings::RabbitmqSettings};
use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use lapin::Channel;
use parking_lot::Mutex;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{runtime::Handle, time::timeout};

/// After a failed attempt to connect, callers get its error for this long instead of causing
/// further attempts.
const RECONNECT_DELAY: Duration = Duration::from_millis(500);

/// RabbitMQ, over one connection at a time. Cloning shares it.
#[derive(Clone)]
pub struct Broker(Arc<Inner>);

struct Inner {
    settings: RabbitmqSettings,
    name: &'static str,
    runtime: Handle,
    state: Mutex<State>,
}

/// An attempt to connect that any number of callers wait for.
type Connecting = Shared<BoxFuture<'static, Result<Arc<SharedConnection>, BrokerError>>>;

enum State {
    Disconnected,
    Connecting(Connecting),
    Failed(BrokerError, Instant),
    Connected(Arc<SharedConnection>),
}

impl Broker {
    /// A client of RabbitMQ with these settings, which lists its connection as `name`. The
    /// connection is driven by `runtime`, and opened when it is first needed.
    pub fn new(settings: &RabbitmqSettings, name: &'static str, runtime: Handle) -> Self {
        let (settings, state) = (settings.clone(), Mutex::new(State::Disconnected));
        Self(Arc::new(Inner { settings, name, runtime, state }))
    }

    /// A new channel with publisher confirms, in bounded time. It closes when it is dropped.
    ///
    /// A connection on which no channel can be opened is replaced.
    pub async fn open_channel(&self) -> Result<Channel, BrokerError> {
        self.with_timeout(async {
            let connection = self.connection().await?;
            match connection.open_channel().await {
                Err(BrokerError::Amqp(_)) => {
                    connection.retire();
                    self.connection().await?.open_channel().await
                }
                opened => opened,
            }
        })
        .await
    }

    /// The result of `operation`, or [`BrokerError::TimedOut`] after the connect timeout.
    ///
    /// A timeout of one operation does not drop the shared connection: it causes a probe of the
    /// connection, which drops it if that times out too.
    pub async fn with_timeout<T>(
        &self,
        operation: impl Future<Output = Result<T, BrokerError>>,
    ) -> Result<T, BrokerError> {
        if let Ok(result) = timeout(self.timeout(), operation).await {
            return result;
        }
        if let State::Connected(connection) = &*self.0.state.lock()
            && !connection.is_probing()
        {
            let connection = connection.clone();
            self.spawn(async move { connection.probe().await.unwrap_or_default() });
        }
        Err(BrokerError::TimedOut)
    }

    /// How long an operation on RabbitMQ may take.
    pub fn timeout(&self) -> Duration {
        self.0.settings.connect_timeout_ms.duration()
    }

    /// Whether RabbitMQ blocks publishers on the current connection: a memory or disk alarm.
    pub fn is_blocked(&self) -> bool {
        matches!(&*self.0.state.lock(), State::Connected(connection) if connection.is_blocked())
    }

    /// Checks that RabbitMQ responds on the shared connection.
    pub async fn check(&self) -> Result<(), BrokerError> {
        let connection = self.connection().await?;
        // A caller that stops waiting must not cancel the probe.
        let probing = self.0.runtime.spawn(async move { connection.probe().await });
        probing.await.unwrap_or(Err(BrokerError::TimedOut))
    }

    /// RabbitMQ as a dependency of `/health/ready`.
    pub fn dependency(&self) -> Dependency {
        let broker = self.clone();
        Dependency::new("rabbitmq", move || {
            let broker = broker.clone();
            async move {
                broker.check().await.map_err(|error| match error {
                    BrokerError::Blocked => "blocks publishers".to_owned(),
                    _ => "unreachable".to_owned(),
                })
            }
        })
    }

    /// Runs a background task on the runtime of the connection.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.0.runtime.spawn(task);
    }

    /// The usable connection. Callers that need one while it is being opened wait for the same
    /// attempt.
    async fn connection(&self) -> Result<Arc<SharedConnection>, BrokerError> {
        let connecting = match &mut *self.0.state.lock() {
            State::Connected(connection) if connection.is_usable() => return Ok(connection.clone()),
            State::Failed(error, since) if since.elapsed() < RECONNECT_DELAY => {
                return Err(error.clone());
            }
            State::Connecting(connecting) if connecting.peek().is_none() => connecting.clone(),
            state => {
                let connecting = self.connect();
                *state = State::Connecting(connecting.clone());
                connecting
            }
        };
        connecting.await
    }

    /// Starts to connect, independently of the callers that wait for it.
    fn connect(&self) -> Connecting {
        let broker = self.clone();
        let connecting = self.0.runtime.spawn(async move {
            let opened =
                SharedConnection::open(&broker.0.settings, broker.0.name).await.map(Arc::new);
            *broker.0.state.lock() = match &opened {
                Ok(connection) => State::Connected(connection.clone()),
                Err(error) => State::Failed(error.clone(), Instant::now()),
            };
            opened
        });
        async move { connecting.await.unwrap_or(Err(BrokerError::TimedOut)) }.boxed().shared()
    }
}
