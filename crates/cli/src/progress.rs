//! Progress on the standard error stream: bars on a terminal, otherwise plain lines.

use indicatif::{
    HumanCount, HumanDuration, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle,
};
use ingest::progress::{Progress, Task, Unit};
use std::{
    io::{IsTerminal, Write, stderr},
    time::{Duration, Instant},
};

/// The time between two plain lines about the same task.
const LINE_INTERVAL: Duration = Duration::from_secs(5);

/// The output of progress and messages; clones share it.
#[derive(Debug, Clone)]
pub enum ProgressOutput {
    /// Bars on a terminal.
    Bars(MultiProgress),
    /// Plain lines, if the stream is not a terminal.
    Lines,
}

impl ProgressOutput {
    /// Bars if the standard error stream is a terminal, otherwise lines on it.
    pub fn stderr() -> Self {
        let bars = || MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        if stderr().is_terminal() { Self::Bars(bars()) } else { Self::Lines }
    }
}

impl Progress for ProgressOutput {
    fn message(&self, line: &str) {
        // A closed stream must not abort the operation.
        match self {
            Self::Bars(bars) => _ = bars.println(line),
            Self::Lines => _ = writeln!(stderr(), "{line}"),
        }
    }

    fn start(&self, name: &str, unit: Unit, total: u64) -> Box<dyn Task> {
        Box::new(DisplayedTask::new(self.clone(), name, unit, total))
    }
}

/// A task in progress; its bar is removed when it is dropped.
struct DisplayedTask {
    name: String,
    unit: Unit,
    bar: ProgressBar,
    output: ProgressOutput,
    last_line: Instant,
}

impl DisplayedTask {
    fn new(output: ProgressOutput, name: &str, unit: Unit, total: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let bar = match &output {
            ProgressOutput::Bars(bars) => {
                bars.add(bar.with_style(style(unit, total)).with_message(name.to_owned()))
            }
            ProgressOutput::Lines => bar,
        };
        Self { name: name.to_owned(), unit, bar, output, last_line: Instant::now() }
    }

    /// The estimated remaining time; empty if it is unknown.
    fn remaining(&self) -> String {
        let remaining = self.bar.eta();
        if remaining.is_zero() {
            return String::new();
        }
        format!(", about {} left", HumanDuration(Duration::from_secs(remaining.as_secs())))
    }

    fn line(&self) -> String {
        let position = self.bar.position();
        let done = match self.unit {
            Unit::Bytes => format!("{} MB", HumanCount(position / 1_000_000)),
            Unit::Rows => HumanCount(position).to_string(),
        };
        match self.bar.length().filter(|total| *total > 0) {
            Some(total) => format!("{}: {done}, {} %", self.name, position * 100 / total),
            None => format!("{}: {done}", self.name),
        }
    }
}

impl Task for DisplayedTask {
    fn set_position(&mut self, position: u64) {
        self.bar.set_position(position);
        let lines = matches!(self.output, ProgressOutput::Lines);
        if lines && self.last_line.elapsed() >= LINE_INTERVAL {
            self.last_line = Instant::now();
            self.output.message(&(self.line() + &self.remaining()));
        }
    }

    fn advance(&mut self, units: u64) {
        self.set_position(self.bar.position() + units);
    }

    fn finish(self: Box<Self>) {
        let seconds = self.bar.elapsed().as_secs_f64();
        self.output.message(&format!("{}: done in {seconds:.1} s", self.name));
    }
}

impl Drop for DisplayedTask {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(unit: Unit, total: u64) -> ProgressStyle {
    let template = match (unit, total) {
        (Unit::Bytes, 0) => "{msg} {spinner} {bytes}",
        (Unit::Bytes, _) => "{msg} {wide_bar} {bytes} of {total_bytes}, {eta}",
        (Unit::Rows, 0) => "{msg} {spinner} {human_pos}",
        (Unit::Rows, _) => "{msg} {wide_bar} {human_pos} of {human_len}, {eta}",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn task_line_shows_count_and_percentage() {
        let task = |name, unit, total| DisplayedTask::new(ProgressOutput::Lines, name, unit, total);
        let mut rows = task("seeding", Unit::Rows, 3_000);
        rows.advance(1_000);
        rows.advance(500);
        assert_eq!(rows.line(), "seeding: 1,500, 50 %");
        let mut bytes = task("reading", Unit::Bytes, 0);
        bytes.set_position(2_500_000);
        assert_eq!(bytes.line(), "reading: 2 MB");
    }
}
