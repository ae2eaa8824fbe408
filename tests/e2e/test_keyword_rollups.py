"""Counts, lists and scores of keywords compared with an independent recount of the rows."""

import collections
import datetime
import functools
import json
import math
import re
import statistics
import unicodedata

DATABASE = "createtrend_keywords"
DAY = 86_400
SEOUL = datetime.timezone(datetime.timedelta(hours=9))
EDGES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
# Characters whose normalization has special rules.
SPECIAL = re.compile(r"[+#\u0300-\u036f\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u218f\u2460-\u24ff\u2776-\u2793\u3220-\u33ff]")

VIDEOS = """
    SELECT json_build_array(v.idx, v.channel_idx, extract(epoch FROM upload_time), coalesce(v.views, 0),
        coalesce(v.category, 0), coalesce(is_short, CASE WHEN duration_seconds > 180 THEN false END),
        coalesce(c.subscriber_num, 0),
        (SELECT coalesce(json_agg(keyword), '[]') FROM video_keyword_new WHERE video_idx = v.idx))
    FROM video v LEFT JOIN channel c ON c.idx = v.channel_idx
    WHERE removed_at IS NULL AND isfinite(upload_time)"""
DAYS = """
    SELECT json_build_array(key, extract(epoch FROM day), videos, channels, views)
    FROM keyword_day JOIN keyword ON idx = keyword_idx"""
LISTS = """
    SELECT json_build_array(idx, days, category, length, min_subscribers, below_subscribers,
        extract(epoch FROM window_until), videos, active_channels, previous_active_channels, rising, large)
    FROM keyword_list"""
ENTRIES = """
    SELECT json_build_array(list_idx, key, rising_rank, large_rank, videos, channels, largest_channel_videos,
        views, previous_videos, previous_channels, rate_ratio, rate_ratio_low)
    FROM keyword_list_entry JOIN keyword ON idx = keyword_idx"""
SCORES = """
    SELECT json_build_array(key, videos, channels, demand_views, small_share)
    FROM keyword_score JOIN keyword ON idx = keyword_idx"""


def test_keyword_rollups_equal_a_recount(instance):
    instance.sql(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    instance.sql(f"CREATE DATABASE {DATABASE} OWNER createtrend")
    try:
        for arguments in (["migrate"], ["seed", "--scale", "5000"]):
            done = instance.operator(*arguments, database=DATABASE)
            assert done.returncode == 0, done.stderr
        check(lambda query: [json.loads(line) for line in instance.sql(query, DATABASE).splitlines()])
    finally:
        instance.sql(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def check(read):
    videos = [Video(*row) for row in read(VIDEOS)]
    check_days(videos, read(DAYS))
    lists, entries = read(LISTS), collections.defaultdict(list)
    for idx, *entry in read(ENTRIES):
        entries[idx].append(entry)
    assert len(lists) > 20
    counted = sum(check_list(videos, found, entries[found[0]]) for found in lists)
    assert counted > 100, f"only {counted} entries"
    check_scores(videos, read(SCORES), lists[0][6])


def key(spelling):
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", spelling).lower())
    found = "".join(unicodedata.normalize("NFC", decomposed).split())
    # A setting of YouTube in the form of a tag.
    return "" if found.startswith("yt:") else found


class Video:
    def __init__(self, idx, channel, upload, views, category, is_short, subscribers, spellings):
        self.idx, self.channel, self.upload, self.views = idx, channel, upload, views
        self.category, self.subscribers = category, subscribers
        self.length = {True: "shorts", False: "long", None: None}[is_short]
        plain = (spelling for spelling in spellings if not is_special(spelling))
        self.keys = {key(spelling) for spelling in plain} - {""}


def is_special(spelling):
    return SPECIAL.search(unicodedata.normalize("NFD", spelling)) or SPECIAL.search(spelling)


def check_days(videos, stored):
    days = collections.defaultdict(list)
    for video in videos:
        day = datetime.datetime.fromtimestamp(video.upload, SEOUL).date().isoformat()
        for name in video.keys:
            days[name, day].append(video)
    found = {
        (name, datetime.datetime.fromtimestamp(day, datetime.UTC).date().isoformat()): counts
        for name, day, *counts in stored
        if not is_special(name)
    }
    assert days.keys() <= found.keys(), list(days.keys() - found.keys())[:5]
    for place, used in days.items():
        counts = [len(used), len(channels(used)), sum(video.views for video in used)]
        assert counts == found[place], (place, counts, found[place])


def channels(videos):
    return {video.channel for video in videos} - {None}


def check_list(videos, found, entries):
    _, days, category, length, low, below, until, *totals = found
    window = [
        (math.floor((until - video.upload) / (days * DAY)), video)
        for video in videos
        if until - 5 * days * DAY < video.upload <= until
        and category in (0, video.category)
        and length in ("all", video.length)
        and (low is None or max(low, 1) <= video.subscribers < (below or math.inf))
    ]
    by_window = collections.defaultdict(list)
    uses = collections.defaultdict(lambda: collections.defaultdict(list))
    for place, video in window:
        by_window[place].append(video)
        for name in video.keys:
            uses[name][place].append(video)
    active = len(channels(by_window[0]))
    before = sum(len(channels(by_window[place])) for place in range(1, 5))
    assert totals[:3] == [len(by_window[0]), active, before], (found, len(by_window[0]), active, before)

    expected = {name: counts for name in uses if (counts := count(uses[name]))}
    stored = {entry[0]: entry[1:] for entry in entries if not is_special(entry[0])}
    assert stored.keys() <= expected.keys(), list(stored.keys() - expected.keys())[:5]
    for name, (rising, large, *numbers) in stored.items():
        recount = [*expected[name], *rate_ratios(expected[name][1], expected[name][5], active, before)]
        assert all(near(a, b) for a, b in zip(numbers, recount, strict=True)), (found, name, numbers, recount)
    # Everything that is not listed ranks behind the last listed keyword.
    ranked = [entry for entry in entries if entry[2] is not None]
    for name in expected.keys() - {entry[0] for entry in entries}:
        assert totals[4] == 200, (found, name, expected[name])
        last = min(entry[4] for entry in ranked) if ranked else 0
        assert expected[name][1] <= last, (found, name, expected[name])
    large = sorted((entry for entry in ranked if entry[2]), key=lambda entry: entry[2])
    assert [entry[4] for entry in large] == sorted((entry[4] for entry in large), reverse=True)
    rising = sorted((entry for entry in entries if entry[1]), key=lambda entry: entry[1])
    assert [entry[-1] for entry in rising] == sorted((entry[-1] for entry in rising), reverse=True)
    assert all(entry[-1] > 1 for entry in rising) and len(rising) == totals[3]
    return len(stored)


def count(windows):
    """The counts of an entry, or None if the keyword is not listed."""
    used = windows[0]
    of_channels = collections.Counter(video.channel for video in used if video.channel is not None)
    largest = max(of_channels.values(), default=0)
    if len(used) < 5 or len(of_channels) < 3 or 2 * largest > len(used):
        return None
    earlier = [windows[place] for place in range(1, 5)]
    previous = sum(len(channels(videos)) for videos in earlier)
    views = sum(video.views for video in used)
    return [len(used), len(of_channels), largest, views, sum(map(len, earlier)), previous]


@functools.cache
def rate_ratios(channels, previous, active, before):
    """The ratio of the rates of channels, and its lower bound."""
    if before == 0:
        return [None, None]
    share = active / (active + before)
    a, b = channels + 5 * share, previous + 5 * (1 - share)
    low = beta_quantile(a, b, 0.05)
    return [a / active / (b / before), low / (1 - low) * before / active]


def beta_quantile(a, b, tail):
    """By bisection of the integral, in logarithms of the odds."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_cdf(a, b, middle) < tail else (low, middle)
    return low


def beta_cdf(a, b, x):
    """Continued fraction of Lentz (Numerical Recipes, 6.4)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(b, a, 1 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    f, c, d = 1.0, 1.0, 0.0
    for i in range(300):
        m = i // 2
        if i == 0:
            numerator = 1.0
        elif i % 2 == 0:
            numerator = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            numerator = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / (1 + numerator * d)
        c = 1 + numerator / c
        f *= c * d
        if abs(1 - c * d) < 1e-12:
            break
    return front * (f - 1)


def check_scores(videos, stored, until):
    uses = collections.defaultdict(list)
    for video in videos:
        if until - 28 * DAY < video.upload <= until:
            for name in video.keys:
                uses[name].append(video)
    expected = {name: facts for name, used in uses.items() if (facts := score_facts(used, until))}
    found = {name: facts for name, *facts in stored if not is_special(name)}
    assert found.keys() == expected.keys(), list(found.keys() ^ expected.keys())[:5]
    for name, facts in found.items():
        assert all(near(a, b) for a, b in zip(facts, expected[name], strict=True)), (name, facts, expected[name])


def score_facts(used, until):
    small = [video for video in used if 0 < video.subscribers < 30_000]
    of_channels = collections.defaultdict(list)
    for video in small:
        if until - video.upload >= 2 * DAY and video.channel is not None:
            of_channels[video.channel].append(video.views)
    if len(used) < 10 or len(of_channels) < 3:
        return None
    best = sorted(used, key=lambda video: (-video.views, video.idx))[: max(len(used) // 5, 5)]
    demand = statistics.median_low(statistics.median_low(views) for views in of_channels.values())
    share = sum(0 < video.subscribers < 30_000 for video in best) / len(best)
    return [len(used), len(channels(used)), demand, share]


def near(a, b):
    return a == b if a is None or b is None else math.isclose(a, b, rel_tol=1e-6)
