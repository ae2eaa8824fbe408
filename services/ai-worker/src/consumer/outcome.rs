//! The result of handling one request.

/// How a request for a prediction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The answer was sent.
    Answered,
    /// The queue of the answer was deleted before the answer was sent.
    Expired,
    /// The queue of the job does not exist, or is empty.
    NotFound,
    /// The request holds no UUID; it was dropped.
    Malformed,
    /// The job was moved to the queue of failed jobs.
    DeadLettered,
    /// RabbitMQ delivers the request again: an operation on RabbitMQ failed.
    Requeued,
}

impl Outcome {
    /// Every outcome.
    pub(crate) const ALL: [Self; 6] = [
        Self::Answered,
        Self::Expired,
        Self::NotFound,
        Self::Malformed,
        Self::DeadLettered,
        Self::Requeued,
    ];

    /// The value of the label `outcome` in logs and metrics.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Expired => "expired",
            Self::NotFound => "not_found",
            Self::Malformed => "malformed",
            Self::DeadLettered => "dead_lettered",
            Self::Requeued => "requeued",
        }
    }
}
