import { expect, test } from "@playwright/test";
import { formatDate, formatFullDate, addDays } from "../src/format/dates";
import { formatChange, formatCount, formatPercent, formatRatio } from "../src/format/numbers";
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

test("ratios_percentages_and_changes_are_formatted", () => {
  expect(formatRatio(11.278, "ko")).toBe("11.3배");
  expect(formatRatio(0.0006889, "en")).toBe("0.001×");
  expect(formatPercent(184.09, "ko")).toBe("184%");
  expect(formatChange(3.6466, "ko")).toBe("3.6배");
  expect(formatChange(1.3, "en")).toBe("+30%");
  expect(formatChange(0.887, "ko")).toBe("−11%");
});

test("dates_are_not_converted_to_the_local_time_zone", () => {
  expect(formatDate("2026-11-25T00:00:00", "ko")).toBe("11월 25일");
  expect(formatDate("2026-11-25", "en")).toBe("25 Nov");
  expect(formatFullDate("2026-11-25T23:59:59", "ko")).toBe("2026년 11월 25일");
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
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
