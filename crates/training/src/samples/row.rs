//! A row of either format, determined by the header.

use super::{Sample, daily::DailyColumns, trending::TrendingColumns};
use ingest::files::{Fields, Header, HeaderError, Record, RowIssue, TableRow};

pub(super) enum Row {
    /// A complete video, and its age in days when it was first seen.
    Video(Sample, f64),
    /// One count of the video with this id.
    Count(String, Sample),
}

pub(super) enum Columns {
    Daily(DailyColumns),
    Trending(TrendingColumns),
}

impl TableRow for Row {
    type Columns = Columns;

    fn find_columns(header: &Header) -> Result<Columns, HeaderError> {
        if header.find(&["views_0"]).is_some() {
            return DailyColumns::find(header).map(Columns::Daily);
        }
        if header.find(&["age_days"]).is_some() {
            return TrendingColumns::find(header).map(Columns::Trending);
        }
        Err(HeaderError::MissingColumn(
            "views_0 (of daily views) or age_days (of the trending list)",
        ))
    }

    fn parse(
        columns: &Columns,
        header: &Header,
        record: &Record,
        _: &mut Vec<RowIssue>,
    ) -> Result<Option<Self>, RowIssue> {
        let fields = Fields::new(header, record)?;
        match columns {
            Columns::Daily(columns) => {
                let (sample, first_age) = columns.parse(&fields)?;
                Ok(Some(Self::Video(sample, first_age)))
            }
            Columns::Trending(columns) => {
                let (video, sample) = columns.parse(&fields)?;
                Ok(Some(Self::Count(video, sample)))
            }
        }
    }

    fn date_columns(columns: &Columns) -> Vec<usize> {
        match columns {
            Columns::Daily(columns) => vec![columns.uploaded],
            Columns::Trending(columns) => vec![columns.published],
        }
    }

    fn has_observation_date(_: &Columns) -> bool {
        true
    }

    fn memory_bytes(&self) -> usize {
        match self {
            Self::Video(sample, _) | Self::Count(_, sample) => {
                size_of_val(sample.points.as_slice())
            }
        }
    }
}
