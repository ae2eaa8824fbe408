"""The table and the file of results."""

import json

COLUMNS = [
    # Title, key of the figure, format.
    ("a req/s", ("gateway", "per_second"), "{:,.0f}"),
    ("p50", ("gateway", "p50"), "{:.2f}"),
    ("p99", ("gateway", "p99"), "{:.2f}"),
    ("nginx CPU", ("gateway", "cpu_nginx"), "{:.3f}"),
    ("b req/s", ("static_file", "per_second"), "{:,.0f}"),
    ("a/b", ("ratios", "gateway"), "{:.2f}"),
    ("c req/s", ("uncached", "per_second"), "{:,.0f}"),
    ("p50", ("uncached", "p50"), "{:.2f}"),
    ("p99", ("uncached", "p99"), "{:.2f}"),
    ("service CPU", ("uncached", "cpu_service"), "{:.2f}"),
    ("PostgreSQL CPU", ("uncached", "cpu_postgres"), "{:.2f}"),
    ("Elasticsearch CPU", ("uncached", "cpu_elasticsearch"), "{:.1f}"),
    ("d p50", ("bare", "p50"), "{:.2f}"),
    ("c/d", ("ratios", "uncached"), "{:.2f}"),
]

LEGEND = """\
(a) gateway, cached, 16 clients      (b) nginx, the same bytes as a static file
(c) one replica, no cache, 1 client  (d) the search or the statements without the service, 1 client
Latencies and CPU per request in milliseconds; a/b compares requests per second, c/d
compares p50. Each figure is the median of three runs that alternate with runs of its baseline."""


def ratios(figures):
    """Ratios to the baselines: above 1 is faster, except for the latency ratio c/d."""
    of = lambda one, other, key: figures[one][key] / figures[other][key]
    return {
        "gateway": of("gateway", "static_file", "per_second"),
        "uncached": of("uncached", "bare", "p50"),
    }


def header():
    titles = ["endpoint", *(title for title, _, _ in COLUMNS)]
    return f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}"


def row(name, figures):
    cells = [form.format(figures[part][key]) for _, (part, key), form in COLUMNS]
    return f"| {' | '.join([name, *cells])} |"


def save(file, videos, results):
    """Merges the results into the file, by number of videos."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    kept[str(videos)] = {**kept.get(str(videos), {}), **results}
    in_order = {size: kept[size] for size in sorted(kept, key=int)}
    file.write_text(json.dumps(in_order, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def growth(file):
    """Table rows: the growth of the uncached latency from the fewest to the most videos measured."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    fewest, most = list(kept)[0], list(kept)[-1]
    if fewest == most:
        return
    yield f"| endpoint | p50 at {int(fewest):,} | at {int(most):,} | times |\n|---|---|---|---|"
    for name in [name for name in kept[most] if name in kept[fewest]]:
        less, more = (kept[size][name]["uncached"]["p50"] for size in (fewest, most))
        yield f"| {name} | {less:.2f} | {more:.2f} | {more / less:.1f} |"
