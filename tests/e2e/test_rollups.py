"""Rollups compared with an independent computation from the observations."""

import collections
import datetime
import json
import math
import statistics

AGES = (1, 2, 3, 7, 14, 28)
DAY = 86_400
SEOUL = datetime.timezone(datetime.timedelta(hours=9))
BEFORE = datetime.datetime(2026, 8, 1, tzinfo=SEOUL).timestamp()
AFTER = datetime.datetime(2026, 9, 1, tzinfo=SEOUL).timestamp()

VIDEOS = """
    SELECT json_build_array(v.idx, v.channel_idx, extract(epoch FROM upload_time), is_short,
        duration_seconds, removed_at IS NOT NULL, (
            SELECT json_agg(json_build_array(extract(epoch FROM check_time), w.views) ORDER BY check_time, idx)
            FROM video_views w
            WHERE video_idx = v.idx AND idx <= (SELECT last_views_idx FROM video_rollup)
        ))
    FROM video v WHERE changed_at < (SELECT changed_until FROM video_rollup)"""
STORED_AGES = "SELECT json_build_array(video_idx, day_1, day_2, day_3, day_7, day_14, day_28, gained_24h) FROM video_age_views"
STORED = "SELECT json_build_array(video_idx, age_days, views, expected_views, sample, ratio_shrunk) FROM video_outlier"


def test_rollups_equal_a_recount_of_all_observations(instance):
    instance.script("createtrend", "rollup")
    rows = {name: read(instance, query) for name, query in (("videos", VIDEOS), ("ages", STORED_AGES), ("outliers", STORED))}
    check(rows["videos"], rows["ages"], rows["outliers"])


def read(instance, query):
    return [json.loads(line) for line in instance.sql(query).splitlines()]


def check(videos, stored_ages, stored_outliers):
    stored = {row[0]: row[1:] for row in stored_ages}
    found = {row[0]: row[1:] for row in stored_outliers}
    channels, ages = collections.defaultdict(list), {}
    for idx, channel, upload, is_short, seconds, is_removed, observed in videos:
        ages[idx] = [views_at(upload, observed or [], age) for age in AGES]
        assert near(ages[idx], stored[idx][:6]), (idx, ages[idx], stored[idx])
        gain = None if is_removed else gained(upload, observed or [])
        assert stored[idx][6] is None or near([gain], [stored[idx][6]]), (idx, gain, stored[idx][6])
        length = is_short if is_short is not None else (False if (seconds or 0) > 180 else "unknown")
        channels[channel, length, upload >= AFTER].append((upload, idx, is_removed))
    count = 0
    for (channel, *_), own in channels.items():
        own.sort()
        for place, (upload, idx, is_removed) in enumerate(own):
            if channel is None or is_removed:
                assert idx not in found
                continue
            compared = compare(own[:place], upload, ages[idx], stored)
            assert (compared is None) == (idx not in found), (idx, compared, found.get(idx))
            if compared:
                count += 1
                assert all(math.isclose(a, b, rel_tol=1e-9) for a, b in zip(compared, found[idx])), (idx, compared, found[idx])
    assert count > 100, f"only {count} comparisons"


def views_at(upload, observed, age):
    target = upload + age * DAY
    before = [row for row in observed if row[0] < target]
    after = [row for row in observed if row[0] >= target]
    if not after or not (after[0][0] < BEFORE or upload >= AFTER):
        return None
    (t, w) = after[0]
    if abs(t - target) < 1e-6:
        return w
    if not before or before[-1][0] < upload:
        return None
    (s, v) = before[-1]
    if (t - s) / DAY > max(1.5, age / 4):
        return None
    s, t = (max((x - upload) / DAY, 1 / 24) for x in (s, t))
    weight = math.log(age / s) / math.log(t / s)
    return round((v + 1) ** (1 - weight) * (w + 1) ** weight - 1)


def gained(upload, observed):
    if not observed or observed[-1][0] < upload:
        return None
    (t, w) = observed[-1]
    if t - upload <= DAY:
        return w if t < BEFORE or upload >= AFTER else None
    earlier = [row for row in observed if row[0] <= t - 20 * 3600]
    if not earlier or t - earlier[-1][0] > 48 * 3600:
        return None
    (s, v) = earlier[-1]
    return round(max(w - v, 0) * DAY / (t - s)) if t < BEFORE or s >= AFTER else None


def compare(earlier, upload, own, stored):
    for place in reversed(range(len(AGES))):
        recent = [idx for time, idx, _ in reversed(earlier) if upload - 180 * DAY <= time < upload]
        known = [stored[idx][place] for idx in recent if stored[idx][place] is not None][:30]
        if own[place] is not None and len(known) >= 3:
            views, median = own[place], statistics.median(known)
            ratio = max(views, 1) / max(median, 1)
            return AGES[place], views, median, len(known), ratio ** (len(known) / (len(known) + 2))
    return None


def near(ours, theirs):
    """Equal up to the rounding of a half."""
    return all((a is None) == (b is None) and (a is None or abs(a - b) <= 1) for a, b in zip(ours, theirs))
