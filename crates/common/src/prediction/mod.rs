//! The protocol between `predict` and AI servers over RabbitMQ.
//!
//! predict declares two durable queues, `<uuid>` and `<uuid>_r`, publishes the [`Job`] to the
//! first and the uuid to [`REQUEST_QUEUE`]; the AI server replies to the second with an array of
//! [`DAYS`] or more numbers. Extensions are in headers, which older peers ignore.
//!
//! If `ai-worker` consumes [`DIRECT_QUEUE`], predict publishes the job there instead and declares no
//! dedicated queues: `correlation_id` is the uuid, and `reply_to` is [`REPLY_TO`], RabbitMQ's
//! direct reply-to, which sends the reply to the channel that published the job.

mod inputs;
mod job;
mod reply;
mod upload;

pub use inputs::{
    optional_subscribers_schema, parse_category, parse_subscribers, parse_uploads,
    subscribers_schema,
};
pub use job::{Job, SubscriberInput};
pub use reply::{Details, Factor, ReplyError, parse_views};
pub use upload::UploadTime;

use uuid::Uuid;

/// The queue of job uuids, shared by all AI servers.
pub const REQUEST_QUEUE: &str = "request_ai_process";

/// The queue of jobs with a direct reply, of `ai-worker` only.
pub const DIRECT_QUEUE: &str = "direct_ai_jobs";

/// The pseudo-queue of direct replies of a channel. RabbitMQ replaces it in `reply_to` by the name
/// for this channel: [`REPLY_TO`], a dot and a token.
pub const REPLY_TO: &str = "amq.rabbitmq.reply-to";

/// Number of days of a prediction.
pub const DAYS: usize = 31;

/// Job header with the YouTube category id, a long.
pub const CATEGORY_HEADER: &str = "category";

/// Job header with the YouTube channel id, a long string.
pub const CHANNEL_HEADER: &str = "channel_id";

/// Job header with the database id (`idx`) of the channel, a long.
pub const CHANNEL_IDX_HEADER: &str = "channel_idx";

/// Job header with the number of videos that the channel has published, a long.
pub const UPLOADS_HEADER: &str = "uploads";

/// Job header: whether the video is a Short (boolean).
pub const SHORT_HEADER: &str = "is_short";

/// Reply header with [`Details`], as JSON in a long string.
pub const DETAILS_HEADER: &str = "details";

/// The queue of the job `id`.
pub fn job_queue(id: Uuid) -> String {
    id.hyphenated().to_string()
}

/// The queue of the reply to the job `id`.
pub fn reply_queue(id: Uuid) -> String {
    format!("{}_r", id.hyphenated())
}
