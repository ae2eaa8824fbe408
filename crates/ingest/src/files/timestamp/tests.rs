use super::*;

#[test]
fn date_forms_of_one_day_are_parsed_as_midnight() {
    let day: DateTime<Utc> = "2020-08-12T00:00:00Z".parse().unwrap();
    for text in [
        "2020-08-12T00:00:00Z",
        "2020-08-12T00:00:00.000Z",
        "2020-08-12T09:00:00+09:00",
        "2020-08-12 09:00:00+09",
        "2020-08-12T00:00:00+0000",
        "2020-08-12 00:00:00",
        "2020-08-12 00:00:00 UTC",
        "2020-08-12 00:00:00 +0000 UTC",
        "2020-08-12T00:00",
        "2020-08-12 00:00:00.000000",
        "2020-08-12",
        "2020-8-12",
        "2020/08/12",
        "2020.08.12",
        "2020. 8. 12.",
        "2020. 8. 12. 오전 12:00:00",
        "20. 8. 12.",
        "2020년 8월 12일",
        "2020년 08월 12일 오전 12:00",
        "20200812",
        "Aug 12, 2020",
        "12 August 2020",
        "Wed, 12 Aug 2020 00:00:00 GMT",
        "Wed Aug 12 2020 09:00:00 GMT+0900 (Korean Standard Time)",
        "Wednesday, August 12, 2020",
        "12-Aug-2020",
        "12-Aug-20",
        "2020-08-12(수)",
        "2020-08-12 (수)",
        "2020. 8. 12.(수) 오전 12:00",
        "2020년 8월 12일 수요일",
        "2020년 8월 12일 (수요일) 0시",
        "2020-08-12 09:00 (UTC+09:00)",
        "2020-08-12 09:00 (UTC+9)",
        "2020-08-12 09:00 (GMT+0900)",
        "2020-08-12 09:00 UTC+09:00",
        "2020-08-12 UTC",
        "2020-08-12T09:00 JST",
        "2020-08-11 16:00:00 PST",
        "2020-08-11 20:00:00 EDT",
        "1597190400",
        "1597190400.0",
        "1597190400.123456",
        "1597190400000",
    ] {
        assert_eq!(parse_timestamp(text, DateOrder::Unknown), Ok(day), "{text}");
    }
}

#[test]
fn times_are_parsed_with_fraction_and_offset() {
    let parsed = |text: &str| parse_timestamp(text, DateOrder::Unknown).unwrap().to_rfc3339();
    assert_eq!(parsed("2026-11-20 03:00:00.5"), "2026-11-20T03:00:00.500+00:00");
    assert_eq!(parsed("2026-11-21T00:26:46.5+00:00"), "2026-11-21T00:26:46.500+00:00");
    assert_eq!(parsed("2026. 11. 21. 오후 3:05"), "2026-11-21T15:05:00+00:00");
    assert_eq!(parsed("2026. 11. 20. 오후 4:05:00"), "2026-11-20T16:05:00+00:00");
    assert_eq!(parsed("2026년 11월 20일 오후 4시 5분"), "2026-11-20T16:05:00+00:00");
    assert_eq!(parsed("2026년 11월 20일 16시 5분 7초"), "2026-11-20T16:05:07+00:00");
    assert_eq!(parsed("2026년 11월 20일 오전 4시"), "2026-11-20T04:00:00+00:00");
    assert_eq!(parsed("20-Nov-26 4:05 PM"), "2026-11-20T16:05:00+00:00");
    assert_eq!(parsed("2026-11-21 09:00 KST"), "2026-11-21T00:00:00+00:00");
    assert_eq!(parsed("2026-11-20 23:30 (KST)"), "2026-11-20T14:30:00+00:00");
    assert_eq!(parsed("Fri, 20 Nov 2026 23:30:00 KST"), "2026-11-20T14:30:00+00:00");
}

#[test]
fn day_and_month_are_parsed_in_known_order() {
    let parsed = |text: &str, order| parse_timestamp(text, order).map(|time| time.to_rfc3339());
    let day = |text: &str| Ok(text.to_owned());
    let (day_first, month_first) = (DateOrder::DayFirst, DateOrder::MonthFirst);
    assert_eq!(parsed("8/25/2020 3:05 PM", month_first), day("2020-08-25T15:05:00+00:00"));
    assert_eq!(parsed("25.08.2020", day_first), day("2020-08-25T00:00:00+00:00"));
    assert_eq!(parsed("05/12/2020", day_first), day("2020-12-05T00:00:00+00:00"));
    assert_eq!(parsed("05/12/2020", month_first), day("2020-05-12T00:00:00+00:00"));
    assert_eq!(parsed("25/08/2020", month_first), Err(DateError::Invalid));
    assert_eq!(parsed("05/05/2020", DateOrder::Unknown), day("2020-05-05T00:00:00+00:00"));
    for text in ["05/12/2020", "25/08/2020", "8/25/2020 3:05 PM", "5-12-2020 10:00"] {
        assert_eq!(parsed(text, DateOrder::Unknown), Err(DateError::Order), "{text}");
    }
    assert_eq!(DateOrder::of("25/08/2020 10:00"), Some(day_first));
    assert_eq!(DateOrder::of("8.25.2020"), Some(month_first));
    assert_eq!(DateOrder::of("08/05/2020"), None);
    assert_eq!(DateOrder::of("32/05/2020"), None);
    assert_eq!(DateOrder::of("20.05.08"), None);
}

#[test]
fn spreadsheet_serial_dates_are_rejected_with_cause() {
    for text in ["46000", "45992.5416666667", "38353"] {
        let parsed = parse_timestamp(text, DateOrder::Unknown);
        assert_eq!(parsed, Err(DateError::Serial), "{text}");
    }
}

#[test]
fn two_digit_years_are_rejected_as_ambiguous() {
    for text in ["26.06.05", "26.11.21", "6/5/26", "05-06-26 10:00", "13. 08. 25"] {
        let parsed = parse_timestamp(text, DateOrder::Unknown);
        assert_eq!(parsed, Err(DateError::ShortYear), "{text}");
    }
    let day = "2017-11-14T00:00:00Z".parse().ok();
    assert_eq!(parse_year_day_month("17.14.11"), day);
    assert_eq!(parse_year_day_month("17.11.14"), None);
}

#[test]
fn unsupported_timestamp_formats_are_rejected() {
    for text in [
        "",
        "2020-13-01",
        "yesterday",
        "0001-01-01",
        "32/08/2020",
        "2020-08",
        "4600",
        "2020-08-12 25:00",
        "1.6E+09",
        "2020-08/12",
        "2020-08-12 00:00:00 XYZ",
        "2020-08-12 00:00:00 (한국시간)",
        "2020-08-12 00:00 (UTC+x)",
        "2020-08-12(9)",
        "2020-08-12 금붕어",
        "Wed, 12 Aug 2020 00:00:00 XYZ",
        "Aug 12",
    ] {
        let parsed = parse_timestamp(text, DateOrder::Unknown);
        assert_eq!(parsed, Err(DateError::Invalid), "{text}");
    }
}

#[test]
fn date_in_file_name_is_found_among_other_text() {
    let day = NaiveDate::from_ymd_opt(2025, 5, 1);
    assert_eq!(day_in_name("videos-list-20250501.json.gz"), day);
    assert_eq!(day_in_name("kr 2025-05-01 영상.csv"), day);
    assert_eq!(day_in_name("KR_2025-02_2025-05.csv.gz"), None);
    assert_eq!(day_in_name("120250501.csv"), None);
    assert_eq!(day_in_name("videos_20250501_20250507.csv"), None);
    assert_eq!(day_in_name("20250501_videos_2025-05-01.csv"), day);
}
