"""Requests generated from the OpenAPI document: every response conforms to it, and none is 5xx."""

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

# The paths of each service, from the routing table of the gateway.
ROUTE = re.compile(r"^ *location (/api/[a-z_]+) .*proxy_pass http://([a-z-]+)/", re.M)
ROUTES = {name: prefix for prefix, name in ROUTE.findall((PROJECT / "nginx.conf").read_text("utf-8"))}


@pytest.mark.parametrize("seed", ["fixed", pytest.param("random", marks=pytest.mark.long)])
def test_gateway_conforms_to_the_document(instance, is_long, tmp_path, seed):
    conform(instance.gateway, tmp_path, chosen(seed), 200 if is_long else 15)


@pytest.mark.parametrize("seed", ["fixed", pytest.param("random", marks=pytest.mark.long)])
@pytest.mark.parametrize("service", ROUTES)
def test_service_conforms_to_the_document(replica_port, is_long, tmp_path, service, seed):
    prefix = f"^{ROUTES[service]}"
    url = f"http://127.0.0.1:{replica_port[service]}"
    conform(url, tmp_path, chosen(seed), 100 if is_long else 10, "--include-path-regex", prefix)


def test_routing_table_names_every_public_service():
    assert set(ROUTES) == set(SERVICES) - {"ai-worker", "collector"}


def chosen(seed):
    return SEED if seed == "fixed" else random.SystemRandom().randrange(1 << 30)


def conform(url, folder, seed, examples, *options):
    """Runs schemathesis; its output with the seed is shown for a failure."""
    schemathesis = pathlib.Path(sys.executable).with_name("schemathesis")
    done = subprocess.run(
        [
            *(schemathesis, "run", PROJECT / "docs/openapi.json", "--url", url),
            *("--seed", str(seed), "--max-examples", str(examples)),
            *("--phases", "examples,coverage,fuzzing", "--checks", CHECKS, "--continue-on-failure"),
            *("--request-timeout", "30", "--generation-database", "none", "--no-color", "--warnings", "off"),
            *options,
        ],
        cwd=folder, capture_output=True, text=True, timeout=LONG, check=False,
    )
    assert done.returncode == 0, f"seed {seed}:\n{done.stdout[-6000:]}{done.stderr[-2000:]}"
    print(f"seed {seed}:", *re.findall(r"\d+ generated.*", done.stdout))
