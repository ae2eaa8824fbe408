"""Runs the libFuzzer targets of fuzz/. The kept corpus is also replayed by `cargo test`."""

import os
import pathlib
import re
import subprocess

import pytest
from instance import PROJECT

CARGO_FUZZ_VERSION = "0.13.2"
BUILD_TIMEOUT = 3600
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "createtrend"
TARGETS = sorted(file.stem for file in (PROJECT / "fuzz/targets").glob("*.rs"))
FINDINGS = PROJECT / "fuzz/artifacts"

pytestmark = pytest.mark.timeout(BUILD_TIMEOUT)


@pytest.fixture(scope="session")
def cargo_fuzz():
    """A function that runs cargo-fuzz, once the targets are built."""
    root = CACHE / f"tools/cargo-fuzz-{CARGO_FUZZ_VERSION}"
    if not (root / "bin/cargo-fuzz").exists():
        install = ["cargo", "install", "--quiet", "--locked", "--root", root, f"cargo-fuzz@{CARGO_FUZZ_VERSION}"]
        subprocess.run(install, check=True, timeout=BUILD_TIMEOUT)

    def run(subcommand, *arguments, timeout=BUILD_TIMEOUT):
        # Without a sanitizer the pinned toolchain suffices: there is no unsafe code.
        options = ["--fuzz-dir", PROJECT / "fuzz", "--sanitizer", "none"]
        return subprocess.run(
            [root / "bin/cargo-fuzz", "fuzz", subcommand, *options, *map(str, arguments)],
            cwd=PROJECT, env={**os.environ, "CARGO_TARGET_DIR": str(CACHE / "fuzz-target")},
            capture_output=True, text=True, timeout=timeout, check=False,
        )

    built = run("build")
    assert built.returncode == 0, built.stderr[-3000:]
    return run


@pytest.mark.parametrize("target", TARGETS)
def test_target_finds_no_panic(cargo_fuzz, pytestconfig, target):
    seconds = pytestconfig.getoption("fuzz_seconds")
    FINDINGS.mkdir(exist_ok=True)
    corpus = CACHE / "fuzz-corpus" / target
    corpus.mkdir(parents=True, exist_ok=True)
    done = cargo_fuzz(
        # New inputs go to the first folder; the kept corpus is only read.
        *("run", target, corpus, PROJECT / "fuzz/corpus" / target, "--"),
        *(f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=65536"),
        *(f"-artifact_prefix={FINDINGS}/{target}-", "-print_final_stats=1"),
        timeout=seconds + 300,
    )
    assert done.returncode == 0, done.stderr[-5000:]
    print(*re.findall(r"Done \d+ runs.*", done.stderr))
