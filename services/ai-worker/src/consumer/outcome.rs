//! What becomes of a job.

/// What became of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was answered.
    Answered,
    /// It was answered, and nobody waited for the answer any more.
    Unwanted,
    /// Its queue was gone or empty when it was looked for.
    Gone,
    /// It was given up, and kept.
    GivenUp,
    /// RabbitMQ went away: another worker gets it.
    Returned,
}

impl Outcome {
    /// All there are.
    pub(crate) const ALL: [Self; 5] =
        [Self::Answered, Self::Unwanted, Self::Gone, Self::GivenUp, Self::Returned];

    /// For logs and metrics.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Unwanted => "unwanted",
            Self::Gone => "gone",
            Self::GivenUp => "given_up",
            Self::Returned => "returned",
        }
    }
}
