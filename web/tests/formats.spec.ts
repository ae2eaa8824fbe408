import { expect, test } from "@playwright/test";
import {
  addDays,
  formatAxisDate,
  formatDate,
  formatFullDate,
  formatInstant,
  isoWeek,
  nextWeekday,
  seoulDay,
} from "../src/format/dates";
import { changeBetween, markIncomplete, observedPoints, periodSeries } from "../src/charts/period";
import { spread } from "../src/charts/plot-labels";
import { trendPoints } from "../src/charts/series";
import { categoryOptions } from "../src/format/categories";
import { distinctKeywords } from "../src/format/keywords";
import { ko } from "../src/i18n/ko";
import { formatChange, formatCount, formatRatio, parseCount } from "../src/format/numbers";
import { packBubbles } from "../src/components/bubbles";

test("counts_are_abbreviated_by_language", () => {
  const cases: [number, string, string][] = [
    [0, "0", "0"],
    [1_234, "1,234", "1.2K"],
    [9_999, "9,999", "10K"],
    [999, "999", "999"],
    [10_000, "1만", "10K"],
    [12_345, "1.2만", "12.3K"],
    [2_483_602, "248만", "2.5M"],
    [99_999_999, "1억", "100M"],
    [340_000_000, "3.4억", "340M"],
    [999_999, "100만", "1M"],
    [1_492_572_360, "14.9억", "1.5B"],
    [2_000_000_000_000, "2조", "2,000B"],
    [0.25, "0.3", "0.3"],
    [-15_000, "−1.5만", "−15K"],
  ];
  for (const [value, ko, en] of cases) {
    expect([formatCount(value, "ko"), formatCount(value, "en")], String(value)).toEqual([ko, en]);
  }
});

test("typed_counts_are_parsed", () => {
  const cases: [string, number | undefined][] = [
    ["15300", 15_300],
    [" 12,345,678 ", 12_345_678],
    ["1.5만", 15_000],
    ["3천 명", 3_000],
    ["15.3K", 15_300],
    ["0.07만", 700],
    ["１２", 12],
    ["0", 0],
    ["-5", undefined],
    ["15300.5", undefined],
    ["1e5", undefined],
    ["만", undefined],
    ["", undefined],
  ];
  for (const [text, count] of cases) expect(parseCount(text), text).toBe(count);
});

test("ratios_and_changes_are_formatted", () => {
  expect(formatRatio(11.278, "ko")).toBe("11.3배");
  expect(formatRatio(0.0006889, "en")).toBe("0.001×");
  expect(formatChange(3.6466, "ko")).toBe("3.6배");
  expect(formatChange(1.3, "en")).toBe("+30%");
  expect(formatChange(0.887, "ko")).toBe("−11%");
  expect(formatChange(0.9999, "ko")).toBe("±0%");
});

test("dates_are_not_converted_to_the_local_time_zone", () => {
  expect(formatDate("2026-11-25T00:00:00", "ko")).toBe("11월 25일");
  expect(formatDate("2026-11-25", "en")).toBe("25 Nov");
  expect(formatFullDate("2026-11-25T23:59:59", "ko")).toBe("2026년 11월 25일");
  expect(formatAxisDate("2026-11-05", "ko")).toBe("11.5");
  expect(formatAxisDate("2026-11-05", "en")).toBe("5 Nov");
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
});

test("points_in_time_are_shown_in_seoul", () => {
  expect(formatInstant("2026-11-27T16:05:11Z", "ko")).toBe("11월 28일 01:05");
  expect(formatInstant("2026-11-27T14:59:59.123456Z", "en")).toBe("27 Nov, 23:59 KST");
  expect(seoulDay("2026-11-27T15:00:00Z")).toBe("2026-11-28");
});

test("spelling_variants_settings_and_the_searched_keyword_are_not_listed", () => {
  const names = (list: string[], searched?: string) =>
    distinctKeywords(
      list.map((name) => ({ name })),
      searched,
    ).map(({ name }) => name);
  expect(names(["BTS", "bts", "ＢＴＳ", "B T S", "먹방"])).toEqual(["BTS", "먹방"]);
  expect(names(["yt:cc=on", "YT:quality=high", "byt:x"])).toEqual(["byt:x"]);
  expect(names(["먹방", "먹 방", "맛집"], "먹방")).toEqual(["맛집"]);
  // The count of the most frequent spelling is kept, and the order with it.
  const counts = [
    { name: "BTS", value: 30 },
    { name: "라면", value: 28 },
    { name: "bts", value: 25 },
  ];
  expect(distinctKeywords(counts)).toEqual(counts.slice(0, 2));
});

test("unlisted_category_is_an_option_only_while_it_is_selected", () => {
  const values = (selected?: string) =>
    categoryOptions(ko.categories, selected).map(([value]) => value);
  expect(values()).not.toContain("43");
  expect(values("26")).toEqual(values());
  const [added] = categoryOptions(ko.categories, "43").filter(([value]) => value === "43");
  expect(added).toEqual(["43", ko.categories[43]]);
  expect(values("999")).toContain("999");
});

test("trend_has_every_observed_day_and_gaps_for_unknown_popularity", () => {
  const window = { today: "2026-11-28", lastDay: "2026-11-28" };
  const points = [
    { date: "2026-11-24", value: 2 },
    { date: "2026-11-25", value: 0 },
    { date: "2026-11-26", value: 3 },
  ];
  const values = (tone: "popular" | "recent", lastDay = window.lastDay) =>
    trendPoints(tone, points, { ...window, lastDay }).map(({ date, value }) => [date, value]);
  expect(values("recent")).toEqual([
    ["2026-11-20", 0],
    ["2026-11-21", 0],
    ["2026-11-22", 0],
    ["2026-11-23", 0],
    ["2026-11-24", 2],
    ["2026-11-25", 0],
    ["2026-11-26", 3],
    ["2026-11-27", 0],
    ["2026-11-28", 0],
  ]);
  expect(values("popular").slice(4)).toEqual([
    ["2026-11-24", 2],
    ["2026-11-25", null],
    ["2026-11-26", 3],
    ["2026-11-27", null],
    ["2026-11-28", null],
  ]);
  // Nothing is known of the days after the newest observation.
  expect(values("recent", "2026-11-26").at(-1)).toEqual(["2026-11-26", 3]);
  expect(trendPoints("recent", [], window)).toEqual([]);
});

test("word_map_bubbles_do_not_overlap", () => {
  for (let count = 1; count <= 7; count += 1) {
    const keywords = Array.from({ length: count }, (_, index) => ({
      name: `keyword ${index}`,
      value: 100 - index * 11,
    }));
    const bubbles = packBubbles(keywords);
    for (const [index, one] of bubbles.entries()) {
      for (const other of bubbles.slice(index + 1)) {
        const distance = Math.hypot(one.x - other.x, one.y - other.y);
        expect(distance).toBeGreaterThanOrEqual(one.r + other.r);
      }
    }
  }
});

test("names_at_the_ends_of_lines_overlap_neither_each_other_nor_the_dates", () => {
  const at = (...positions: number[]) => positions.map((y) => ({ y }));
  expect(spread(at(10, 50), 15, 100)).toEqual([10, 50]);
  expect(spread(at(10, 12, 14), 15, 100)).toEqual([10, 25, 40]);
  expect(spread(at(20, 90, 99), 15, 92)).toEqual([20, 77, 92]);
});

test("period_is_compared_with_as_many_days_before", () => {
  const points = [4, 9, null, 2, 6, 5, 8].map((value, index) => ({
    date: addDays("2026-11-01", index),
    is_complete: index < 6,
    value,
  }));
  const [previous, current] = periodSeries(points, {
    name: "a",
    previousName: "b",
    tone: "a",
    period: { start: "2026-11-05", end: "2026-11-07" },
    unit: "day",
    read: (point) => point.value,
  });
  expect(previous).toMatchObject({ isPrevious: true, shift: 3 });
  expect(previous?.points).toEqual([
    { date: "2026-11-05", value: 9 },
    { date: "2026-11-06", value: null },
    { date: "2026-11-07", value: 2 },
  ]);
  expect(current).toMatchObject({ incompleteFrom: "2026-11-07" });
  if (!previous || !current) return;
  // One day is unknown, another one is not over.
  const change = { current: 6, previous: 9, count: 1 };
  expect(changeBetween(current, previous.points, true)).toEqual(change);
  expect(changeBetween({ ...current, incompleteFrom: undefined }, previous.points, true)).toEqual({
    current: 14,
    previous: 11,
    count: 2,
  });
  expect(changeBetween(current, [], true)).toBeUndefined();
});

test("uploads_are_unknown_on_days_that_were_not_observed", () => {
  const point = (index: number, uploads: number, subscribers: number | null = null) => ({
    date: addDays("2026-11-20", index),
    subscribers,
    uploads,
    is_complete: index < 6,
  });
  const days = (counted: boolean) =>
    [0, 2, 0, 0, 1, 0, 0].map((uploads, index) =>
      point(index, uploads, counted && index === 3 ? 100 : null),
    );
  const uploads = (points: ReturnType<typeof days>, lastDay: string) =>
    observedPoints(points, lastDay, "day").map((day) => day.uploads);
  expect(uploads(days(true), "2026-11-26")).toEqual([null, 2, 0, 0, 1, null, null]);
  // Without counts of the channel, its uploads are observed until the newest observation.
  expect(uploads(days(false), "2026-11-25")).toEqual([null, 2, 0, 0, 1, 0, null]);
  expect(uploads([point(0, 0)], "2026-11-26")).toEqual([null]);
});

test("days_and_weeks_of_the_newest_observation_are_incomplete", () => {
  const points = ["2026-11-16", "2026-11-23"].map((date) => ({ date, is_complete: true }));
  const complete = (lastDay: string, unit: "day" | "week") =>
    markIncomplete(points, lastDay, unit).map((point) => point.is_complete);
  expect(complete("2026-11-23", "day")).toEqual([true, false]);
  expect(complete("2026-11-24", "day")).toEqual([true, true]);
  expect(complete("2026-11-29", "week")).toEqual([true, false]);
  expect(complete("2026-11-30", "week")).toEqual([true, true]);
  // No day of the second week is complete.
  expect(complete("2026-11-23", "week")).toEqual([true]);
});

test("weeks_of_a_period_are_those_with_one_of_its_days", () => {
  const points = ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"].map((date, value) => ({
    date,
    is_complete: true,
    value,
  }));
  const [previous, current] = periodSeries(points, {
    name: "a",
    previousName: "b",
    tone: "a",
    period: { start: "2026-11-22", end: "2026-11-23" },
    unit: "week",
    read: (point) => point.value,
  });
  expect(current?.points.map(({ value }) => value)).toEqual([2, 3]);
  expect(previous?.points).toEqual([
    { date: "2026-11-16", value: 0 },
    { date: "2026-11-23", value: 1 },
  ]);
});

test("week_of_a_monday_is_that_of_iso_8601", () => {
  expect(isoWeek("2026-11-23")).toBe("2026-W48");
  expect(isoWeek("2026-12-28")).toBe("2026-W53");
  expect(isoWeek("2027-01-04")).toBe("2027-W01");
  expect(isoWeek("2024-12-30")).toBe("2025-W01");
});

test("next_weekday_is_at_most_a_week_later", () => {
  // A Saturday.
  const day = "2026-11-28";
  expect([1, 5, 6, 7].map((weekday) => nextWeekday(day, weekday))).toEqual([
    "2026-11-30",
    "2026-12-04",
    "2026-12-05",
    "2026-11-29",
  ]);
});
