"""The running instance that STACK_HOME selects: addresses, secrets, processes, servers."""

import base64
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import urllib.parse
import urllib.request

import processes

PROJECT = pathlib.Path(__file__).resolve().parents[3]
DATABASE = "createtrend"
SERVERS = ("postgres", "elasticsearch", "rabbitmq")
SERVICES = tuple(sorted(file.parent.name for file in PROJECT.glob("services/*/Cargo.toml")))


class Instance:
    """Reads addresses and settings from the files that scripts/up writes."""

    def __init__(self, state):
        self.project = PROJECT
        self.state = state
        if not (state / "test-env").is_file():
            raise SystemExit(f"error: there is no instance in {state}: run scripts/up")
        self.operator_settings = read_variables(state / "env")
        tests = read_variables(state / "test-env")
        self.gateway = tests["TEST_GATEWAY"]
        self.management = tests["TEST_RABBITMQ_MANAGEMENT"]
        self.elasticsearch = self.operator_settings["CREATETREND_ELASTICSEARCH__URL"]
        self.postgres_port = int(self.operator_settings["CREATETREND_POSTGRES__PORT"])
        self.rabbitmq_port = int(self.operator_settings["CREATETREND_RABBITMQ__PORT"])

    @classmethod
    def load(cls):
        return cls((PROJECT / os.environ.get("STACK_HOME", ".local")).resolve())

    def service_settings(self, service):
        """The settings that supervisord passes to a service in its environment."""
        text = (self.state / f"supervisor/service-{service}.conf").read_text("utf-8")
        line = next(line for line in text.splitlines() if line.startswith("environment"))
        return {name: value.replace("%%", "%") for name, value in re.findall(r'(\w+)="([^"]*)"', line)}

    def secret(self, name):
        return (self.state / "secrets" / name).read_text("ascii").strip()

    # ---- Commands ----

    def environment(self, **variables):
        """The environment of a script of this project for this instance."""
        return {**os.environ, "STACK_HOME": str(self.state), **variables}

    def script(self, name, *arguments, timeout=600, **environment):
        """Runs a script of this project for this instance; a failure shows its output."""
        done = subprocess.run(
            [PROJECT / "scripts" / name, *map(str, arguments)],
            env=self.environment(**environment),
            capture_output=True, text=True, timeout=timeout, check=False,
        )
        assert done.returncode == 0, f"{name} exited with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def operator(self, *arguments, database=DATABASE, timeout=900):
        """Runs `createtrend` and returns the completed process, whatever its exit code."""
        own = {"CREATETREND_POSTGRES__DATABASE": database}
        return subprocess.run(
            [self.state / "bin/createtrend", *arguments],
            env={**os.environ, **self.operator_settings, **own},
            capture_output=True, text=True, timeout=timeout, check=False,
        )

    # ---- Processes ----

    def supervisor(self, *arguments):
        command = ["supervisorctl", "-c", self.state / "supervisor/supervisord.conf", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        return done.stdout

    def control(self, action, program):
        """Starts, stops or restarts a program and waits for it."""
        output = self.supervisor(action, program)
        if "ERROR" in output:
            raise SystemExit(f"error: supervisorctl {action} {program}: {output}")

    def pids(self):
        """Maps each running program to the pid of its first process."""
        found = re.finditer(r"^(\S+) +RUNNING +pid (\d+)", self.supervisor("status"), re.MULTILINE)
        return {program: int(pid) for program, pid in (match.groups() for match in found)}

    def pid(self, program):
        return int(self.supervisor("pid", program))

    def process_tree(self, program):
        return processes.tree(self.pid(program))

    def replicas(self, service):
        """Maps the port of each replica to the name of its program."""
        names = [line.split()[0] for line in self.supervisor("status").splitlines() if line]
        own = [name for name in names if name.startswith(f"{service}:")]
        return {int(name.rpartition("-")[2]): name for name in own}

    def all_pids(self):
        """Every process of this instance. PostgreSQL and nginx overwrite their environment with
        their titles; they are recognized by their working directory."""
        folders = {str(self.state), str(self.state / "postgres"), str(self.state / "nginx")}
        mark = f"STACK={self.state}"
        return {
            pid
            for pid in processes.parents()
            if processes.working_directory(pid) in folders or mark in processes.environment(pid)
        }

    def is_server_ready(self, server):
        """Whether the server itself responds, independent of the services."""
        return {
            "postgres": self.is_postgres_ready,
            "elasticsearch": self.is_elasticsearch_ready,
            "rabbitmq": self.is_rabbitmq_ready,
        }[server]()

    def is_elasticsearch_ready(self):
        url = f"{self.elasticsearch}/_cluster/health?wait_for_status=yellow&timeout=1s"
        try:
            with urllib.request.urlopen(url, timeout=3) as response:
                return response.status == 200
        except (OSError, http.client.HTTPException):
            return False

    def is_rabbitmq_ready(self):
        """A running node responds to the protocol header of AMQP 0-9-1 with a frame."""
        try:
            with socket.create_connection(("127.0.0.1", self.rabbitmq_port), timeout=2) as connection:
                connection.sendall(b"AMQP\0\0\x09\x01")
                return connection.recv(1) == b"\x01"
        except OSError:
            return False

    # ---- PostgreSQL ----

    def is_postgres_ready(self):
        command = [self.postgres_programs / "pg_isready", "-q", "-t", "2", "-h", "127.0.0.1"]
        return subprocess.run([*command, "-p", str(self.postgres_port)], check=False, timeout=10).returncode == 0

    @property
    def postgres_programs(self):
        version = (self.state / "postgres/PG_VERSION").read_text("ascii").strip()
        return pathlib.Path(f"/usr/lib/postgresql/{version}/bin")

    @property
    def postgres_log(self):
        return self.state / "log/postgres.log"

    def sql(self, statement, database=DATABASE):
        """Runs a statement as PostgreSQL's superuser; returns unaligned rows."""
        command = [self.postgres_programs / "psql", "-qXAt", "-h", self.state / "run"]
        command += ["-p", str(self.postgres_port), "-U", "postgres", "-c", statement, database]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
        if done.returncode != 0:
            raise SystemExit(f"error: {statement}: {done.stderr}")
        return done.stdout.strip()

    # ---- RabbitMQ ----

    def rabbitmq(self, path):
        """A GET of RabbitMQ's management API."""
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.management).netloc, timeout=20)
        credentials = f"operator:{self.secret('rabbitmq_operator_password')}".encode()
        authorization = f"Basic {base64.b64encode(credentials).decode()}"
        connection.request("GET", f"/api/{path}", headers={"Authorization": authorization})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        assert response.status == 200, (path, response.status, body)
        return json.loads(body)

    def queues(self):
        return [queue["name"] for queue in self.rabbitmq("queues?columns=name")]

    def prediction_queues(self):
        """Queues named after a uuid: the job and result queues of single predictions."""
        return [name for name in self.queues() if name.count("-") == 4]


def read_variables(file):
    lines = file.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)
