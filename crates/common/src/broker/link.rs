//! The one connection of a process.

use super::connect::{BrokerError, connect};
use crate::{http::Dependency, settings::RabbitmqSettings};
use lapin::{Channel, Connection, options::ConfirmSelectOptions};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{runtime::Handle, sync::Mutex};
use tracing::Instrument;

/// After a connection that could not be made, others who want one are told the same for so
/// long: they must not wait one after the other.
const PAUSE: Duration = Duration::from_millis(500);

/// RabbitMQ, over one connection. Cloning shares it.
#[derive(Clone)]
pub struct Broker(Arc<Inner>);

struct Inner {
    settings: RabbitmqSettings,
    name: &'static str,
    runtime: Handle,
    link: Mutex<Link>,
}

/// The state of the connection.
enum Link {
    /// Nobody has asked for it yet, or it is gone.
    Down,
    /// It could not be made.
    Refused(BrokerError, Instant),
    Up {
        connection: Arc<Connection>,
        /// The channel that all share who need none of their own.
        channel: Channel,
    },
}

impl Link {
    fn is_up(&self) -> bool {
        match self {
            Self::Up { connection, channel } => {
                connection.status().connected() && channel.status().connected()
            }
            Self::Down | Self::Refused(..) => false,
        }
    }
}

impl Broker {
    /// The broker of these settings; the connection shows up there as `name`, and lives on
    /// `runtime`. Connects to nothing yet.
    pub fn new(settings: &RabbitmqSettings, name: &'static str, runtime: Handle) -> Self {
        let (settings, link) = (settings.clone(), Mutex::new(Link::Down));
        Self(Arc::new(Inner { settings, name, runtime, link }))
    }

    /// The channel that all share, with publisher confirms. An error in bounded time.
    ///
    /// A refusal closes a channel (AMQP 0-9-1): who may be refused opens one of its own.
    pub async fn channel(&self) -> Result<Channel, BrokerError> {
        self.with_link(|_, channel| channel.clone()).await
    }

    /// A new channel, with publisher confirms. It closes when it is dropped.
    pub async fn open_channel(&self) -> Result<Channel, BrokerError> {
        let opening = async {
            let connection = self.with_link(|connection, _| connection.clone()).await?;
            let channel = connection.create_channel().await?;
            channel.confirm_select(ConfirmSelectOptions::default()).await?;
            Ok(channel)
        };
        self.in_time(opening).await
    }

    /// The result of `action`; an error where it does not come within the time that
    /// connecting may take.
    ///
    /// A broker that left a question open is not asked again over the same connection: what
    /// it says next could be the answer to that one.
    pub async fn in_time<T>(
        &self,
        action: impl Future<Output = Result<T, BrokerError>>,
    ) -> Result<T, BrokerError> {
        let limit = self.0.settings.connect_ms.duration();
        if let Ok(outcome) = tokio::time::timeout(limit, action).await {
            return outcome;
        }
        *self.0.link.lock().await = Link::Down;
        Err(BrokerError::TimedOut)
    }

    /// RabbitMQ as `/health/ready` sees it.
    pub fn dependency(&self) -> Dependency {
        let broker = self.clone();
        Dependency::new("rabbitmq", move || {
            let broker = broker.clone();
            async move { broker.channel().await.map(drop).map_err(|_| "does not answer".to_owned()) }
        })
    }

    /// Runs `action` in the background and in the current span, also after its caller is gone.
    pub fn spawn(&self, action: impl Future<Output = ()> + Send + 'static) {
        self.0.runtime.spawn(action.in_current_span());
    }

    async fn with_link<T>(
        &self,
        take: impl FnOnce(&Arc<Connection>, &Channel) -> T,
    ) -> Result<T, BrokerError> {
        let mut link = self.0.link.lock().await;
        if let Link::Refused(error, when) = &*link
            && when.elapsed() < PAUSE
        {
            return Err(error.clone());
        }
        if !link.is_up() {
            *link = self.connect().await;
        }
        match &*link {
            Link::Up { connection, channel } => Ok(take(connection, channel)),
            Link::Refused(error, _) => Err(error.clone()),
            Link::Down => Err(BrokerError::TimedOut),
        }
    }

    async fn connect(&self) -> Link {
        let inner = self.0.clone();
        let connecting = self.0.runtime.spawn(async move {
            let connection = connect(&inner.settings, inner.name).await?;
            let opening = async {
                let channel = connection.create_channel().await?;
                channel.confirm_select(ConfirmSelectOptions::default()).await?;
                Ok::<_, lapin::Error>(channel)
            };
            let opened = tokio::time::timeout(inner.settings.connect_ms.duration(), opening).await;
            let channel = opened.map_err(|_| BrokerError::TimedOut)??;
            Ok((connection, channel))
        });
        match connecting.await.unwrap_or(Err(BrokerError::TimedOut)) {
            Ok((connection, channel)) => Link::Up { connection: Arc::new(connection), channel },
            Err(error) => Link::Refused(error, Instant::now()),
        }
    }
}
