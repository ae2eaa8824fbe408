//! Outcomes of prediction requests.

/// Outcome of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The reply was sent.
    Succeeded,
    /// The reply queue was deleted before the reply was sent.
    Expired,
    /// The job queue does not exist or is empty.
    NotFound,
    /// The request is not a UUID and was dropped.
    Malformed,
    /// The job was moved to the dead-letter queue.
    DeadLettered,
    /// An operation on RabbitMQ failed; the request is redelivered.
    Requeued,
    /// A redelivered job was published again with the number of its deliveries.
    Republished,
}

impl Outcome {
    pub(crate) const ALL: [Self; 7] = [
        Self::Succeeded,
        Self::Expired,
        Self::NotFound,
        Self::Malformed,
        Self::DeadLettered,
        Self::Requeued,
        Self::Republished,
    ];

    /// The value of the label `outcome` in logs and metrics.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Expired => "expired",
            Self::NotFound => "not_found",
            Self::Malformed => "malformed",
            Self::DeadLettered => "dead_lettered",
            Self::Requeued => "requeued",
            Self::Republished => "republished",
        }
    }
}
