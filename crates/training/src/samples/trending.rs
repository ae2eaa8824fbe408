//! The format of `trending_KR_2025`: one row per video and observation on the trending list. With the
//! columns `uploader_subscribers` and `uploader_uploads`, the videos are ordinary ones.

use super::{
    Point, Sample, SampleKind,
    fields::{count_or_hidden, parse_is_short},
    upload_at,
};
use forecast::{Plan, Subscribers};
use ingest::files::{Fields, Header, HeaderError, RowIssue};

pub(super) struct TrendingColumns {
    video: usize,
    title: usize,
    pub(super) published: usize,
    channel: usize,
    category: usize,
    age: usize,
    views: usize,
    subscribers: Option<usize>,
    uploads: Option<usize>,
    is_short: Option<usize>,
}

impl TrendingColumns {
    pub(super) fn find(header: &Header) -> Result<Self, HeaderError> {
        let find = |name| header.find(&[name]).ok_or(HeaderError::MissingColumn(name));
        Ok(Self {
            video: find("video_id")?,
            title: find("title")?,
            published: find("published_at")?,
            channel: find("channel_id")?,
            category: find("category_id")?,
            age: find("age_days")?,
            views: find("view_count")?,
            subscribers: header.find(&["uploader_subscribers"]),
            uploads: header.find(&["uploader_uploads"]),
            is_short: header.find(&["is_short"]),
        })
    }

    /// The video's id, and its sample with one point.
    pub(super) fn parse(&self, fields: &Fields<'_>) -> Result<(String, Sample), RowIssue> {
        let views = fields.integer(self.views)?;
        let age = fields.decimal(self.age)?;
        let title = fields.line(self.title, &mut Vec::new()).into_owned();
        let known = |column: Option<usize>| match column.filter(|column| !fields.is_empty(*column))
        {
            Some(column) => fields.integer(column).map(Some),
            None => Ok(None),
        };
        let kind =
            if self.subscribers.is_some() { SampleKind::General } else { SampleKind::Trending };
        let plan = Plan {
            subscribers: match known(self.subscribers)? {
                Some(count) => count_or_hidden(count),
                None => Subscribers::Unknown,
            },
            uploads: known(self.uploads)?,
            is_short: parse_is_short(fields, self.is_short)?,
            category: u16::try_from(fields.count(self.category)?).ok(),
            title: Some(title),
            ..Plan::new(upload_at(fields.timestamp(self.published)?))
        };
        let channel = Some(fields.id(self.channel, 200, &mut Vec::new())?);
        let points = vec![Point { day: age, age, views }];
        let video = fields.id(self.video, 100, &mut Vec::new())?;
        Ok((video, Sample { kind, plan, source: 0, channel, points }))
    }
}
