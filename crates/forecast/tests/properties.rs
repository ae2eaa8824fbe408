//! Invariants of forecasts, on the shipped model.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use forecast::{
    CategoryBounds, Count, EarlyForecast, Estimate, KnownInputs, LinearEffect, MAX_PAST_VIDEOS,
    MIN_COUNT_AGE_DAYS, Model, PastVideo, Plan, Subscribers, Upload,
};
use proptest::prelude::*;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::shipped().unwrap());

fn subscribers() -> impl Strategy<Value = u64> {
    prop_oneof![0_u64..100, 0_u64..10_000, 0_u64..1_000_000, 0_u64..500_000_000]
}

fn past() -> impl Strategy<Value = PastVideo> {
    (0.0..4000.0_f64, subscribers(), prop::option::of(subscribers()))
        .prop_map(|(age_days, views, subscribers)| PastVideo { age_days, views, subscribers })
}

fn upload() -> impl Strategy<Value = Upload> {
    (0_i64..4000, prop::option::of(0_u32..86_400)).prop_map(|(day, second)| Upload {
        day: NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + TimeDelta::days(day),
        time: second.and_then(|second| NaiveTime::from_num_seconds_from_midnight_opt(second, 0)),
    })
}

/// Counts at different ages.
fn counts() -> impl Strategy<Value = Vec<Count>> {
    prop::collection::btree_map(1_u32..744, subscribers(), 1..6).prop_map(|counts| {
        let count = |(hours, views)| Count { age_days: f64::from(hours) / 24.0, views };
        counts.into_iter().map(count).collect()
    })
}

/// Plans with any of their inputs missing; subscribers are unknown.
fn plan() -> impl Strategy<Value = Plan> {
    let category = prop::option::of(prop_oneof![Just(10), Just(20), Just(24), any::<u16>()]);
    let uploads = prop::option::of(prop_oneof![0_u64..5, 0_u64..5_000, any::<u64>()]);
    let title = prop::option::of(prop_oneof![Just("[MV] 봄날".to_owned()), any::<String>()]);
    let past = prop::collection::vec(past(), 0..6);
    (upload(), category, uploads, title, past).prop_map(
        |(upload, category, uploads, title, past)| Plan {
            category,
            uploads,
            title,
            past,
            ..Plan::new(upload)
        },
    )
}

fn any_subscribers() -> impl Strategy<Value = Subscribers> {
    prop_oneof![
        subscribers().prop_map(Subscribers::Known),
        Just(Subscribers::Hidden),
        Just(Subscribers::Unknown)
    ]
}

fn known() -> impl Strategy<Value = KnownInputs> {
    (any_subscribers(), plan())
        .prop_map(|(subscribers, plan)| KnownInputs { subscribers, ..KnownInputs::from(&plan) })
}

/// The forecast from counts alone.
fn forecast_from_counts(counts: &[Count]) -> EarlyForecast {
    MODEL.forecast_from_counts(counts, KnownInputs::default()).unwrap()
}

/// `one` ≤ `other`, up to rounding errors.
fn at_most(one: Estimate, other: Estimate) -> bool {
    let fits = |one: f64, other: f64| one <= other * (1.0 + 1e-9) + 1e-9;
    fits(one.low, other.low) && fits(one.views, other.views) && fits(one.high, other.high)
}

proptest! {
    #[test]
    fn views_are_monotonic_in_subscribers(
        plan in plan(), one in subscribers(), other in subscribers(), age in 0.01..60.0_f64,
    ) {
        let at = |count| MODEL.forecast(&Plan { subscribers: Subscribers::Known(count), ..plan.clone() }).at(age);
        prop_assert!(at_most(at(one.min(other)), at(one.max(other))));
    }

    #[test]
    fn views_are_monotonic_in_age(
        plan in plan(), subscribers in any_subscribers(), one in -5.0..400.0_f64, step in 0.0..30.0_f64,
    ) {
        let forecast = MODEL.forecast(&Plan { subscribers, ..plan });
        prop_assert!(at_most(forecast.at(one), forecast.at(one + step)));
    }

    #[test]
    fn interval_contains_estimate(
        plan in plan(), subscribers in any_subscribers(), age in -1.0..4000.0_f64,
    ) {
        let Estimate { low, views, high } = MODEL.forecast(&Plan { subscribers, ..plan }).at(age);
        prop_assert!(0.0 <= low && low <= views && views <= high && high.is_finite());
    }

    #[test]
    fn views_before_upload_are_zero(
        plan in plan(), subscribers in any_subscribers(), age in -400.0..=0.0_f64,
    ) {
        let zero = Estimate { low: 0.0, views: 0.0, high: 0.0 };
        prop_assert_eq!(MODEL.forecast(&Plan { subscribers, ..plan }).at(age), zero);
    }

    #[test]
    fn trending_interval_contains_estimate(plan in plan(), age in 0.01..400.0_f64) {
        let Estimate { low, views, high } = MODEL.trending_estimate(&plan, age).unwrap();
        prop_assert!(0.0 <= low && low <= views && views <= high && high.is_finite());
    }

    #[test]
    fn early_views_are_continuous_in_ages_of_counts(
        counts in counts(), known in known(), moved in 0_usize..6, share in 0.99..1.01_f64,
    ) {
        let before = MODEL.forecast_from_counts(&counts, known).unwrap().at(31.0);
        let mut changed = counts.clone();
        let moved = moved % changed.len();
        changed[moved].age_days *= share;
        // Counts below the minimum age are ignored, and the order of counts must stay the same.
        prop_assume!(changed[0].age_days >= MIN_COUNT_AGE_DAYS);
        prop_assume!(changed.is_sorted_by(|one, other| one.age_days < other.age_days));
        let after = MODEL.forecast_from_counts(&changed, known).unwrap().at(31.0);
        let ratio = (after.views + 10.0) / (before.views + 10.0);
        prop_assert!((0.85..1.15).contains(&ratio), "{counts:?} {changed:?} {before:?} {after:?}");
    }

    #[test]
    fn early_views_are_monotonic_in_age(
        counts in counts(), known in known(), one in 0.0..60.0_f64, step in 0.0..30.0_f64,
    ) {
        let forecast = MODEL.forecast_from_counts(&counts, known).unwrap();
        let (before, after) = (forecast.at(one), forecast.at(one + step));
        prop_assert!(at_most(before, after));
        prop_assert!(after.low <= after.views && after.views <= after.high);
        let counted = forecast.at(0.0).views;
        prop_assert!(before.low >= counted * (1.0 - 1e-9));
        prop_assert_eq!(counted.round().to_string(), forecast.last().views.to_string());
    }

    #[test]
    fn early_views_are_monotonic_in_last_count(
        counts in counts(), known in known(), more in 0_u64..1_000_000, age in 0.0..60.0_f64,
    ) {
        let before = MODEL.forecast_from_counts(&counts, known).unwrap();
        let last = before.last();
        let counts: Vec<Count> = counts
            .into_iter()
            .map(|count| if count == last { Count { views: count.views + more, ..count } } else { count })
            .collect();
        let after = MODEL.forecast_from_counts(&counts, known).unwrap();
        prop_assert!(before.at(age).views <= after.at(age).views * (1.0 + 1e-9));
    }

    #[test]
    fn forecast_is_deterministic(plan in plan(), subscribers in any_subscribers()) {
        let plan = Plan { subscribers, ..plan };
        let again = Model::shipped().unwrap();
        prop_assert_eq!(MODEL.forecast(&plan), again.forecast(&plan));
        prop_assert_eq!(MODEL.version(), again.version());
    }
}

#[test]
fn title_affects_forecast_by_confirmed_share_only() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let plan = Plan {
        subscribers: 10_000.into(),
        title: Some("Official MV".to_owned()),
        ..Plan::new(Upload { day, time: None })
    };
    let untitled = Plan { title: None, ..plan.clone() };
    // No set of ordinary videos with titles confirms an effect.
    assert_eq!(MODEL.forecast(&plan), MODEL.forecast(&untitled));
    let mut file = MODEL.file().clone();
    let count = file.content.title.means.len();
    file.content.title = LinearEffect { means: vec![0.0; count], coefficients: vec![0.5; count] };
    let views = |share: f64| {
        let mut file = file.clone();
        file.general.content_share = share;
        Model::new(&file).unwrap().forecast(&plan).at(7.0).views
    };
    assert!((views(0.0) - MODEL.forecast(&plan).at(7.0).views).abs() < 1e-6);
    assert!(views(0.0) < views(0.5) && views(0.5) < views(1.0));
}

#[test]
fn early_growth_to_day_seven_is_plausible() {
    let at = |hours: f64, days: f64| {
        let count = Count { age_days: hours / 24.0, views: 100_000 };
        forecast_from_counts(&[count]).at(days).views / 100_000.0
    };
    for (hours, days, range) in
        [(8.0, 7.0, 3.0..6.0), (24.0, 7.0, 1.7..2.8), (168.0, 31.0, 1.2..1.7)]
    {
        assert!(range.contains(&at(hours, days)), "{hours} h: {}", at(hours, days));
    }
}

#[test]
fn early_forecast_uses_the_known_inputs_of_its_regressions() {
    let counts = [Count { age_days: 1.0, views: 5_000 }];
    let at = |known: KnownInputs| MODEL.forecast_from_counts(&counts, known).unwrap().at(14.0);
    let none = KnownInputs::default();
    let values = [
        none,
        KnownInputs { subscribers: 1_000.into(), ..none },
        KnownInputs { subscribers: Subscribers::Hidden, ..none },
        KnownInputs { uploads: Some(50), ..none },
        KnownInputs { category: Some(10), ..none },
        KnownInputs { subscribers: 1_000.into(), uploads: Some(50), category: Some(10) },
    ]
    .map(|known| at(known).views);
    for (index, one) in values.iter().enumerate() {
        assert!(values[..index].iter().all(|other| (one - other).abs() > 1.0), "{values:?}");
        assert!((0.6..1.6).contains(&(one / values[0])), "{values:?}");
    }
    // A category without training data counts as unknown.
    let subscribers = KnownInputs { subscribers: 1_000.into(), ..none };
    assert_eq!(at(KnownInputs { category: Some(999), ..subscribers }), at(subscribers));
    assert_eq!(at(KnownInputs { category: Some(999), ..none }), at(none));
}

#[test]
fn early_forecast_does_not_jump_with_the_age_of_an_earlier_count() {
    let at = |age_days: f64, views: u64, last: (f64, u64)| {
        let counts = [Count { age_days, views }, Count { age_days: last.0, views: last.1 }];
        forecast_from_counts(&counts).at(31.0).views
    };
    let pairs = [(5_000, (1.25, 6_000)), (5_000, (3.0, 10_000)), (5_000, (1.25, 10_000))];
    for (views, last) in pairs {
        let alone =
            forecast_from_counts(&[Count { age_days: last.0, views: last.1 }]).at(31.0).views;
        for step in 10..98 {
            let age = last.0 * f64::from(step) / 100.0;
            let (one, other) = (at(age, views, last), at(age * 1.01, views, last));
            let ratio = other / one;
            assert!((0.9..1.1).contains(&ratio), "{views} at {age}: {one} {other}");
            assert!(one < 4.0 * alone, "{views} at {age}: {one} {alone}");
        }
    }
}

#[test]
fn trending_bounds_are_those_of_each_age_and_category() {
    let mut file = MODEL.file().clone();
    let trending = file.trending.as_mut().unwrap();
    // Wider intervals of older videos, whose lower bound is below the one of younger videos.
    (trending.ages, trending.lows, trending.highs) =
        (vec![1.0, 7.0], vec![-0.5, -3.0], vec![0.5, 3.0]);
    trending.untitled_width = 1.5;
    let own =
        CategoryBounds { category: 20, is_titled: false, lows: vec![-0.1; 2], highs: vec![0.2; 2] };
    trending.category_bounds = vec![own];
    let model = Model::new(&file).unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let plan = |category| Plan { category, ..Plan::new(Upload { day, time: None }) };
    let at = |category, age| model.trending_estimate(&plan(category), age).unwrap();
    let [one, seven] = [1.0, 7.0].map(|age| at(Some(10), age));
    assert!(seven.low < one.low, "{one:?} {seven:?}");
    let width = |category| {
        let Estimate { low, high, .. } = at(category, 7.0);
        high.ln_1p() - low.ln_1p()
    };
    let widths = [Some(20), Some(10), None].map(width);
    assert!(widths.iter().zip([0.3, 9.0, 9.0]).all(|(one, other)| (one - other).abs() < 1e-6));
}

#[test]
fn newest_earlier_videos_are_used() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let past = |count: usize, age_days: f64, views: u64| {
        vec![PastVideo { age_days, views, subscribers: None }; count]
    };
    let views = |past: Vec<PastVideo>| {
        let plan =
            Plan { subscribers: 10_000.into(), past, ..Plan::new(Upload { day, time: None }) };
        MODEL.forecast(&plan).at(7.0).views
    };
    // Older videos with younger counts do not replace newer ones.
    let newest = past(MAX_PAST_VIDEOS, 7.0, 100_000);
    let older = past(MAX_PAST_VIDEOS, 1.0, 10);
    let (both, alone) = (views([newest.clone(), older].concat()), views(newest));
    assert!((both - alone).abs() < 1e-6, "{both} {alone}");
}

#[test]
fn past_videos_shift_estimate_and_narrow_interval() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let plan = Plan { subscribers: 10_000.into(), ..Plan::new(Upload { day, time: None }) };
    let before = MODEL.forecast(&plan).at(7.0);
    let hit = PastVideo { age_days: 7.0, views: 100_000, subscribers: None };
    let after = |count| MODEL.forecast(&Plan { past: vec![hit; count], ..plan.clone() }).at(7.0);
    let width = |estimate: Estimate| (estimate.high / estimate.low).ln();
    assert!(before.views < after(1).views && after(1).views < after(5).views);
    assert!(after(5).views < 100_000.0);
    assert!(width(after(5)) < width(after(1)) && width(after(1)) < width(before));
}
