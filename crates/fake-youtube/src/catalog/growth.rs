//! Growth of views with age.

/// How fast the attention for a video decays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Growth {
    /// Exponent of the decay.
    pub theta: f64,
    /// Age in days at which the decay starts.
    pub tau: f64,
}

/// The age in days at which a video has its nominal number of views.
const NOMINAL_DAYS: f64 = 13.5;

impl Growth {
    /// Ratio of the views at an age in days to the views at [`NOMINAL_DAYS`]. Never falls.
    ///
    /// New views a day decay as a power law, (1 + age / τ)^−(1 + θ), as measured for videos of
    /// YouTube by Crane and Sornette, "Robust dynamic classes revealed by measuring the response
    /// function of a social system", PNAS 105 (2008), with θ near 0.4; this is the integral.
    pub(super) fn share_at(self, days: f64) -> f64 {
        self.integral(days.max(0.0)) / self.integral(NOMINAL_DAYS)
    }

    fn integral(self, days: f64) -> f64 {
        1.0 - (1.0 + days / self.tau).powf(-self.theta)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_monotonic_and_slows_down() {
        let growth = Growth { theta: 0.4, tau: 0.5 };
        let shares: Vec<f64> = (0..800).map(|day| growth.share_at(f64::from(day))).collect();
        assert!(shares.is_sorted());
        assert!(growth.share_at(-1.0).abs() < 1e-12);
        assert!((growth.share_at(NOMINAL_DAYS) - 1.0).abs() < 1e-12);
        assert!((0.4..0.6).contains(&shares[1]), "{}", shares[1]);
        assert!((1.1..1.3).contains(&shares[60]), "{}", shares[60]);
        let gains: Vec<f64> = shares.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(gains.windows(2).all(|pair| pair[1] <= pair[0]));
    }
}
