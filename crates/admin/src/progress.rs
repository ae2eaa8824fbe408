//! How far a long task has come: a bar on a terminal, plain lines anywhere else.

use indicatif::{HumanCount, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::{IsTerminal, Write, stderr},
    time::{Duration, Instant},
};

/// Between two plain lines about the same task.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// Where progress and remarks go. Cloning shares the place.
#[derive(Debug, Clone)]
pub struct Progress {
    output: Output,
}

#[derive(Debug, Clone)]
enum Output {
    Bars(MultiProgress),
    Lines,
    Silent,
}

impl Progress {
    /// Bars when the standard error stream is a terminal, otherwise lines on it.
    pub fn on_stderr() -> Self {
        let bars = || MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        let output = if stderr().is_terminal() { Output::Bars(bars()) } else { Output::Lines };
        Self { output }
    }

    /// Says nothing: for tests.
    pub fn silent() -> Self {
        Self { output: Output::Silent }
    }

    /// Says one line, above the bar if there is one.
    pub fn say(&self, line: impl AsRef<str>) {
        // A stream that is closed is no reason to stop working.
        match &self.output {
            Output::Bars(bars) => _ = bars.println(line.as_ref()),
            Output::Lines => _ = writeln!(stderr(), "{}", line.as_ref()),
            Output::Silent => {}
        }
    }

    /// Starts a task of `total` steps; 0 when nobody knows how many there are.
    pub fn start(&self, name: &str, unit: Unit, total: u64) -> Task {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let bar = match &self.output {
            Output::Bars(bars) => {
                bars.add(bar.with_style(style(unit, total)).with_message(name.to_owned()))
            }
            Output::Lines | Output::Silent => bar,
        };
        Task { name: name.to_owned(), unit, bar, progress: self.clone(), said: Instant::now() }
    }
}

/// What the steps of a task are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of files.
    Bytes,
    /// Rows, videos, documents.
    Rows,
}

/// A task under way. Its bar goes away with it.
#[derive(Debug)]
pub struct Task {
    name: String,
    unit: Unit,
    bar: ProgressBar,
    progress: Progress,
    said: Instant,
}

impl Task {
    /// The task has come to this step.
    pub fn reach(&mut self, position: u64) {
        self.bar.set_position(position);
        if matches!(self.progress.output, Output::Lines) && self.said.elapsed() >= LINE_EVERY {
            self.said = Instant::now();
            self.progress.say(self.line());
        }
    }

    /// The task has done so many more steps.
    pub fn advance(&mut self, steps: u64) {
        self.reach(self.bar.position() + steps);
    }

    /// The task is done.
    pub fn finish(self) {
        let seconds = self.bar.elapsed().as_secs_f64();
        self.progress.say(format!("{}: done in {seconds:.1} s", self.name));
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

impl Drop for Task {
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
    fn a_line_tells_the_count_and_the_share() {
        let mut task = Progress::silent().start("seeding", Unit::Rows, 3_000);
        task.advance(1_000);
        task.advance(500);
        assert_eq!(task.line(), "seeding: 1,500, 50 %");
        let mut task = Progress::silent().start("reading", Unit::Bytes, 0);
        task.reach(2_500_000);
        assert_eq!(task.line(), "reading: 2 MB");
    }
}
