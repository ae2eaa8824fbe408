//! The date from which views are counted differently.

use chrono::{DateTime, Utc};

/// When YouTube changed what a public view is, from and until, in seconds since 1970: between
/// 2026-08-24 and 2026-08-28, it began to count a view at the start of playback.
pub const VIEW_COUNTING_CHANGE: (i64, i64) = (1_787_529_600, 1_787_875_200);

/// Whether views at two times were counted the same way, so that their difference is growth.
pub fn is_comparable(earlier: DateTime<Utc>, later: DateTime<Utc>) -> bool {
    let (from, until) = VIEW_COUNTING_CHANGE;
    later.timestamp() < from || earlier.timestamp() >= until
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn views_across_the_counting_change_are_not_comparable() {
        let (before, during, after) =
            (at("2026-08-23T23:59:59Z"), at("2026-08-25T12:00:00Z"), at("2026-08-28T00:00:00Z"));
        assert!(is_comparable(at("2026-08-01T00:00:00Z"), before));
        assert!(is_comparable(after, at("2026-09-01T00:00:00Z")));
        for (earlier, later) in
            [(before, after), (before, during), (during, during), (during, after)]
        {
            assert!(!is_comparable(earlier, later), "{earlier} to {later}");
        }
    }
}
