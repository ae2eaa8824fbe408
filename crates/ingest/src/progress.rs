//! Progress of long-running operations, reported to the caller.

/// Receives the messages and the progress of an operation: the command line shows bars, a
/// background service may log.
pub trait Progress: Send + Sync {
    /// Receives one line for the operator.
    fn message(&self, line: &str);

    /// Starts a task of `total` units; 0 if the total is unknown.
    fn start(&self, name: &str, unit: Unit, total: u64) -> Box<dyn Task>;
}

/// A task in progress. Dropping it without [`Task::finish`] abandons it.
pub trait Task: Send {
    /// Sets the number of completed units.
    fn set_position(&mut self, position: u64);

    /// Adds to the number of completed units.
    fn advance(&mut self, units: u64);

    /// Marks the task as complete.
    fn finish(self: Box<Self>);
}

/// The unit of a task's progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes that were read.
    Bytes,
    /// Rows, videos or documents.
    Rows,
}

/// Discards progress and messages.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn message(&self, _: &str) {}

    fn start(&self, _: &str, _: Unit, _: u64) -> Box<dyn Task> {
        Box::new(Self)
    }
}

impl Task for NoProgress {
    fn set_position(&mut self, _: u64) {}

    fn advance(&mut self, _: u64) {}

    fn finish(self: Box<Self>) {}
}
