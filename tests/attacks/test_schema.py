"""Requests generated from the OpenAPI document: every response conforms to it, and none is 5xx."""

import collections
import json
import pathlib
import random
import re
import subprocess
import sys

import pytest
from instance import PROJECT, SERVICES

CHECKS = ",".join(
    (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    )
)
SEED = 20201124
LONG = 1200

pytestmark = pytest.mark.timeout(LONG)

DOCUMENT = PROJECT / "docs/openapi.json"
# The routing table of the gateway: a prefix, and the service to which it is forwarded.
ROUTE = re.compile(r"^ *location (/api/[^ ]+?)/? +\{[^}]*?proxy_pass http://([a-z-]+)/", re.M)


def prefixes_by_service():
    found = collections.defaultdict(list)
    for prefix, service in ROUTE.findall((PROJECT / "nginx.conf").read_text("utf-8")):
        found[service].append(prefix)
    return dict(found)


PREFIXES = prefixes_by_service()
PATHS = list(json.loads(DOCUMENT.read_text("utf-8"))["paths"])


def path_pattern(service):
    """Matches the paths below the prefixes of a service."""
    return f"^({'|'.join(PREFIXES[service])})(/|$)"


@pytest.mark.parametrize("seed", ["fixed", pytest.param("random", marks=pytest.mark.long)])
def test_gateway_conforms_to_the_document(instance, is_long, tmp_path, seed):
    conform(instance.gateway, tmp_path, chosen(seed), 200 if is_long else 15)


@pytest.mark.parametrize("seed", ["fixed", pytest.param("random", marks=pytest.mark.long)])
@pytest.mark.parametrize("service", PREFIXES)
def test_service_conforms_to_the_document(replica_port, is_long, tmp_path, service, seed):
    url = f"http://127.0.0.1:{replica_port[service]}"
    conform(url, tmp_path, chosen(seed), 100 if is_long else 10, "--include-path-regex", path_pattern(service))


def test_routing_table_names_every_public_service():
    assert set(PREFIXES) == set(SERVICES) - {"ai-worker", "collector"}


def test_routing_table_and_document_have_the_same_prefixes():
    def top(path):
        return "/".join(path.split("/")[:3])

    routed = {top(prefix) for prefixes in PREFIXES.values() for prefix in prefixes}
    assert routed == {top(path) for path in PATHS}


def test_every_path_of_the_document_is_tested_at_one_service():
    services = {path: [name for name in PREFIXES if re.match(path_pattern(name), path)] for path in PATHS}
    assert all(len(found) == 1 for found in services.values()), services


def chosen(seed):
    return SEED if seed == "fixed" else random.SystemRandom().randrange(1 << 30)


def conform(url, folder, seed, examples, *options):
    """Runs schemathesis; its output with the seed is shown for a failure."""
    schemathesis = pathlib.Path(sys.executable).with_name("schemathesis")
    done = subprocess.run(
        [
            *(schemathesis, "run", DOCUMENT, "--url", url),
            *("--seed", str(seed), "--max-examples", str(examples)),
            *("--phases", "examples,coverage,fuzzing", "--checks", CHECKS, "--continue-on-failure"),
            *("--request-timeout", "30", "--generation-database", "none", "--no-color", "--warnings", "off"),
            *options,
        ],
        cwd=folder, capture_output=True, text=True, timeout=LONG, check=False,
    )
    assert done.returncode == 0, f"seed {seed}:\n{done.stdout[-6000:]}{done.stderr[-2000:]}"
    print(f"seed {seed}:", *re.findall(r"\d+ generated.*", done.stdout))
