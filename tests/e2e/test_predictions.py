"""Recommendations and predictions, with processes killed and restarted under them."""

import datetime
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import probes
from support.api import seoul_today
from support.polling import wait_until
from support.signals import frozen

READY_TIMEOUT = 30
BROKER_START_TIMEOUT = 90
DIRECT_QUEUE = "queues/%2F/direct_ai_jobs"


@pytest.mark.gateway_only
def test_planned_video_gets_recommendations_and_a_prediction(api):
    keyword = api.json("/api/channel_analyze/")[0]["keyword"][0]["name"]
    for kind in ("simple", "advanced"):
        found = api.json(f"/api/views_predict/{kind}_recommendation", {"keyword_string": keyword})
        assert 0 < len(found) <= 8 and all(video["channel_name"] for video in found), found

    response = api.predict(video_name=keyword, channel_subscriber="15300")
    assert response.status_code == 200, response.text
    prediction = response.json()
    points = prediction["lines"]["data"]
    days = [seoul_today() + datetime.timedelta(day) for day in range(1, 32)]
    assert [point["date"] for point in points] == list(map(str, days))
    values = [point["value"] for point in points]
    assert values == sorted(values) and values[0] > 0, values
    assert len(prediction["interval"]) == 31 and prediction["factors"], prediction

    larger = api.predict(video_name=keyword, channel_subscriber=1530000, category=22).json()
    assert larger["lines"]["data"][6]["value"] > values[6], larger


@pytest.mark.parametrize("service", ["ai-worker", "predict"])
def test_killed_replica_loses_no_prediction_and_leaves_no_queue(instance, api, service):
    port, program = next(iter(instance.replicas(service).items()))
    for number in range(30):
        if number == 10:
            os.kill(instance.pid(program), signal.SIGKILL)
        assert api.predict(timeout=60).status_code == 200
    wait_until(lambda: probes.is_ready(port), READY_TIMEOUT, f"restart of {program}")
    wait_until(lambda: not instance.prediction_queues(), READY_TIMEOUT, "deletion of the queues")


def test_broker_restart_loses_no_waiting_prediction_and_leaves_no_queue(instance, api):
    workers = [instance.pid(program) for program in instance.replicas("ai-worker").values()]
    with ThreadPoolExecutor(1) as pool:
        # The watchdog too: it would replace the workers before the statistics of the queue are updated.
        with frozen([instance.pid("watchdog"), *workers]):
            prediction = pool.submit(api.predict, timeout=60)
            wait_until(lambda: instance.rabbitmq(DIRECT_QUEUE)["messages"] == 1, 20, "the job of the prediction")
            instance.control("restart", "rabbitmq")
        response = prediction.result()
    wait_until(lambda: is_everything_ready(instance), BROKER_START_TIMEOUT, "readiness of every process")
    assert response.status_code == 200, response.text
    wait_until(lambda: not instance.prediction_queues(), READY_TIMEOUT, "deletion of the queues")


def is_everything_ready(instance):
    status = [instance.project / "scripts/status"]
    environment = {**os.environ, "STACK_HOME": str(instance.state)}
    return subprocess.run(status, env=environment, stdout=subprocess.DEVNULL, timeout=60).returncode == 0
