//! Taking jobs, and answering them.

mod failure;
mod job;
mod outcome;

pub(crate) use outcome::Outcome;

use crate::Worker;
use common::{
    broker::{Broker, BrokerError, Channel, declare},
    http::Stop,
    prediction::REQUESTS,
};
use failure::FAILED;
use futures_util::StreamExt;
use lapin::{
    Consumer,
    message::Delivery,
    options::{BasicCancelOptions, BasicConsumeOptions, BasicQosOptions},
    types::{FieldTable, ShortString},
};
use std::{sync::Arc, time::Duration};
use tokio::{select, task::JoinSet, time::sleep, try_join};

/// Between two tries to take jobs again.
const PAUSE: Duration = Duration::from_millis(500);

/// Takes jobs until it is told to stop, and finishes those it has then. A broker that goes
/// away is waited for.
pub(crate) async fn work(worker: Arc<Worker>, mut stop: Stop) {
    let mut complained = false;
    while let Err(error) = take_jobs(&worker, &mut stop).await {
        if !complained {
            tracing::warn!("no jobs can be taken, trying again: {error}");
        }
        complained = true;
        select! {
            () = stop.told() => break,
            () = sleep(PAUSE) => {}
        }
    }
    tracing::info!("no more jobs are taken");
}

/// Returns once it was told to stop and has finished its jobs, or when the connection is
/// lost: jobs that are under way then go to another worker.
async fn take_jobs(worker: &Arc<Worker>, stop: &mut Stop) -> Result<(), BrokerError> {
    let (channel, mut consumer) =
        worker.broker.in_time(subscribe(&worker.broker, worker.settings.at_once)).await?;
    tracing::info!(at_once = worker.settings.at_once, "taking jobs");
    let mut jobs = JoinSet::new();
    loop {
        select! {
            () = stop.told() => break,
            delivery = consumer.next() => {
                let request = received(delivery)?;
                jobs.spawn(job::handle(worker.clone(), request));
            }
            Some(_) = jobs.join_next() => {}
        }
    }
    let cancelling = channel.basic_cancel(consumer.tag(), BasicCancelOptions::default());
    worker.broker.in_time(async { Ok(cancelling.await?) }).await.ok();
    while jobs.join_next().await.is_some() {}
    // What was sent here and is not begun goes back to the queue.
    channel.close(200, "stopping".into()).await.ok();
    Ok(())
}

fn received(next: Option<lapin::Result<Delivery>>) -> Result<Delivery, BrokerError> {
    // A stream that ends: somebody has removed the queue.
    Ok(next.ok_or_else(|| BrokerError::NotTaken(REQUESTS.to_owned()))??)
}

async fn subscribe(broker: &Broker, at_once: u16) -> Result<(Channel, Consumer), BrokerError> {
    let channel = broker.open_channel().await?;
    try_join!(declare(&channel, REQUESTS), declare(&channel, FAILED))?;
    channel.basic_qos(at_once.max(1), BasicQosOptions::default()).await?;
    let tag = ShortString::default();
    let options = BasicConsumeOptions::default();
    let consumer =
        channel.basic_consume(REQUESTS.into(), tag, options, FieldTable::default()).await?;
    Ok((channel, consumer))
}
