//! Scores of keywords from 0 to 100: the table `keyword_score`. `docs/METHODS.md` explains the
//! formula.

use super::counter::KeywordUse;
use crate::load::LoadError;
use common::{keywords::SCORE_WINDOW_DAYS, time::SECONDS_PER_DAY};
use std::collections::BTreeMap;
use tokio_postgres::{Transaction, types::ToSql};

/// The window, in seconds.
const WINDOW_SECONDS: i32 = SCORE_WINDOW_DAYS * SECONDS_PER_DAY;

/// The minimum number of videos of a keyword with a score.
const MIN_VIDEOS: usize = 10;

/// The number of subscribers below which a channel is small.
const SMALL_CHANNEL_SUBSCRIBERS: i32 = 30_000;

/// The minimum number of small channels for demand.
const MIN_SMALL_CHANNELS: usize = 3;

/// The minimum age of a video whose views count for demand, in seconds.
const MIN_AGE_SECONDS: i32 = 2 * SECONDS_PER_DAY;

/// The minimum number of best videos; usually they are a fifth.
const MIN_BEST: usize = 5;

/// Weights of demand, supply and the share of small channels; their sum is 1.
const WEIGHTS: [f64; 3] = [0.5, 0.25, 0.25];

const INSERT: &str = "INSERT INTO keyword_score (keyword_idx, videos, channels, demand_views,
        small_share, demand, supply, score)
    SELECT * FROM unnest($1::integer[], $2::integer[], $3::integer[], $4::bigint[],
        $5::double precision[], $6::double precision[], $7::double precision[], $8::smallint[])";

/// The inputs of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
struct ScoreInputs {
    keyword: i32,
    videos: usize,
    channels: usize,
    /// Median of the small channels' median views.
    demand_views: i64,
    /// The share of small channels in the best videos.
    small_share: f64,
}

/// A keyword's score, from 0 to 100, and the ranks of its parts, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Score {
    inputs: ScoreInputs,
    demand: f64,
    supply: f64,
    total: f64,
}

/// Collects the inputs of scores, one after the other.
#[derive(Debug, Default)]
pub(super) struct ScoreCollector {
    current: Vec<KeywordUse>,
    inputs: Vec<ScoreInputs>,
}

impl ScoreCollector {
    /// Adds a use of the current keyword, one per video.
    pub(super) fn add(&mut self, used: &KeywordUse) {
        if used.age < WINDOW_SECONDS {
            self.current.push(*used);
        }
    }

    /// Ends the current keyword.
    pub(super) fn finish_keyword(&mut self, keyword: i32) {
        self.inputs.extend(score_inputs(keyword, &mut self.current));
        self.current.clear();
    }

    /// Replaces all scores. Returns their number.
    pub(super) async fn store(&self, transaction: &Transaction<'_>) -> Result<u64, LoadError> {
        transaction.execute("DELETE FROM keyword_score", &[]).await?;
        let scores = compute_scores(&self.inputs);
        let int = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let keywords: Vec<i32> = scores.iter().map(|score| score.inputs.keyword).collect();
        let videos: Vec<i32> = scores.iter().map(|score| int(score.inputs.videos)).collect();
        let channels: Vec<i32> = scores.iter().map(|score| int(score.inputs.channels)).collect();
        let views: Vec<i64> = scores.iter().map(|score| score.inputs.demand_views).collect();
        let shares: Vec<f64> = scores.iter().map(|score| score.inputs.small_share).collect();
        let demand: Vec<f64> = scores.iter().map(|score| score.demand).collect();
        let supply: Vec<f64> = scores.iter().map(|score| score.supply).collect();
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 100")]
        let points: Vec<i16> = scores.iter().map(|score| score.total.round() as i16).collect();
        let parameters: [&(dyn ToSql + Sync); 8] =
            [&keywords, &videos, &channels, &views, &shares, &demand, &supply, &points];
        Ok(transaction.execute(INSERT, &parameters).await?)
    }
}

/// The inputs of the score of a keyword; `None` if there are too few videos or small channels.
fn score_inputs(keyword: i32, uses: &mut [KeywordUse]) -> Option<ScoreInputs> {
    if uses.len() < MIN_VIDEOS {
        return None;
    }
    let is_small = |used: &KeywordUse| (1..SMALL_CHANNEL_SUBSCRIBERS).contains(&used.subscribers);
    let mut channels: BTreeMap<i32, Vec<i64>> = BTreeMap::new();
    for used in uses.iter() {
        if let Some(channel) = used.channel {
            let views = channels.entry(channel).or_default();
            if is_small(used) && used.age >= MIN_AGE_SECONDS {
                views.push(used.views);
            }
        }
    }
    let mut small_channel_medians: Vec<i64> =
        channels.values_mut().filter_map(|views| lower_median(views)).collect();
    if small_channel_medians.len() < MIN_SMALL_CHANNELS {
        return None;
    }
    let best = (uses.len() / 5).max(MIN_BEST);
    uses.sort_unstable_by_key(|used| (std::cmp::Reverse(used.views), used.video));
    let small_best = uses.iter().take(best).filter(|used| is_small(used)).count();
    Some(ScoreInputs {
        keyword,
        videos: uses.len(),
        channels: channels.len(),
        demand_views: lower_median(&mut small_channel_medians)?,
        small_share: share(small_best, best),
    })
}

/// The scores of all keywords: demand and supply are ranks among them.
fn compute_scores(inputs: &[ScoreInputs]) -> Vec<Score> {
    let mut demands: Vec<i64> = inputs.iter().map(|inputs| inputs.demand_views).collect();
    let mut supplies: Vec<usize> = inputs.iter().map(|inputs| inputs.channels).collect();
    demands.sort_unstable();
    supplies.sort_unstable();
    let score = |inputs: &ScoreInputs| {
        let demand = rank(&demands, &inputs.demand_views);
        let supply = rank(&supplies, &inputs.channels);
        let parts = [demand, 1.0 - supply, inputs.small_share];
        let score = parts.iter().zip(WEIGHTS).map(|(part, weight)| part * weight).sum::<f64>();
        Score { inputs: *inputs, demand, supply, total: 100.0 * score }
    };
    inputs.iter().map(score).collect()
}

/// The share of the sorted values that are lower, and half of the equal ones.
fn rank<T: Ord>(sorted: &[T], value: &T) -> f64 {
    let lower = sorted.partition_point(|other| other < value);
    let up_to = sorted.partition_point(|other| other <= value);
    f64::midpoint(share(lower, sorted.len()), share(up_to, sorted.len()))
}

/// The median; of an even number, the lower of the two middle values, as views are integers. `None`
/// without values.
fn lower_median(values: &mut [i64]) -> Option<i64> {
    let middle = values.len().checked_sub(1)? / 2;
    Some(*values.select_nth_unstable(middle).1)
}

#[expect(clippy::cast_precision_loss, reason = "counts are below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(channel: i32, views: i64, subscribers: i32) -> KeywordUse {
        KeywordUse {
            keyword: 1,
            channel: Some(channel),
            video: 1,
            spelling: 1,
            age: 5 * SECONDS_PER_DAY,
            views,
            category: 0,
            is_short: None,
            subscribers,
        }
    }

    #[test]
    fn inputs_use_the_median_of_small_channels() {
        let mut uses: Vec<KeywordUse> =
            (0..8).map(|n| used(n % 4, i64::from(n) * 10, 1_000)).collect();
        uses.extend((10..14).map(|channel| used(channel, 1_000_000, 500_000)));
        // Channels 0 to 3 have medians of 0, 10, 20 and 30 (the lower of two videos).
        let expected =
            ScoreInputs { keyword: 7, videos: 12, channels: 8, demand_views: 10, small_share: 0.2 };
        assert_eq!(score_inputs(7, &mut uses), Some(expected));
    }

    #[test]
    fn keyword_with_few_videos_or_small_channels_has_no_score() {
        let mut few: Vec<KeywordUse> = (0..9).map(|n| used(n, 10, 1_000)).collect();
        assert_eq!(score_inputs(1, &mut few), None);
        let mut large: Vec<KeywordUse> =
            (0..20).map(|n| used(n, 10, if n < 2 { 10 } else { 0 })).collect();
        assert_eq!(score_inputs(1, &mut large), None);
    }

    #[test]
    fn score_grows_with_demand_and_small_share_and_falls_with_supply() {
        let inputs = |keyword, demand_views, channels, small_share| ScoreInputs {
            keyword,
            videos: 20,
            channels,
            demand_views,
            small_share,
        };
        let all = [inputs(1, 100, 10, 0.0), inputs(2, 200, 10, 0.0), inputs(3, 200, 90, 0.5)];
        let scores: Vec<f64> = compute_scores(&all).iter().map(|score| score.total).collect();
        // Demand: 1/6, 4/6, 4/6. Supply: 2/6, 2/6, 5/6.
        let expected = [25.0, 50.0, 50.0];
        for (found, expected) in scores.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{scores:?}");
        }
    }
}
