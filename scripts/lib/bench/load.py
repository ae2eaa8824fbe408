"""Load generators: wrk for HTTP, pgbench for SQL."""

import dataclasses
import glob
import os
import pathlib
import re
import subprocess
import tempfile

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclasses.dataclass
class Load:
    """One run: requests, requests per second, and latencies in milliseconds."""

    requests: int
    per_second: float
    p50: float
    p99: float


def wrk(url, clients, seconds, script=None):
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "--timeout", "20s"]
    if script:
        command += ["-s", script]
    text = run([*command, url], seconds)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    if failed:
        raise SystemExit(f"error: {url}: {failed[1]} responses without success")
    return Load(
        requests=int(re.search(r"(\d+) requests in", text)[1]),
        per_second=float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        p50=latency(text, "50"),
        p99=latency(text, "99"),
    )


def latency(text, percent):
    value, unit = re.search(rf"\s{percent}%\s+([\d.]+)(us|ms|s|m)\s", text).groups()
    return float(value) * UNITS[unit]


def run(command, seconds, **options):
    """The output of a program that may take a minute longer than `seconds`."""
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=seconds + 60, check=False, **options
    )
    if done.returncode != 0:
        raise SystemExit(f"error: {' '.join(map(str, command))}: {done.stderr}")
    return done.stdout


def pgbench(instance, database, script, seconds):
    """One client that repeats the statements of `script` over TCP, as replicas do."""
    settings = instance.operator_settings
    user, file = (settings[f"CREATETREND_POSTGRES__{name}"] for name in ("USER", "PASSWORD_FILE"))
    password = pathlib.Path(file).read_text("ascii").strip()
    with tempfile.TemporaryDirectory() as folder:
        command = [instance.postgres_programs / "pgbench", "-h", "127.0.0.1", "-p", str(instance.postgres_port)]
        command += ["-U", user, "-n", "-M", "prepared", "-c", "1", "-T", str(seconds)]
        command += ["-f", script, "--log", f"--log-prefix={folder}/log", database]
        run(command, seconds, env={**os.environ, "PGPASSWORD": password})
        times = []
        for name in glob.glob(f"{folder}/log*"):
            with open(name, encoding="ascii") as file:
                times += [int(line.split()[2]) / 1000 for line in file]
    times.sort()
    return Load(
        requests=len(times),
        per_second=len(times) / seconds,
        p50=times[len(times) // 2],
        p99=times[len(times) * 99 // 100],
    )
