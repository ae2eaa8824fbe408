//! The table `keyword_day`.

use super::RefreshScope;
use crate::{
    load::{LoadError, Session},
    progress::{Progress, Unit},
};
use chrono::{DateTime, NaiveDate, Utc};
use common::{keywords::keyword_key, time::seoul_day};
use tokio_postgres::Transaction;

/// Days per transaction.
const CHUNK_DAYS: usize = 30;

/// The minimum number of days after which the planner needs new statistics.
const ANALYZE_DAYS: usize = 90;

/// Spellings per statement.
const CHUNK_SPELLINGS: usize = 50_000;

/// The days to count, and the ids of the rows of `keyword_day_outdated` that they cover.
pub(super) async fn list_outdated(
    session: &Session,
    scope: RefreshScope,
) -> Result<(Vec<NaiveDate>, Vec<i64>), LoadError> {
    let marks = session.query("SELECT id FROM keyword_day_outdated", &[]).await?;
    let marks: Vec<i64> = marks.iter().map(|row| row.get(0)).collect();
    let days = match scope {
        RefreshScope::All => session.query(include_str!("sql/all_days.sql"), &[]).await?,
        RefreshScope::Changes | RefreshScope::ChangesIfOlder(_) => {
            session.query(include_str!("sql/outdated_days.sql"), &[&marks]).await?
        }
    };
    Ok((days.iter().map(|row| row.get(0)).collect(), marks))
}

/// Counts the keywords of `days`, and their popularity as of `now`. Returns how many rows changed.
pub(super) async fn count(
    session: &mut Session,
    days: &[NaiveDate],
    now: DateTime<Utc>,
    progress: &dyn Progress,
) -> Result<u64, LoadError> {
    let mut task = progress.start("counting keywords (days)", Unit::Rows, days.len() as u64);
    let mut changed = 0;
    for chunk in days.chunks(CHUNK_DAYS) {
        let transaction = session.transaction().await?;
        transaction.execute(include_str!("sql/read_tags.sql"), &[&chunk]).await?;
        add_spellings(&transaction).await?;
        let counted = transaction.query_one(include_str!("sql/count_days.sql"), &[&chunk]).await?;
        let popularity = include_str!("sql/set_popularity.sql");
        transaction.execute(popularity, &[&seoul_day(now)]).await?;
        transaction.commit().await?;
        changed += counted.get::<_, i64>(0).unsigned_abs();
        task.advance(chunk.len() as u64);
    }
    task.finish();
    if days.len() >= ANALYZE_DAYS {
        session.batch_execute("ANALYZE keyword, keyword_spelling, keyword_day").await?;
    }
    Ok(changed)
}

/// Adds the spellings that are used for the first time to their keywords.
async fn add_spellings(transaction: &Transaction<'_>) -> Result<(), LoadError> {
    let rows = transaction.query(include_str!("sql/unknown_spellings.sql"), &[]).await?;
    for chunk in rows.chunks(CHUNK_SPELLINGS) {
        let spellings: Vec<&str> = chunk.iter().map(|row| row.get(0)).collect();
        let keys: Vec<String> = spellings.iter().map(|spelling| keyword_key(spelling)).collect();
        for statement in
            [include_str!("sql/insert_keywords.sql"), include_str!("sql/insert_spellings.sql")]
        {
            transaction.execute(statement, &[&keys, &spellings]).await?;
        }
    }
    Ok(())
}
