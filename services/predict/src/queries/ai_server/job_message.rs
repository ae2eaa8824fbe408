//! The message of a job.

use super::PredictionRequest;
use common::{
    broker::Message,
    prediction::{
        CATEGORY_HEADER, CHANNEL_HEADER, CHANNEL_IDX_HEADER, DIRECT_QUEUE, REPLY_TO, SHORT_HEADER,
        UPLOADS_HEADER,
    },
};
use lapin::types::{AMQPValue, FieldTable};
use std::time::Duration;

/// A serialized job with its headers.
pub(super) struct JobMessage {
    body: Vec<u8>,
    headers: FieldTable,
    ttl: Duration,
}

impl JobMessage {
    pub(super) fn new(request: PredictionRequest, ttl: Duration) -> Self {
        let body = serde_json::to_vec(&request.job).unwrap_or_default();
        let category = request.category.map(|number| AMQPValue::LongInt(number.into()));
        let channel_id = request.channel_id.map(|id| AMQPValue::LongString(id.into()));
        let uploads = request.uploads.map(|number| AMQPValue::LongLongInt(number.into()));
        let headers = Message::default()
            .header(CATEGORY_HEADER, category)
            .header(CHANNEL_HEADER, channel_id)
            .header(CHANNEL_IDX_HEADER, request.channel_idx.map(AMQPValue::LongInt))
            .header(UPLOADS_HEADER, uploads)
            .header(SHORT_HEADER, request.is_short.map(AMQPValue::Boolean))
            .headers;
        Self { body, headers, ttl }
    }

    /// Size of the body in bytes.
    pub(super) const fn bytes(&self) -> usize {
        self.body.len()
    }

    /// The message to the queue of the prediction.
    pub(super) fn to_queue<'a>(&'a self, queue: &'a str) -> Message<'a> {
        let (headers, ttl) = (self.headers.clone(), Some(self.ttl));
        Message { headers, ttl, ..Message::new(queue, &self.body) }
    }

    /// The message to `ai-worker` with a direct reply. It is lost if RabbitMQ restarts, as is the
    /// consumer of the reply.
    pub(super) fn with_direct_reply<'a>(&'a self, uuid: &'a str) -> Message<'a> {
        Message {
            reply_to: Some(REPLY_TO),
            correlation_id: Some(uuid),
            transient: true,
            ..self.to_queue(DIRECT_QUEUE)
        }
    }
}
