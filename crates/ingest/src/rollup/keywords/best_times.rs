//! Upload times of the videos of keywords, compared by views: the table `keyword_best_times`.

use crate::{load::LoadError, rollup::median_of_sorted};
use tokio_postgres::{Row, Transaction, types::ToSql};

const HOURS_OF_WEEK: usize = 7 * 24;

/// The minimum number of videos of an hour with a median.
const MIN_VIDEOS: usize = 5;

const DELETE: &str = "DELETE FROM keyword_best_times WHERE keyword_idx <> ALL ($1)";

/// The arrays of all keywords are concatenated: `unnest` flattens nested arrays.
const WRITE: &str = "
    INSERT INTO keyword_best_times AS b (keyword_idx, videos, median_ratios)
    SELECT keyword_idx, ($2::integer[])[n * 168 - 167 : n * 168],
        ($3::double precision[])[n * 168 - 167 : n * 168]
    FROM unnest($1::integer[]) WITH ORDINALITY k (keyword_idx, n)
    ON CONFLICT (keyword_idx) DO UPDATE
    SET videos = excluded.videos, median_ratios = excluded.median_ratios
    WHERE (b.videos, b.median_ratios) IS DISTINCT FROM (excluded.videos, excluded.median_ratios)";

/// Keywords per statement.
const CHUNK: usize = 500;

/// Collects the ratios of keywords, one keyword after the other.
#[derive(Debug, Default)]
pub(super) struct BestTimes {
    /// Hour of the week and ratio of each video of the current keyword.
    current: Vec<(usize, f64)>,
    keywords: Vec<i32>,
    /// 168 hours of each keyword.
    videos: Vec<i32>,
    median_ratios: Vec<Option<f64>>,
}

impl BestTimes {
    /// Adds a row of `uses.sql` to the current keyword, one per video.
    pub(super) fn add(&mut self, row: &Row) {
        if let Some(ratio) = row.get::<_, Option<f64>>(10) {
            self.push(row.get(9), ratio);
        }
    }

    fn push(&mut self, hour: i16, ratio: f64) {
        self.current.push((usize::from(hour.unsigned_abs()) % HOURS_OF_WEEK, ratio));
    }

    /// Ends the current keyword.
    pub(super) fn finish_keyword(&mut self, keyword: i32) {
        self.current.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let hours = || self.current.chunk_by(|one, other| one.0 == other.0);
        if hours().any(|videos| videos.len() >= MIN_VIDEOS) {
            let start = self.videos.len();
            self.keywords.push(keyword);
            self.videos.resize(start + HOURS_OF_WEEK, 0);
            self.median_ratios.resize(start + HOURS_OF_WEEK, None);
            for videos in hours() {
                let position = start + videos.first().map_or(0, |(hour, _)| *hour);
                self.videos[position] = i32::try_from(videos.len()).unwrap_or(i32::MAX);
                self.median_ratios[position] = median_ratio(videos);
            }
        }
        self.current.clear();
    }

    /// Writes the rows that changed, and deletes the rows of other keywords.
    pub(super) async fn store(&self, transaction: &Transaction<'_>) -> Result<(), LoadError> {
        transaction.execute(DELETE, &[&self.keywords]).await?;
        let cells = CHUNK * HOURS_OF_WEEK;
        let hours = self.videos.chunks(cells).zip(self.median_ratios.chunks(cells));
        for (keywords, (videos, ratios)) in self.keywords.chunks(CHUNK).zip(hours) {
            let parameters: [&(dyn ToSql + Sync); 3] = [&keywords, &videos, &ratios];
            transaction.execute(WRITE, &parameters).await?;
        }
        Ok(())
    }
}

/// The median of ascending ratios; `None` of fewer than [`MIN_VIDEOS`].
fn median_ratio(videos: &[(usize, f64)]) -> Option<f64> {
    if videos.len() < MIN_VIDEOS {
        return None;
    }
    median_of_sorted(videos, |(_, ratio)| *ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hours_with_five_videos_have_a_median() {
        let mut times = BestTimes::default();
        for ratio in [9.0, 1.0, 2.0, 4.0, 3.0, 8.0] {
            times.push(114, ratio);
        }
        times.push(0, 2.0);
        times.finish_keyword(1);
        for _ in 0..4 {
            times.push(5, 1.0);
        }
        times.finish_keyword(2);
        assert_eq!((times.keywords.as_slice(), times.videos.len()), ([1].as_slice(), 168));
        assert_eq!((times.videos[114], times.median_ratios[114]), (6, Some(3.5)));
        assert_eq!((times.videos[0], times.median_ratios[0]), (1, None));
        assert_eq!(times.videos.iter().sum::<i32>(), 7);
    }
}
