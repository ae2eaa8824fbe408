"""The measurements of one endpoint: what it does, beside what is possible.

Two that make a ratio are run in turns, so that a machine that is slower for a while is so
for both; of the turns, the median counts.
"""

import pathlib
import statistics
import tempfile
import time
import urllib.request

import record
import servers
from processes import Meter
from load import pgbench, wrk
from stack import DATABASE

CLIENTS = 16
TURNS = 3


def in_turns(seconds, *runs):
    """Each of `runs`, several times in turns: of each, its median."""
    outcomes = [[run(seconds) for run in runs] for _ in range(TURNS)]
    return [median(each) for each in zip(*outcomes)]


def median(outcomes):
    keys = outcomes[0].keys()
    return {key: statistics.median(outcome[key] for outcome in outcomes) for key in keys}


def metered(roots, run):
    """A run, and the CPU milliseconds a request of some processes."""

    def measure(seconds):
        meter = Meter(roots)
        load = run(seconds)
        used = {f"cpu_{name}": ms for name, ms in meter.per_request(load.requests).items()}
        return {"per_second": load.per_second, "p50": load.p50, "p99": load.p99, **used}

    return measure


def http(url, clients, script=None):
    return lambda seconds: wrk(url, clients, seconds, script)


def measure(stack, constant, endpoint, seconds):
    """Everything about an endpoint. `constant` is the program that answers with a file."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.joinpath("body.json").write_bytes(body(stack.gateway + endpoint.path))
        return {
            **at_the_gateway(stack, endpoint, folder, seconds),
            **at_a_replica(stack, constant, endpoint, folder, seconds),
            **without_cache(stack, endpoint, folder, seconds),
        }


def body(url):
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read()


def at_the_gateway(stack, endpoint, folder, seconds):
    nginx = {"nginx": stack.pid("nginx")}
    with servers.static_files(stack, folder) as files:
        warm, floor = in_turns(
            seconds,
            metered(nginx, http(stack.gateway + endpoint.path, CLIENTS)),
            metered({}, http(f"{files}/body.json", CLIENTS)),
        )
    return {"gateway": warm, "static_file": floor}


def at_a_replica(stack, program, endpoint, folder, seconds):
    with (
        servers.replica(stack, endpoint.service) as (replica, pid),
        servers.constant(stack, program, folder / "body.json") as constant,
    ):
        body(replica + endpoint.path)
        warm, floor = in_turns(
            seconds,
            metered({"service": pid}, http(replica + endpoint.path, CLIENTS)),
            metered({}, http(constant, CLIENTS)),
        )
    return {"replica": warm, "constant": floor}


def without_cache(stack, endpoint, folder, seconds):
    bare = {"elasticsearch": bare_search, "postgres": bare_statements}[endpoint.backend]
    off = {"CREATETREND_CACHE__FRESH_MS": "0"}
    floor = bare(stack, endpoint, folder, off)
    with servers.replica(stack, endpoint.service, off.items()) as (replica, pid):
        roots = {
            "service": pid,
            "postgres": stack.pid("postgres"),
            "elasticsearch": stack.pid("elasticsearch"),
        }
        uncached, floor = in_turns(
            seconds,
            metered(roots, http(replica + endpoint.path, 1)),
            metered({}, floor),
        )
    return {"uncached": uncached, "bare": floor}


def bare_search(stack, endpoint, folder, settings):
    """The search behind the endpoint, by wrk."""
    recorder = record.Recorder(stack.elasticsearch_port)
    through = {
        **settings,
        "CREATETREND_ELASTICSEARCH__URL": f"http://127.0.0.1:{recorder.port}",
    }
    with servers.replica(stack, endpoint.service, through.items()) as (replica, _):
        body(replica + endpoint.path)
    recorder.close()
    path, searches = recorder.last
    script = folder / "search.lua"
    script.write_text(record.lua(path, searches), encoding="utf-8")
    return http(stack.elastic(""), 1, script)


def bare_statements(stack, endpoint, folder, settings):
    """The statements behind the endpoint, by pgbench."""
    stack.sql(f"ALTER DATABASE {DATABASE} SET log_statement = 'all'")
    try:
        with servers.replica(stack, endpoint.service, settings.items()) as (replica, _):
            # The second request makes nothing that is kept.
            body(replica + endpoint.path)
            begin = stack.postgres_log().stat().st_size
            body(replica + endpoint.path)
            log = settled_log(stack.postgres_log(), begin)
    finally:
        stack.sql(f"ALTER DATABASE {DATABASE} RESET log_statement")
    script = folder / "statements.sql"
    script.write_text(record.pgbench_script(record.statements(log)), encoding="utf-8")
    return lambda seconds: pgbench(stack, DATABASE, script, seconds)


def settled_log(file, begin):
    """What was written to a log since then, once nothing more comes."""
    text, end = None, time.monotonic() + servers.DEADLINE
    while time.monotonic() < end:
        with open(file, encoding="utf-8", errors="replace") as log:
            log.seek(begin)
            more = log.read()
        if more and more == text:
            return text
        text = more
        time.sleep(0.2)
    raise SystemExit(f"error: {file} tells of no statement")
