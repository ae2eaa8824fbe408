use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn hours_of(date: &str) -> i64 {
    let day = PacificDay::from(date.parse::<NaiveDate>().unwrap());
    (day.next().start() - day.start()).num_hours()
}

#[test]
fn quota_is_reset_at_pacific_midnight_in_summer_and_winter() {
    assert_eq!(next_reset(at("2026-07-01T06:59:59Z")), at("2026-07-01T07:00:00Z"));
    assert_eq!(next_reset(at("2026-07-01T07:00:00Z")), at("2026-07-02T07:00:00Z"));
    assert_eq!(next_reset(at("2026-12-01T07:59:59Z")), at("2026-12-01T08:00:00Z"));
    assert_eq!(next_reset(at("2026-12-01T08:00:00Z")), at("2026-12-02T08:00:00Z"));
    assert_eq!(PacificDay::of(at("2026-07-01T06:59:59Z")).to_string(), "2026-06-30");
}

#[test]
fn pacific_days_of_clock_changes_have_23_and_25_hours() {
    assert_eq!(hours_of("2026-03-07"), 24);
    assert_eq!(hours_of("2026-03-08"), 23);
    assert_eq!(hours_of("2026-03-09"), 24);
    assert_eq!(hours_of("2026-11-01"), 25);
    assert_eq!(next_reset(at("2026-11-01T07:30:00Z")), at("2026-11-02T08:00:00Z"));
    assert_eq!(next_reset(at("2026-03-08T08:30:00Z")), at("2026-03-09T07:00:00Z"));
}

#[test]
fn every_method_has_the_documented_cost() {
    let cost = |method: Method| method.cost().map(|cost| (cost.bucket, cost.units));
    for method in [
        Method::VideosList,
        Method::ChannelsList,
        Method::PlaylistItemsList,
        Method::VideoCategoriesList,
    ] {
        assert_eq!(cost(method), Some((Bucket::Units, 1)), "{method}");
    }
    assert_eq!(cost(Method::SearchList), Some((Bucket::Search, 1)));
    assert_eq!(cost(Method::VideosBatchGetStats), Some((Bucket::BatchStats, 1)));
    assert_eq!(cost(Method::Feed), None);
    let limits = Limits::default();
    assert_eq!(Bucket::ALL.map(|bucket| limits.of(bucket)), [10_000, 100, 10_000]);
}

#[test]
fn exhausted_bucket_leaves_others_and_opens_after_the_reset() {
    let (limits, now) = (Limits { search: 2, ..Limits::default() }, at("2026-12-01T12:00:00Z"));
    let search = Method::SearchList.cost().unwrap();
    let mut usage = Usage::new(now);
    usage.reserve(search, now, &limits).unwrap();
    usage.reserve(search, now, &limits).unwrap();
    let error = usage.reserve(search, now, &limits).unwrap_err();
    let reset = at("2026-12-02T08:00:00Z");
    assert_eq!(error, Exhausted { bucket: Bucket::Search, limit: 2, reset });
    assert_eq!(usage.used(Bucket::Search), 2);
    usage.reserve(Method::VideosList.cost().unwrap(), now, &limits).unwrap();
    usage.reserve(search, reset - TimeDelta::seconds(1), &limits).unwrap_err();
    usage.reserve(search, reset, &limits).unwrap();
    assert_eq!((usage.used(Bucket::Search), usage.used(Bucket::Units)), (1, 0));
}

#[test]
fn clock_that_goes_back_does_not_reset_the_quota() {
    let (limits, now) = (Limits { units: 1, ..Limits::default() }, at("2026-12-01T08:00:01Z"));
    let cost = Method::VideosList.cost().unwrap();
    let mut usage = Usage::new(now);
    usage.reserve(cost, now, &limits).unwrap();
    usage.reserve(cost, now - TimeDelta::seconds(5), &limits).unwrap_err();
    usage.reserve(cost, now, &limits).unwrap_err();
}

#[test]
fn bucket_exhausted_by_the_server_rejects_reservations() {
    let (limits, now) = (Limits::default(), at("2026-12-01T08:00:01Z"));
    let mut usage = Usage::new(now);
    usage.exhaust(Bucket::BatchStats, now, &limits);
    usage.reserve(Method::VideosBatchGetStats.cost().unwrap(), now, &limits).unwrap_err();
    usage.reserve(Method::VideosList.cost().unwrap(), now, &limits).unwrap();
}

proptest! {
    #[test]
    fn instant_is_within_its_pacific_day(seconds in -2_000_000_000_i64..8_000_000_000) {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap();
        let day = PacificDay::of(instant);
        prop_assert!(day.start() <= instant && instant < day.next().start());
        prop_assert_eq!(next_reset(instant), day.next().start());
    }

    #[test]
    fn usage_never_exceeds_the_limit(limit in 0_u32..50, requests in prop::collection::vec(0_u32..9, 0..40)) {
        let (limits, now) = (Limits { units: limit, ..Limits::default() }, at("2026-12-01T12:00:00Z"));
        let mut usage = Usage::new(now);
        let granted: u32 = requests
            .into_iter()
            .filter(|units| usage.reserve(Cost { bucket: Bucket::Units, units: *units }, now, &limits).is_ok())
            .sum();
        prop_assert_eq!(usage.used(Bucket::Units), granted);
        prop_assert!(granted <= limit);
    }
}
