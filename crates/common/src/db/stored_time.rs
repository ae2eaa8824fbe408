//! Timestamps and dates that may be out of range in an old database.

use crate::time::{EARLIEST_TIME, LATEST_TIME};
use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::{
    data_types::{PgDate, PgTimestamp},
    deserialize::{self, FromSql, FromSqlRow},
    pg::{Pg, PgValue},
    sql_types::{Date, Nullable, Timestamptz},
};

/// PostgreSQL's epoch, 2000-01-01, in microseconds since 1970.
const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

/// A `timestamptz`; `None` if it is NULL, infinite or outside [`EARLIEST_TIME`] to
/// [`LATEST_TIME`], which diesel or clients cannot parse. For `deserialize_as`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromSqlRow)]
pub struct StoredTime(pub Option<DateTime<Utc>>);

/// A `date`; `None` as in [`StoredTime`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromSqlRow)]
pub struct StoredDate(pub Option<NaiveDate>);

impl FromSql<Timestamptz, Pg> for StoredTime {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let PgTimestamp(micros) = FromSql::<Timestamptz, Pg>::from_sql(bytes)?;
        let time = micros.checked_add(POSTGRES_EPOCH).and_then(DateTime::from_timestamp_micros);
        Ok(Self(time.filter(|time| (EARLIEST_TIME..=LATEST_TIME).contains(time))))
    }
}

impl FromSql<Nullable<Timestamptz>, Pg> for StoredTime {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        FromSql::<Timestamptz, Pg>::from_sql(bytes)
    }

    fn from_nullable_sql(bytes: Option<PgValue<'_>>) -> deserialize::Result<Self> {
        bytes.map_or(Ok(Self(None)), FromSql::<Timestamptz, Pg>::from_sql)
    }
}

impl FromSql<Nullable<Date>, Pg> for StoredDate {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let PgDate(days) = FromSql::<Date, Pg>::from_sql(bytes)?;
        let epoch = NaiveDate::from_ymd_opt(2000, 1, 1);
        let distance = Days::new(days.unsigned_abs().into());
        let date = epoch.and_then(|epoch| match days {
            0.. => epoch.checked_add_days(distance),
            _ => epoch.checked_sub_days(distance),
        });
        let usable = EARLIEST_TIME.date_naive()..=LATEST_TIME.date_naive();
        Ok(Self(date.filter(|date| usable.contains(date))))
    }

    fn from_nullable_sql(bytes: Option<PgValue<'_>>) -> deserialize::Result<Self> {
        bytes.map_or(Ok(Self(None)), FromSql::<Nullable<Date>, Pg>::from_sql)
    }
}

impl From<StoredTime> for Option<DateTime<Utc>> {
    fn from(stored: StoredTime) -> Self {
        stored.0
    }
}

impl From<StoredDate> for Option<NaiveDate> {
    fn from(stored: StoredDate) -> Self {
        stored.0
    }
}
