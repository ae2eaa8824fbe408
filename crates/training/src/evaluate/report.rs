//! The report of an evaluation.

use super::{
    groups::Group,
    round,
    score::{Case, Comparison, LARGE_CHANNEL_SUBSCRIBERS, Measures},
};
use crate::samples::Samples;
use forecast::{Model, TrainingSource};
use std::fmt;

/// The estimates of the videos of the sources, and the numbers of skipped videos.
#[derive(Debug, Clone)]
pub struct EvaluationReport {
    /// The model's version.
    pub version: String,
    /// Whether the model was trained on these sources.
    pub overlap: Option<Overlap>,
    /// The inputs of the model.
    pub inputs: String,
    /// The requested age, in days.
    pub age: f64,
    /// The names of the sources.
    pub samples: String,
    /// Usable videos in the file.
    pub videos: usize,
    /// Rows that were reported and rejected.
    pub rejected_rows: u64,
    /// Videos that were skipped because they were first seen too long after their upload.
    pub seen_late: u64,
    /// Videos that were skipped because they were not counted near the age.
    pub not_counted: usize,
    /// Accuracy by Shorts or long, by subscribers and by source.
    pub groups: Vec<Group>,
    /// Accuracy at several ages.
    pub by_age: Vec<Group>,
    /// The estimates of all evaluated videos.
    pub cases: Vec<Case>,
}

/// A source that the model was trained on. Results are too optimistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// The same videos and counts, whatever the name.
    SameContent,
    /// A source of the same name with other content.
    SameName,
}

impl Overlap {
    /// The closest match of the sources of an evaluation and of a training.
    pub(super) fn of(model: &Model, sources: &[Samples]) -> Option<Self> {
        let trained_on = &model.file().training.sources;
        let has = |same: fn(&TrainingSource, &Samples) -> bool| {
            trained_on.iter().any(|trained| sources.iter().any(|source| same(trained, source)))
        };
        if has(|trained, source| trained.hash == source.hash) {
            Some(Self::SameContent)
        } else {
            has(|trained, source| trained.name == source.name).then_some(Self::SameName)
        }
    }
}

impl fmt::Display for Overlap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SameContent => {
                "the model was trained on these videos: the results are too optimistic"
            }
            Self::SameName => {
                "the model was trained on a source of this name with other content: the results are too \
                 optimistic if it has the same videos"
            }
        })
    }
}

impl EvaluationReport {
    /// Metrics over all videos.
    pub fn overall(&self) -> Option<Comparison> {
        Comparison::of(self.cases.iter())
    }

    /// Metrics over channels with at least [`LARGE_CHANNEL_SUBSCRIBERS`] subscribers.
    pub fn large(&self) -> Option<Comparison> {
        Comparison::of(self.cases.iter().filter(|case| case.is_large))
    }
}

impl fmt::Display for EvaluationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = || self.cases.iter().map(|case| case.day);
        let from = round(days().fold(f64::INFINITY, f64::min));
        let until = round(days().fold(0.0, f64::max));
        writeln!(f, "{}, cumulative views at day {}", self.samples, self.age)?;
        writeln!(f, "model {}, inputs: {}", self.version, self.inputs)?;
        writeln!(
            f,
            "{} of {} videos, counted at day {from} to {until}",
            self.cases.len(),
            self.videos
        )?;
        for (count, reason) in [
            (self.not_counted as u64, "videos not counted near that day"),
            (
                self.seen_late,
                "videos first seen more than 1.2 days after the start of their upload day",
            ),
        ] {
            if count > 0 {
                writeln!(f, "skipped: {count} {reason}")?;
            }
        }
        if self.rejected_rows > 0 {
            writeln!(f, "rejected: {} rows", self.rejected_rows)?;
        }
        if let Some(overlap) = self.overlap {
            writeln!(f, "{overlap}")?;
        }
        let groups = [
            ("all channels".to_owned(), self.overall()),
            (
                format!("channels with at least {LARGE_CHANNEL_SUBSCRIBERS} subscribers"),
                self.large(),
            ),
        ];
        for (name, comparison) in groups {
            if let Some(comparison) = comparison {
                write_group(f, &name, &comparison)?;
            }
        }
        writeln!(f, "\nmodel by group, with 95 % bootstrap intervals")?;
        self.groups.iter().chain(&self.by_age).try_for_each(|group| write_line_of(f, group))
    }
}

fn write_group(f: &mut fmt::Formatter<'_>, name: &str, group: &Comparison) -> fmt::Result {
    writeln!(f, "\n{name}: {} videos", group.videos)?;
    writeln!(
        f,
        "  {:26}{:>7}{:>9}{:>10}{:>15}",
        "", "RMSLE", "MdAPE", "Spearman", "80 % interval"
    )?;
    write_line(f, "model", Some(&group.model))?;
    write_line(f, "log-linear in subscribers", group.line.as_ref())?;
    write_line(f, "median", Some(&group.median))
}

fn write_line_of(f: &mut fmt::Formatter<'_>, group: &Group) -> fmt::Result {
    let Group { name, videos, rmsle, rmsle_range, coverage, coverage_range } = group;
    let percent = |share: f64| share * 100.0;
    writeln!(
        f,
        "  {name:40} {videos:>7} videos, RMSLE {rmsle:.3} ({:.3}–{:.3}), {:.1} % inside ({:.1}–{:.1})",
        rmsle_range.0,
        rmsle_range.1,
        percent(*coverage),
        percent(coverage_range.0),
        percent(coverage_range.1),
    )
}

fn write_line(f: &mut fmt::Formatter<'_>, name: &str, measures: Option<&Measures>) -> fmt::Result {
    let Some(measures) = measures else {
        return Ok(());
    };
    let percent = |share: Option<f64>, digits| match share {
        Some(share) => format!("{:.digits$} %", share * 100.0),
        None => "-".to_owned(),
    };
    let rank = measures.spearman.map_or_else(|| "-".to_owned(), |rank| format!("{rank:.3}"));
    let (error, inside) = (percent(measures.median_ape, 0), percent(measures.coverage, 1));
    writeln!(f, "  {name:26}{:>7.3}{error:>9}{rank:>10}{inside:>15}", measures.rmsle)
}
