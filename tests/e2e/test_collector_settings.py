"""The shell functions of `scripts/up` that store a YouTube key and settings of the collector."""

import functools

import pytest
from support import shell

run_function = functools.partial(shell.run_function, ["collector"])


@pytest.fixture(name="state")
def fixture_state(tmp_path):
    folder = tmp_path / "state"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("is_accepted", [True, False])
def test_only_an_accepted_key_replaces_the_stored_one(state, is_accepted):
    stored, new = state / "secrets/youtube_key", state / "new.key"
    stored.parent.mkdir()
    stored.write_text("the stored key")
    new.write_text("\ufeffa new key\r\n", "utf-8")
    # Takes the place of the operator command, and counts its calls.
    command = state / "scripts/createtrend"
    command.parent.mkdir()
    command.write_text(f"#!/bin/sh\necho \"$*\" >>{state}/calls\nexit {0 if is_accepted else 1}\n")
    command.chmod(0o755)
    call = f"PROJECT={state} UNIX_USER=$(id -un); (store_youtube_key {new}) || true"
    run_function(state, f"{call}; {call}")
    assert stored.read_bytes() == (new.read_bytes() if is_accepted else b"the stored key")
    # The stored key is not checked again.
    assert (state / "calls").read_text() == f"check-key {new}\n" * (1 if is_accepted else 2)


def test_settings_of_earlier_starts_are_kept_with_a_key(state):
    command = "COLLECTION=youtube; collector_settings"
    stored = run_function(
        state, command, CREATETREND_COLLECTOR__RETENTION_DAYS="90", CREATETREND_COLLECTOR__BACKFILL_DAYS="7"
    )
    assert f"CREATETREND_COLLECTOR__KEY_FILE={state}/secrets/youtube_key" in stored.splitlines()
    (state / "collector-env").write_text(stored)
    assert sorted(run_function(state, command).splitlines()) == sorted(stored.splitlines())
    changed = run_function(state, command, CREATETREND_COLLECTOR__RETENTION_DAYS="30").splitlines()
    assert "CREATETREND_COLLECTOR__RETENTION_DAYS=30" in changed
    assert "CREATETREND_COLLECTOR__BACKFILL_DAYS=7" in changed
    assert len(changed) == len(stored.splitlines())


def test_settings_with_a_key_are_not_used_by_the_simulator(state):
    with_key = run_function(
        state, "COLLECTION=youtube; collector_settings", CREATETREND_COLLECTOR__RETENTION_DAYS="90"
    )
    (state / "collector-env").write_text(with_key)
    simulated = run_function(state, "COLLECTION=simulator; collector_settings")
    assert "RETENTION_DAYS" not in simulated
    assert "CREATETREND_COLLECTOR__IS_SIMULATED=true" in simulated.splitlines()
