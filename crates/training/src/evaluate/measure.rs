//! Metrics of accuracy.

use crate::statistics::to_f64;

/// An estimate and the actual value, on the scale of ln(1 + views).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The estimate.
    pub estimate: f64,
    /// The true value.
    pub actual: f64,
}

/// The root of the mean squared logarithmic error: the root of the mean of the squares of
/// ln(1 + estimated views) - ln(1 + views).
pub fn rmsle(pairs: &[Pair]) -> f64 {
    let squares = pairs.iter().map(|pair| (pair.estimate - pair.actual).powi(2));
    (squares.sum::<f64>() / to_f64(pairs.len())).sqrt()
}

/// The median of |estimate - views| / views, over videos with views; `None` without
/// such videos.
pub fn median_ape(pairs: &[Pair]) -> Option<f64> {
    let error = |pair: &Pair| (pair.estimate.exp_m1() / pair.actual.exp_m1() - 1.0).abs();
    let mut errors: Vec<f64> = pairs.iter().filter(|pair| pair.actual > 0.0).map(error).collect();
    errors.sort_by(f64::total_cmp);
    let (low, high) = (errors.len().checked_sub(1)? / 2, errors.len() / 2);
    Some(f64::midpoint(errors[low], errors[high]))
}

/// Spearman's rank correlation; ties get their mean rank. `None` if all estimates or all
/// true values are equal.
pub fn spearman(pairs: &[Pair]) -> Option<f64> {
    let estimates = ranks(pairs.iter().map(|pair| pair.estimate).collect());
    let actuals = ranks(pairs.iter().map(|pair| pair.actual).collect());
    let mean = to_f64(pairs.len() + 1) / 2.0;
    let product = |one: &[f64], other: &[f64]| {
        one.iter().zip(other).map(|(one, other)| (one - mean) * (other - mean)).sum::<f64>()
    };
    let spread = (product(&estimates, &estimates) * product(&actuals, &actuals)).sqrt();
    (spread > 0.0).then(|| product(&estimates, &actuals) / spread)
}

fn ranks(values: Vec<f64>) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = values.into_iter().enumerate().collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut ranks = vec![0.0; order.len()];
    let mut first = 0;
    for equal in order.chunk_by(|one, other| one.1.total_cmp(&other.1).is_eq()) {
        let rank = to_f64(2 * first + equal.len() + 1) / 2.0;
        for (index, _) in equal {
            ranks[*index] = rank;
        }
        first += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(values: &[(f64, f64)]) -> Vec<Pair> {
        values
            .iter()
            .map(|(estimate, actual)| Pair { estimate: *estimate, actual: *actual })
            .collect()
    }

    #[test]
    fn metrics_match_hand_computed_values() {
        let three = pairs(&[(1.0, 1.0), (2.0, 4.0), (3.0, 3.0)]);
        assert!((rmsle(&three) - (4.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!((spearman(&three).unwrap() - 0.5).abs() < 1e-12);
        let doubled = pairs(&[(21_f64.ln(), 11_f64.ln()), (0.5, 0.0)]);
        assert!((median_ape(&doubled).unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn spearman_averages_tied_ranks() {
        let tied = pairs(&[(1.0, 1.0), (1.0, 2.0), (2.0, 3.0)]);
        assert!((spearman(&tied).unwrap() - 0.75_f64.sqrt()).abs() < 1e-12);
        assert_eq!(spearman(&pairs(&[(1.0, 1.0), (1.0, 2.0)])), None);
    }
}
