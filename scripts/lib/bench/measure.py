"""The measurements of one endpoint and its baselines.

The two runs of a ratio alternate, so that a temporarily slower machine affects both; the result
is the median of the turns.
"""

import pathlib
import statistics
import tempfile
import time
import urllib.request

import baselines
import record
import replicas
from instance import DATABASE
from load import pgbench, wrk
from processes import CpuMeter

CLIENTS = 16
# Seconds until PostgreSQL has written a statement to its log.
LOG_TIMEOUT = 30
TURNS = 3
# Elasticsearch compiles its code while it runs: the CPU time of a search falls by a factor of five
# in the first 5,000.
WARM_UP_SECONDS = 20


def in_turns(seconds, *runs):
    """Alternates the runs several times; returns the median of each."""
    outcomes = [[run(seconds) for run in runs] for _ in range(TURNS)]
    return [median(each) for each in zip(*outcomes)]


def median(outcomes):
    keys = outcomes[0].keys()
    return {key: statistics.median(outcome[key] for outcome in outcomes) for key in keys}


def metered(roots, run):
    """Adds to a run the CPU time per request of these processes, in milliseconds."""

    def measure(seconds):
        meter = CpuMeter(roots)
        load = run(seconds)
        used = {f"cpu_{name}": ms for name, ms in meter.per_request(load.requests).items()}
        return {"per_second": load.per_second, "p50": load.p50, "p99": load.p99, **used}

    return measure


def http(url, clients, script=None):
    return lambda seconds: wrk(url, clients, seconds, script)


def measure(instance, endpoint, seconds):
    """All measurements of an endpoint."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.joinpath("body.json").write_bytes(body(instance.gateway + endpoint.path))
        return {
            **at_the_gateway(instance, endpoint, folder, seconds),
            **without_cache(instance, endpoint, folder, seconds),
        }


def body(url):
    with urllib.request.urlopen(url, timeout=20) as response:
        return response.read()


def at_the_gateway(instance, endpoint, folder, seconds):
    nginx = {"nginx": instance.pid("nginx")}
    with baselines.static_files(instance, folder) as files:
        warm, floor = in_turns(
            seconds,
            metered(nginx, http(instance.gateway + endpoint.path, CLIENTS)),
            metered({}, http(f"{files}/body.json", CLIENTS)),
        )
    return {"gateway": warm, "static_file": floor}


def without_cache(instance, endpoint, folder, seconds):
    bare = {"elasticsearch": bare_search, "postgres": bare_statements}[endpoint.backend]
    off = {"CREATETREND_CACHE__TTL_MS": "0"}
    floor = bare(instance, endpoint, folder, off)
    with replicas.replica(instance, endpoint.service, off) as (replica, pid):
        roots = {
            "service": pid,
            "postgres": instance.pid("postgres"),
            "elasticsearch": instance.pid("elasticsearch"),
        }
        if endpoint.backend == "elasticsearch":
            wrk(replica + endpoint.path, 1, WARM_UP_SECONDS)
        uncached, floor = in_turns(
            seconds,
            metered(roots, http(replica + endpoint.path, 1)),
            metered({}, floor),
        )
    return {"uncached": uncached, "bare": floor}


def bare_search(instance, endpoint, folder, settings):
    """Repeats the endpoint's search with wrk."""
    recorder = record.Recorder(instance.elasticsearch)
    through = {
        **settings,
        "CREATETREND_ELASTICSEARCH__URL": f"http://127.0.0.1:{recorder.port}",
    }
    with replicas.replica(instance, endpoint.service, through) as (replica, _):
        body(replica + endpoint.path)
    recorder.close()
    path, searches = recorder.last
    script = folder / "search.lua"
    script.write_text(record.lua(path, searches), encoding="utf-8")
    return http(instance.elasticsearch, 1, script)


def bare_statements(instance, endpoint, folder, settings):
    """Repeats the endpoint's SQL statements with pgbench."""
    instance.sql(f"ALTER DATABASE {DATABASE} SET log_statement = 'all'")
    try:
        with replicas.replica(instance, endpoint.service, settings) as (replica, _):
            # The first request fills long-lived caches.
            body(replica + endpoint.path)
            begin = instance.postgres_log.stat().st_size
            body(replica + endpoint.path)
            log = settled_log(instance.postgres_log, begin)
    finally:
        instance.sql(f"ALTER DATABASE {DATABASE} RESET log_statement")
    script = folder / "statements.sql"
    script.write_text(record.pgbench_script(record.statements(log)), encoding="utf-8")
    return lambda seconds: pgbench(instance, DATABASE, script, seconds)


def settled_log(file, begin):
    """The log from `begin` on, once it has stopped growing."""
    text, end = None, time.monotonic() + LOG_TIMEOUT
    while time.monotonic() < end:
        with open(file, encoding="utf-8", errors="replace") as log:
            log.seek(begin)
            more = log.read()
        if more and more == text:
            return text
        text = more
        time.sleep(0.2)
    raise SystemExit(f"error: {file} contains no statement")
