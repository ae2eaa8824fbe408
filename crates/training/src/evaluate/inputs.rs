//! The inputs of a model.

use forecast::{Plan, Subscribers, Upload};
use std::fmt;

/// An input that an evaluation can exclude.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// The channel's subscribers.
    Subscribers,
    /// The day of the upload, which every forecast requires.
    Date,
    /// The time of the upload.
    Time,
    /// The video's category.
    Category,
    /// The number of videos that the channel has published.
    Uploads,
    /// Whether the video is a Short.
    Shorts,
    /// The video's title.
    Title,
    /// The channel's earlier videos in the same source, with their counts before the upload.
    History,
}

impl Input {
    /// All inputs.
    pub const ALL: [Self; 8] = [
        Self::Subscribers,
        Self::Date,
        Self::Time,
        Self::Category,
        Self::Uploads,
        Self::Shorts,
        Self::Title,
        Self::History,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subscribers => "subscribers",
            Self::Date => "date",
            Self::Time => "time",
            Self::Category => "category",
            Self::Uploads => "uploads",
            Self::Shorts => "shorts",
            Self::Title => "title",
            Self::History => "history",
        }
    }

    /// Whether the plan has the input.
    fn is_in(self, plan: &Plan) -> bool {
        match self {
            Self::Subscribers => plan.subscribers != Subscribers::Unknown,
            Self::Date => true,
            Self::Time => plan.upload.time.is_some(),
            Self::Category => plan.category.is_some(),
            Self::Uploads => plan.uploads.is_some(),
            Self::Shorts => plan.is_short.is_some(),
            Self::Title => plan.title.is_some(),
            Self::History => !plan.past.is_empty(),
        }
    }
}

/// Parses the name of an input.
pub fn parse_input(name: &str) -> Result<Input, String> {
    let known = Input::ALL.into_iter().find(|input| input.name() == name.trim());
    known.ok_or_else(|| format!("expected one of {}", InputSet::all()))
}

/// A set of inputs; all others are excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputSet(Vec<Input>);

impl InputSet {
    /// All inputs.
    pub fn all() -> Self {
        Self(Input::ALL.to_vec())
    }

    /// These inputs, and the date.
    pub fn new(inputs: &[Input]) -> Self {
        Self(
            Input::ALL
                .into_iter()
                .filter(|input| *input == Input::Date || inputs.contains(input))
                .collect(),
        )
    }

    /// The inputs that at least one of the plans has.
    pub fn found_in<'a, I>(&self, plans: &I) -> Self
    where
        I: Iterator<Item = &'a Plan> + Clone,
    {
        let found = |input: &&Input| plans.clone().any(|plan| input.is_in(plan));
        Self(self.0.iter().filter(found).copied().collect())
    }

    /// The plan with only these inputs.
    pub fn limit(&self, plan: &Plan) -> Plan {
        let has = |input| self.0.contains(&input);
        let Upload { day, time } = plan.upload;
        Plan {
            subscribers: if has(Input::Subscribers) {
                plan.subscribers
            } else {
                Subscribers::Unknown
            },
            upload: Upload { day, time: time.filter(|_| has(Input::Time)) },
            category: plan.category.filter(|_| has(Input::Category)),
            uploads: plan.uploads.filter(|_| has(Input::Uploads)),
            is_short: plan.is_short.filter(|_| has(Input::Shorts)),
            title: plan.title.clone().filter(|_| has(Input::Title)),
            past: if has(Input::History) { plan.past.clone() } else { Vec::new() },
            thumbnail: plan.thumbnail,
        }
    }
}

impl fmt::Display for InputSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.0.iter().map(|input| input.name()).collect();
        formatter.write_str(&names.join(", "))
    }
}
