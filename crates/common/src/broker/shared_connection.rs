//! A connection with its health: whether it still accepts channels.

use super::connect::{BrokerError, Socket, connect};
use crate::settings::RabbitmqSettings;
use futures_util::{FutureExt, StreamExt, stream::BoxStream};
use lapin::{Channel, Connection, Event, options::ConfirmSelectOptions};
use parking_lot::Mutex;
use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::Duration,
};
use tokio::time::timeout;

/// A connection is replaced after RabbitMQ has closed this many of its channels.
///
/// lapin 4.12.3 never clears the error that it stores for the id of a channel which the server
/// closed (`Frames::channels_poison`): the id is used again after a full cycle of the 2,047 ids
/// and opening the channel then fails with the old error.
const MAX_CHANNEL_ERRORS: usize = 256;

pub(super) struct SharedConnection {
    connection: Connection,
    socket: Socket,
    events: Mutex<BoxStream<'static, Event>>,
    channel_errors: AtomicUsize,
    retired: AtomicBool,
    probe: tokio::sync::Mutex<()>,
    limit: Duration,
}

impl SharedConnection {
    pub(super) async fn open(settings: &RabbitmqSettings, name: &str) -> Result<Self, BrokerError> {
        let (connection, socket) = connect(settings, name).await?;
        let events = Mutex::new(connection.events_listener().boxed());
        Ok(Self {
            connection,
            socket,
            events,
            channel_errors: AtomicUsize::new(0),
            retired: AtomicBool::new(false),
            probe: tokio::sync::Mutex::new(()),
            limit: settings.connect_timeout_ms.duration(),
        })
    }

    /// Whether new channels may be opened on it.
    pub(super) fn is_usable(&self) -> bool {
        self.connection.status().connected()
            && !self.retired.load(Ordering::Relaxed)
            && self.count_channel_errors() < MAX_CHANNEL_ERRORS
    }

    /// Whether RabbitMQ accepts no messages at present.
    pub(super) fn is_blocked(&self) -> bool {
        self.connection.status().blocked()
    }

    /// Opens no further channels on it. Channels in use keep the connection open; it closes
    /// with the last of them.
    pub(super) fn retire(&self) {
        self.retired.store(true, Ordering::Relaxed);
    }

    /// A new channel with publisher confirms.
    pub(super) async fn open_channel(&self) -> Result<Channel, BrokerError> {
        if self.is_blocked() {
            return Err(BrokerError::Blocked);
        }
        let channel = self.connection.create_channel().await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        Ok(channel)
    }

    /// Checks that RabbitMQ still responds on this connection by opening and closing a channel.
    /// If it does not, disconnects: channels and consumers then fail immediately. Concurrent calls
    /// run one after the other.
    pub(super) async fn probe(&self) -> Result<(), BrokerError> {
        let _running = self.probe.lock().await;
        let probing = async {
            let channel = self.open_channel().await?;
            channel.close(200, "probe".into()).await?;
            Ok(())
        };
        let result = timeout(self.limit, probing).await.unwrap_or(Err(BrokerError::TimedOut));
        match &result {
            // RabbitMQ responds; lapin writes nothing while it is blocked.
            Ok(()) | Err(BrokerError::Blocked) => {}
            Err(BrokerError::TimedOut) if self.is_blocked() => {
                return Err(BrokerError::Blocked);
            }
            Err(error) => {
                tracing::warn!("RabbitMQ is unresponsive, disconnecting: {error}");
                self.retire();
                self.socket.shutdown();
            }
        }
        result
    }

    pub(super) fn is_probing(&self) -> bool {
        self.probe.try_lock().is_err()
    }

    fn count_channel_errors(&self) -> usize {
        let mut events = self.events.lock();
        while let Some(Some(event)) = events.next().now_or_never() {
            if matches!(event, Event::Error(error) if error.is_amqp_soft_error()) {
                self.channel_errors.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.channel_errors.load(Ordering::Relaxed)
    }
}
