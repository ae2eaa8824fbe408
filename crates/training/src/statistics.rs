//! Conversions and quantiles.

/// Converts a number of videos or rows without loss.
#[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^52 videos and rows")]
pub(crate) fn to_f64(number: usize) -> f64 {
    number as f64
}

/// The quantile with the finite-sample correction of conformal prediction, rounded outward.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "indexes of a list"
)]
pub(crate) fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let count = (values.len() + 1) as f64;
    let rank = if share < 0.5 { (count * share).floor() } else { (count * share).ceil() };
    values[(rank as usize).clamp(1, values.len()) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_rounded_outward() {
        let values: Vec<f64> = (1..=9).map(f64::from).collect();
        assert!((quantile(values.clone(), 0.1) - 1.0).abs() < 1e-12);
        assert!((quantile(values.clone(), 0.9) - 9.0).abs() < 1e-12);
        assert!((quantile(values, 0.5) - 5.0).abs() < 1e-12);
    }
}
