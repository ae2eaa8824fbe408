//! The format of `tweeted_2016-2017`: one row per video, with the views gained on each day.

use super::{
    Point, Sample, SampleKind,
    fields::{count_or_hidden, parse_is_short},
};
use forecast::{Plan, Upload};
use ingest::files::{Fields, Header, HeaderError, RowIssue};

/// The last day with a column.
const LAST_DAY: usize = 14;

/// The maximum age in days when a video was first seen. Later ones are skipped: their early growth
/// is unknown, and the selection is biased.
pub(super) const MAX_FIRST_SEEN_DAYS: f64 = 1.2;

pub(super) struct DailyColumns {
    pub(super) uploaded: usize,
    first_age: usize,
    category: usize,
    uploads: usize,
    subscribers: usize,
    views: Vec<usize>,
    is_short: Option<usize>,
}

impl DailyColumns {
    pub(super) fn find(header: &Header) -> Result<Self, HeaderError> {
        let find = |name| header.find(&[name]).ok_or(HeaderError::MissingColumn(name));
        let views = |day| header.find(&[&format!("views_{day}")]);
        Ok(Self {
            uploaded: find("time_uploaded")?,
            first_age: find("age0")?,
            category: find("category")?,
            uploads: find("uploader_uploads")?,
            subscribers: find("uploader_subscribers")?,
            views: (0..=LAST_DAY).map_while(views).collect(),
            is_short: header.find(&["is_short"]),
        })
    }

    /// The sample of a row, and its age in days when it was first seen.
    pub(super) fn parse(&self, fields: &Fields<'_>) -> Result<(Sample, f64), RowIssue> {
        let first_age = fields.decimal(self.first_age)?;
        let subscribers = count_or_hidden(fields.integer(self.subscribers)?);
        let day = fields.timestamp(self.uploaded)?.date_naive();
        let plan = Plan {
            subscribers,
            uploads: Some(fields.integer(self.uploads)?),
            is_short: parse_is_short(fields, self.is_short)?,
            category: u16::try_from(fields.count(self.category)?).ok(),
            ..Plan::new(Upload { day, time: None })
        };
        let points = self.points(fields, first_age)?;
        Ok((
            Sample { kind: SampleKind::General, plan, source: 0, channel: None, points },
            first_age,
        ))
    }

    /// The upload was between the start of its day and the first count, on average halfway. The
    /// relative error of the first count's age is too large: it has no point.
    fn points(&self, fields: &Fields<'_>, first_age: f64) -> Result<Vec<Point>, RowIssue> {
        let (mut points, mut views) = (Vec::with_capacity(self.views.len()), 0_u64);
        for (day, column) in (0_u32..).zip(&self.views) {
            // Some videos lack the last day.
            if fields.is_empty(*column) {
                break;
            }
            views = views.saturating_add(fields.integer(*column)?);
            if day > 0 {
                let day = f64::from(day);
                points.push(Point { day, age: day + first_age / 2.0, views });
            }
        }
        Ok(points)
    }
}
