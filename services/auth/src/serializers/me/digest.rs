//! Weekly digests of a watchlist.

use crate::{
    domain::week::{DigestWindow, Periods, Week},
    queries::digest::{AlertRow, OutlierRow, WatchedChannelRow, WatchedKeywordRow},
};
use chrono::{DateTime, NaiveDate, Utc};
use common::{
    error::FieldErrors,
    http::Field,
    time::{OffsetTime, are_views_comparable, start_of_day},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The parameters of `me/digest/`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DigestParams {
    /// The week of ISO 8601, from Monday, in Seoul. By default the current one; on Mondays, of which
    /// no day is over, the one before, with the alerts of both.
    #[param(value_type = Option<String>, example = "2026-W48", pattern = "^[0-9]{4}-W[0-9]{2}$")]
    week: Field<String>,
}

impl DigestParams {
    /// The chosen or the latest digest on `today`.
    pub(crate) fn validate(self, today: NaiveDate) -> Result<DigestWindow, FieldErrors> {
        let mut errors = FieldErrors::default();
        let week = self.week.and_then(|text| Week::parse(&text)).optional("week", &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        let window = match week {
            Some(week) => DigestWindow::of_week(week, today),
            None => DigestWindow::latest(today),
        };
        window.ok_or_else(|| FieldErrors::single("week", "No day of this week is over yet."))
    }
}

/// The activity of the watched keywords and channels in a week, compared with the week before.
#[derive(Serialize, ToSchema)]
pub(crate) struct DigestResponse {
    /// The week of ISO 8601, in Seoul.
    #[schema(example = "2026-W48")]
    week: String,
    /// The week before, for `week`.
    #[schema(example = "2026-W47")]
    previous_week: String,
    /// The first day that is counted.
    #[schema(example = "2026-11-23")]
    from: NaiveDate,
    /// The last day that is counted: of the current week, yesterday.
    #[schema(example = "2026-11-26")]
    until: NaiveDate,
    /// The first day of the same days in the week before.
    #[schema(example = "2026-11-16")]
    previous_from: NaiveDate,
    /// The last day of the same days in the week before.
    #[schema(example = "2026-11-19")]
    previous_until: NaiveDate,
    /// Whether the week is over.
    #[schema(example = false)]
    is_complete: bool,
    /// In the order of the watchlist.
    pub keywords: Vec<DigestKeyword>,
    /// In the order of the watchlist.
    pub channels: Vec<DigestChannel>,
    /// Created in the week, newest first, at most 100. On Mondays, the digest without `week` also has
    /// those of the current week.
    alerts: Vec<AlertResponse>,
}

/// Counts of a keyword in a period.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeywordCounts {
    /// Videos uploaded in the period.
    #[schema(example = 84)]
    pub videos: i64,
    /// Mean of the distinct channels of each day.
    #[schema(example = 9.5)]
    channels_per_day: f64,
    /// Views of these videos, as last observed.
    #[schema(example = 310_000)]
    pub views: i64,
}

/// A watched keyword.
#[derive(Serialize, ToSchema)]
pub(crate) struct DigestKeyword {
    /// The id of the entry in the watchlist.
    #[schema(example = 5)]
    watch_id: i32,
    /// The most frequent spelling.
    #[schema(example = "먹방")]
    pub name: String,
    /// The user's note.
    #[schema(example = "12월 기획")]
    note: String,
    /// The rank among rising keywords of the last seven days, now; null if it is not rising.
    #[schema(example = 12)]
    pub rising_rank: Option<i16>,
    pub current: KeywordCounts,
    pub previous: KeywordCounts,
}

/// Counts of a channel in a period.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChannelCounts {
    /// Videos uploaded in the period.
    #[schema(example = 3)]
    pub uploads: i64,
    /// Views of these videos, as last observed.
    #[schema(example = 52_000)]
    upload_views: i64,
    /// Views that all videos of the channel gained in the period; null if unknown.
    #[schema(example = 71_000)]
    pub views_gained: Option<i64>,
}

/// A watched channel.
#[derive(Serialize, ToSchema)]
pub(crate) struct DigestChannel {
    /// The id of the entry in the watchlist.
    #[schema(example = 6)]
    watch_id: i32,
    /// Database id of the channel.
    #[schema(example = 17)]
    channel_idx: i32,
    /// The name of the channel.
    #[schema(example = "오늘의 밥상")]
    pub name: Option<String>,
    /// Thumbnail URL of the channel.
    thumbnail_url: Option<String>,
    /// The user's note.
    #[schema(example = "")]
    note: String,
    pub current: ChannelCounts,
    pub previous: ChannelCounts,
    /// Videos uploaded in the period with a shrunk ratio of at least 2, highest ratio first.
    pub outliers: Vec<OutlierVideo>,
}

/// A video with more views than expected.
#[derive(Serialize, ToSchema)]
pub(crate) struct OutlierVideo {
    /// Database id (`idx`).
    #[schema(example = 123)]
    pub idx: i32,
    /// YouTube video id.
    #[schema(example = "uq5LClQN3cE")]
    video_id: String,
    /// The title.
    #[schema(example = "혼자 먹는 저녁 | 라면 먹방")]
    pub title: String,
    /// Thumbnail URL.
    thumbnail_url: Option<String>,
    /// When it was uploaded, in Seoul.
    #[schema(value_type = String, example = "2026-11-24T18:00:00+09:00")]
    upload_time: OffsetTime,
    /// Views divided by the expected views, shrunk towards 1 for small samples; null if it is no
    /// longer compared.
    #[schema(example = 3.2)]
    pub ratio_shrunk: Option<f64>,
    /// Views at the age at which it was compared.
    #[schema(example = 48_000)]
    views: Option<i64>,
    /// The median of earlier videos of the channel at this age.
    #[schema(example = 15_000.0)]
    expected_views: Option<f64>,
}

/// An event of a watched keyword or channel.
#[derive(Serialize, ToSchema)]
pub(crate) struct AlertResponse {
    /// The id of the alert and of its feed entry.
    #[schema(value_type = String, example = "0198d9c4-6a2b-7a41-8f3e-2b6c1d5e9f70")]
    pub id: Uuid,
    /// `rising_keyword` or `outlier`.
    #[schema(example = "rising_keyword")]
    pub kind: &'static str,
    /// The id of the entry in the watchlist.
    #[schema(example = 5)]
    watch_id: i32,
    /// The keyword or the name of the channel.
    #[schema(example = "먹방")]
    pub name: String,
    /// When it was found, in Seoul.
    #[schema(value_type = String, example = "2026-11-26T09:30:00+09:00")]
    pub created_at: OffsetTime,
    /// The rank of the keyword when the alert was created.
    #[schema(example = 12)]
    pub rising_rank: Option<i16>,
    /// The outlier.
    pub video: Option<OutlierVideo>,
}

impl DigestResponse {
    /// Whether nothing is watched.
    pub(crate) const fn is_empty(&self) -> bool {
        self.keywords.is_empty() && self.channels.is_empty()
    }

    pub(crate) fn new(
        week: Week,
        periods: Periods,
        keywords: Vec<WatchedKeywordRow>,
        channels: Vec<WatchedChannelRow>,
        outliers: Vec<OutlierRow>,
        alerts: Vec<AlertRow>,
    ) -> Self {
        let (until, previous_until) = periods.last_days();
        let mut channels: Vec<_> =
            channels.into_iter().map(|row| DigestChannel::new(row, periods)).collect();
        for row in outliers {
            let of_row = |channel: &&mut DigestChannel| channel.watch_id == row.watch_id;
            if let Some(channel) = channels.iter_mut().find(of_row) {
                channel.outliers.push(row.into());
            }
        }
        Self {
            week: week.to_string(),
            previous_week: week.previous().to_string(),
            from: periods.from,
            until,
            previous_from: periods.previous_from,
            previous_until,
            is_complete: periods.days() == 7,
            keywords: keywords.into_iter().map(|row| DigestKeyword::new(row, periods)).collect(),
            channels,
            alerts: alerts.into_iter().map(Into::into).collect(),
        }
    }
}

impl DigestKeyword {
    fn new(row: WatchedKeywordRow, periods: Periods) -> Self {
        let counts = |videos, channel_days, views| KeywordCounts {
            videos,
            channels_per_day: rounded(channel_days, periods.days()),
            views,
        };
        Self {
            watch_id: row.id,
            name: row.name,
            note: row.note,
            rising_rank: row.rising_rank,
            current: counts(row.videos, row.channel_days, row.views),
            previous: counts(row.previous_videos, row.previous_channel_days, row.previous_views),
        }
    }
}

impl DigestChannel {
    fn new(row: WatchedChannelRow, periods: Periods) -> Self {
        let gained = |from: Option<i64>, until: Option<i64>, days: (NaiveDate, NaiveDate)| {
            let comparable = are_views_comparable(start_of_day(days.0), start_of_day(days.1));
            // Views can fall, when YouTube removes some; growth is never negative.
            from.zip(until).filter(|_| comparable).map(|(from, until)| (until - from).max(0))
        };
        let previous_days = (periods.previous_from, periods.previous_until);
        Self {
            watch_id: row.id,
            channel_idx: row.channel_idx,
            name: row.name,
            thumbnail_url: row.thumbnail_url,
            note: row.note,
            current: ChannelCounts {
                uploads: row.uploads,
                upload_views: row.views,
                views_gained: gained(
                    row.views_from,
                    row.views_until,
                    (periods.from, periods.until),
                ),
            },
            previous: ChannelCounts {
                uploads: row.previous_uploads,
                upload_views: row.previous_views,
                views_gained: gained(
                    row.previous_views_from,
                    row.previous_views_until,
                    previous_days,
                ),
            },
            outliers: Vec::new(),
        }
    }
}

impl OutlierVideo {
    /// Views divided by the expected views, as the pages show it.
    pub(crate) fn ratio(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "views are far below 2^53")]
        let views = self.views? as f64;
        Some(views / self.expected_views?).filter(|ratio| ratio.is_finite())
    }
}

impl From<OutlierRow> for OutlierVideo {
    fn from(row: OutlierRow) -> Self {
        Self {
            idx: row.idx,
            video_id: row.video_id,
            title: row.video_name,
            thumbnail_url: row.thumbnail_url,
            upload_time: OffsetTime(row.upload_time),
            ratio_shrunk: Some(row.ratio_shrunk),
            views: Some(row.views),
            expected_views: Some(row.expected_views),
        }
    }
}

impl From<AlertRow> for AlertResponse {
    fn from(row: AlertRow) -> Self {
        let video = |idx| OutlierVideo {
            idx,
            video_id: row.video_id.unwrap_or_default(),
            title: row.video_name.unwrap_or_default(),
            thumbnail_url: row.thumbnail_url,
            upload_time: OffsetTime(row.upload_time.unwrap_or(DateTime::<Utc>::UNIX_EPOCH)),
            ratio_shrunk: row.ratio_shrunk,
            views: row.views,
            expected_views: row.expected_views,
        };
        Self {
            id: row.id,
            kind: if row.rising_rank.is_some() { "rising_keyword" } else { "outlier" },
            watch_id: row.watch_id,
            name: row.name,
            created_at: OffsetTime(row.created_at),
            rising_rank: row.rising_rank,
            video: row.video_idx.map(video),
        }
    }
}

/// A mean to one decimal.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn rounded(sum: i64, days: i64) -> f64 {
    (sum as f64 / days as f64 * 10.0).round() / 10.0
}
