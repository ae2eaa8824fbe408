"""Calls functions of scripts/lib."""

import os
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def run_function(libraries, state, command, expect=0, **environment):
    """Runs a command for the instance in `state` after these files of scripts/lib, and without settings
    in the environment but these. Returns its output, or if a failure is expected its error message."""
    sources = "".join(f"source {PROJECT}/scripts/lib/{name}.sh\n" for name in ("common", *libraries))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CREATETREND_")}
    done = subprocess.run(
        ["bash", "-c", sources + command],
        env={**kept, "STACK_HOME": str(state), **environment},
        capture_output=True, text=True, timeout=20, check=False,
    )
    assert done.returncode == expect, done.stderr
    return done.stderr if expect else done.stdout
