"""Settings in the environment of `scripts/up`."""

import functools
import subprocess

import pytest
from support import shell

UP_TIMEOUT = 300
run_function = functools.partial(shell.run_function, ["services", "settings", "supervisor"])

CHOSEN = "CHOSEN_SETTINGS=$(chosen_settings)"
DIRECT_JOBS = "CREATETREND_PREDICT__DIRECT_JOBS"
LEVEL = "CREATETREND_LOG__LEVEL"


@pytest.fixture(name="state")
def fixture_state(tmp_path):
    folder = tmp_path / "state"
    folder.mkdir()
    return folder


def chosen(state, **environment):
    return run_function(state, "chosen_settings", **environment).splitlines()


def test_settings_of_earlier_starts_are_kept(state):
    model = "CREATETREND_MODEL__FILE"
    stored = chosen(state, **{DIRECT_JOBS: "false", LEVEL: "info,common=debug", model: "/models/mine.json"})
    assert stored == [f"{LEVEL}=info,common=debug", f"{model}=/models/mine.json", f"{DIRECT_JOBS}=false"]
    run_function(state, f"{CHOSEN}; store_settings", **dict(line.split("=", 1) for line in stored))
    assert chosen(state) == stored
    changed = chosen(state, **{DIRECT_JOBS: "true"})
    assert changed == [*stored[:2], f"{DIRECT_JOBS}=true"]


def test_setting_of_a_service_is_passed_to_it_alone(state):
    environment = {DIRECT_JOBS: "false", "CREATETREND_TRENDS__RECENT__STOP_KEYWORDS": "브이로그, 100%", LEVEL: "debug"}
    prepare = "prepare_settings; touch $STATE/collector-env"

    def passed(service):
        return run_function(state, f"{prepare}; service_environment {service}", **environment)

    assert f'{DIRECT_JOBS}="false"' in passed("predict")
    assert 'CREATETREND_TRENDS__RECENT__STOP_KEYWORDS="브이로그, 100%%"' in passed("trends")
    for service in ("ai-worker", "collector", "keyword"):
        text = passed(service)
        assert f'{LEVEL}="debug"' in text and f'CREATETREND_MODEL__FILE="{state}/model.json"' in text
        assert "PREDICT__" not in text and "TRENDS__" not in text
    assert "PREDICT__" not in (state / "env").read_text()
    # The operator command does not inherit them.
    assert not run_function(state, f"{prepare}; compgen -e CREATETREND_ || true", **environment)


def test_setting_of_a_service_without_settings_is_passed_to_all(state):
    """They report it as unknown."""
    name = "CREATETREND_KEYWORD__TTL_MS"
    run_function(state, "prepare_settings", **{name: "1"})
    assert f"{name}=1" in (state / "env").read_text().splitlines()


@pytest.mark.parametrize("name", ["POSTGRES__PORT", "POSTGRES__PASSWORD", "HTTP__PORT", "TOKENS__KEYS", "RABBITMQ__USER"])
def test_address_or_secret_of_the_instance_cannot_be_set(state, name):
    error = run_function(state, CHOSEN, expect=1, **{f"CREATETREND_{name}": "1"})
    assert f"scripts/up sets CREATETREND_{name}" in error


def test_addresses_of_the_same_instance_are_accepted(state):
    assert chosen(state, CREATETREND_POSTGRES__HOST="127.0.0.1", CREATETREND_RABBITMQ__VHOST="/") == []


@pytest.mark.parametrize("value", ["a b", "$(id)", "a;b", 'a"b', "a\nb"])
def test_value_that_a_shell_would_change_is_rejected(state, value):
    error = run_function(state, CHOSEN, expect=1, **{LEVEL: value})
    assert LEVEL in error


def test_up_passes_a_setting_and_keeps_it(instance):
    stored = instance.state / "settings-env"
    before = stored.read_text("utf-8") if stored.exists() else ""
    try:
        instance.script("up", timeout=UP_TIMEOUT, **{DIRECT_JOBS: "false"})
        assert instance.service_settings("predict")[DIRECT_JOBS] == "false"
        pids = instance.pids()
        instance.script("up", timeout=UP_TIMEOUT)
        assert instance.pids() == pids
        assert instance.service_settings("predict")[DIRECT_JOBS] == "false"
    finally:
        stored.write_text(before, "utf-8")
        instance.script("up", timeout=UP_TIMEOUT)
    assert DIRECT_JOBS not in instance.service_settings("predict")


def test_up_with_an_unknown_setting_fails_and_changes_no_service(instance):
    name = "CREATETREND_HTTP__WORKER"
    before = instance.pids()
    try:
        done = subprocess.run(
            [instance.project / "scripts/up"],
            env=instance.environment(**{name: "1"}),
            capture_output=True, text=True, timeout=UP_TIMEOUT, check=False,
        )
        assert done.returncode == 1 and "unknown field" in done.stderr, done.stdout + done.stderr
    finally:
        instance.script("up", timeout=UP_TIMEOUT)
    assert instance.pids() == before
    assert name not in (instance.state / "env").read_text("utf-8")
