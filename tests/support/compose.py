"""docker-compose.yml under test, as a separate project."""

import json
import os
import re
import shlex
import subprocess
import urllib.request

from instance import PROJECT, SERVICES
from support.polling import wait_until

NAME = "createtrend-test"
GATEWAY_PORT = os.environ.get("GATEWAY_PORT", "8090")
PROMETHEUS_PORT = os.environ.get("PROMETHEUS_PORT", "9190")
GATEWAY = f"http://127.0.0.1:{GATEWAY_PORT}"
BUILD_TIMEOUT = 5400
START_TIMEOUT = 600
PULL_TIMEOUT = 60
PROFILES = ("--profile", "monitoring", "--profile", "operator")


def run(*command, timeout=120, check=True, **environment):
    done = subprocess.run(
        list(map(str, command)), cwd=PROJECT, env={**os.environ, **environment},
        capture_output=True, text=True, timeout=timeout, check=False,
    )
    assert done.returncode == 0 or not check, f"{' '.join(map(str, command))}:\n{done.stdout[-2000:]}{done.stderr[-3000:]}"
    return done


def succeeds(*command, timeout=120):
    try:
        return run(*command, timeout=timeout, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def why_unavailable():
    """Why the containers tests cannot run here, or None."""
    if not succeeds("docker", "info"):
        return "no container engine responds to `docker info`"
    if not compose_command():
        return "neither `docker compose` nor `docker-compose` is installed"
    missing = [image for image in sorted(official_images()) if not is_available(image)]
    if missing:
        return f"these images are not here and cannot be pulled: {', '.join(missing)}"
    return None


def compose_command():
    chosen = os.environ.get("COMPOSE")
    known = [shlex.split(chosen)] if chosen else [["docker", "compose"], ["docker-compose"]]
    return next((command for command in known if succeeds(*command, "version")), None)


def official_images():
    """The images that Dockerfiles and docker-compose.yml name; grafana's is not tested."""
    dockerfiles = "\n".join(file.read_text("utf-8") for file in PROJECT.glob("deploy/docker/*Dockerfile"))
    version = re.search(r"^ARG RUST_VERSION=(.*)", dockerfiles, re.M)[1]
    compose = (PROJECT / "docker-compose.yml").read_text("utf-8")
    named = re.findall(r"^FROM ([^ \n]*:[^ \n]*)", dockerfiles, re.M)
    named += re.findall(r"^ *image: ([^ \n]*:[^ \n]*)", compose, re.M)
    named = {name.replace("${RUST_VERSION}", version) for name in named}
    return {name for name in named if not name.startswith(("grafana/", "${CREATETREND_IMAGES"))}


def is_available(image):
    return succeeds("docker", "image", "inspect", image) or succeeds(
        "docker", "pull", "--quiet", image, timeout=PULL_TIMEOUT
    )


class Compose:
    """The running project."""

    def __init__(self):
        self.command = compose_command()
        buildkit = {} if succeeds("docker", "buildx", "version") else {"DOCKER_BUILDKIT": "0"}
        self.environment = {
            "COMPOSE_PROJECT_NAME": NAME,
            "GATEWAY_PORT": GATEWAY_PORT,
            "PROMETHEUS_PORT": PROMETHEUS_PORT,
            "SIMULATED_CHANNELS": "20",
            "COMPOSE": " ".join(self.command),
            **buildkit,
        }

    def __call__(self, *arguments, timeout=300):
        return run(*self.command, *arguments, timeout=timeout, **self.environment).stdout

    def script(self, name, *arguments, timeout=900):
        return run(PROJECT / "scripts" / name, *arguments, timeout=timeout, **self.environment).stdout

    def up(self, *arguments, timeout=START_TIMEOUT):
        self("up", "-d", "--no-build", *arguments, timeout=timeout)

    def wait_until_healthy(self, timeout=START_TIMEOUT):
        def unhealthy():
            rows = docker_ps("{{.Names}} {{.Status}}")
            return [row for row in rows if "(healthy)" not in row]

        wait_until(lambda: docker_ps("{{.ID}}") and not unhealthy(), timeout, "healthy containers", interval=0.5)

    def down(self):
        run(*self.command, *PROFILES, "down", "--volumes", "--timeout", "30", check=False, timeout=300, **self.environment)

    def scale(self, service, count):
        self.up("--no-deps", "--scale", f"{service}={count}", service)

    def replicas(self, service):
        """The names of a service's containers."""
        return sorted(docker_ps("{{.Names}}", service))

    def execute(self, service, *command):
        return run("docker", "exec", self.replicas(service)[0], *command).stdout

    def sql(self, statement):
        return self.execute("postgres", "psql", "-qXAt", "-U", "createtrend", "-d", "createtrend", "-c", statement)

    def search(self, path):
        """A GET of Elasticsearch."""
        return self.execute("elasticsearch-1", "curl", "-fsS", f"http://127.0.0.1:9200/{path}")

    def cluster_is_green(self):
        wait = "wait_for_nodes=3&wait_for_status=green&timeout=90s"
        return json.loads(self.search(f"_cluster/health?{wait}"))["status"] == "green"


def docker_ps(template, service=None):
    filters = ["--filter", f"label=com.docker.compose.project={NAME}"]
    if service:
        filters += ["--filter", f"label=com.docker.compose.service={service}"]
    return run("docker", "ps", *filters, "--format", template).stdout.splitlines()


def inspect(container, template):
    return run("docker", "inspect", "-f", template, container).stdout.strip()


def prometheus(expression):
    """The value of an instant query, or None without a result."""
    url = f"http://127.0.0.1:{PROMETHEUS_PORT}/api/v1/query?query={urllib.request.quote(expression)}"
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            result = json.load(response)["data"]["result"]
    except OSError:
        return None
    return result[0]["value"][1] if result else None


def expected_targets():
    """How many targets Prometheus scrapes of each service and exporter."""
    others = ("elasticsearch", "postgres", "node", "rabbitmq", "rabbitmq-queues")
    return dict.fromkeys(SERVICES, "3") | dict.fromkeys(others, "1")
