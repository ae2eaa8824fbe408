"""Predictions of one replica, with direct replies and with dedicated queues, in turns."""

import contextlib
import datetime
import json
import pathlib
import tempfile

import replicas
from measure import http, in_turns, metered

CLIENTS = (1, 16)
# The value of the setting that selects each mode.
MODES = {"direct replies": "true", "own queues": "false"}
PATH = "/api/views_predict/"

SCRIPT = """\
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.body = [==[{body}]==]
"""

HEADER = """\
Predictions: one replica of predict, all ai-workers. CPU per prediction in milliseconds.

| predictions | clients | per second | p50 | p99 | predict CPU | ai-worker CPU | RabbitMQ CPU |
|---|---|---|---|---|---|---|---|"""


def measure_predictions(instance, seconds):
    """The figures of each mode and number of clients."""
    with contextlib.ExitStack() as stack:
        script = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory())) / "predict.lua"
        script.write_text(SCRIPT.format(body=json.dumps(planned_video())), encoding="utf-8")
        runs = []
        for mode, value in MODES.items():
            settings = {"CREATETREND_PREDICT__DIRECT_JOBS": value}
            url, pid = stack.enter_context(replicas.replica(instance, "predict", settings))
            runs += [(mode, clients, metered(roots(instance, pid), http(url + PATH, clients, script))) for clients in CLIENTS]
        figures = in_turns(seconds, *(run for _, _, run in runs))
    return [(mode, clients, each) for (mode, clients, _), each in zip(runs, figures)]


def planned_video():
    return {
        # A host from which workers do not download pictures.
        "thumbnail_url": "https://example.com/thumbnail.jpg",
        "video_name": "혼자 먹는 저녁",
        "channel_subscriber": 15300,
        "upload_date": str(datetime.date.today()),
    }


def roots(instance, pid):
    workers = instance.replicas("ai-worker").items()
    return {
        "predict": pid,
        "rabbitmq": instance.pid("rabbitmq"),
        **{f"worker_{port}": instance.pid(program) for port, program in workers},
    }


def row(mode, clients, figures):
    workers = sum(ms for name, ms in figures.items() if name.startswith("cpu_worker_"))
    cells = [mode, str(clients), f"{figures['per_second']:,.0f}"]
    cells += [f"{figures[key]:.2f}" for key in ("p50", "p99", "cpu_predict")]
    cells += [f"{workers:.2f}", f"{figures['cpu_rabbitmq']:.2f}"]
    return f"| {' | '.join(cells)} |"
