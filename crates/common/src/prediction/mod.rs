//! What `predict` and an AI server say to each other over RabbitMQ.
//!
//! predict makes two durable queues, `<uuid>` and `<uuid>_r`, puts the [`Job`] into the
//! first and the uuid into [`REQUESTS`]; the AI server answers into the second with an array
//! of [`DAYS`] or more numbers. What goes beyond that stands in headers, which an AI server
//! or a reader that knows only this much does not see.

mod answer;
mod job;
mod upload;

pub use answer::{AnswerError, Details, Factor, read_views};
pub use job::{Job, Subscribers};
pub use upload::UploadTime;

use uuid::Uuid;

/// The queue of the uuids of jobs, which all AI servers share.
pub const REQUESTS: &str = "request_ai_process";

/// How many days a prediction covers.
pub const DAYS: usize = 31;

/// The header of a job that holds the category: YouTube's number, a long.
pub const CATEGORY: &str = "category";

/// The header of a job that holds the channel: YouTube's id, a long string.
pub const CHANNEL: &str = "channel_id";

/// The header of an answer that holds its [`Details`], as JSON in a long string.
pub const DETAILS: &str = "details";

/// The queue that holds the job `id`.
pub fn job_queue(id: Uuid) -> String {
    id.hyphenated().to_string()
}

/// The queue that the answer to the job `id` goes to.
pub fn answer_queue(id: Uuid) -> String {
    format!("{}_r", id.hyphenated())
}
