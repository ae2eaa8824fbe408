"""The running instance: where it is, and what its processes are."""

import dataclasses
import json
import pathlib
import re
import subprocess
import time
import urllib.request

import processes

DATABASE = "createtrend"
DEADLINE = 30


@dataclasses.dataclass(frozen=True)
class Stack:
    # Where the project is.
    project: pathlib.Path
    # The folder of the instance's state.
    state: pathlib.Path
    gateway: str
    elasticsearch_port: int
    postgres_port: int
    # Of RabbitMQ.
    management_port: int
    # PostgreSQL's programs.
    programs: pathlib.Path

    @classmethod
    def add_arguments(cls, parser):
        """One option for each field: scripts/lib/python.sh gives them."""
        for field in dataclasses.fields(cls):
            name = field.name.replace("_", "-")
            parser.add_argument(f"--{name}", type=field.type, required=True)

    @classmethod
    def given(cls, arguments):
        return cls(**{field.name: getattr(arguments, field.name) for field in dataclasses.fields(cls)})

    def settings(self, service):
        """The settings of a service as supervisord gives them to it, in the environment."""
        file = self.state / f"supervisor/service-{service}.conf"
        line = next(line for line in file.read_text("utf-8").splitlines() if "environment" in line)
        return dict(re.findall(r'(\w+)="([^"]*)"', line))

    def operator_settings(self):
        """Those of the operator's command."""
        lines = (self.state / "env").read_text("utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if line)

    def supervisor(self, *arguments):
        configuration = self.state / "supervisor/supervisord.conf"
        command = ["supervisorctl", "-c", configuration, *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=180, check=False
        ).stdout

    def control(self, action, program):
        answer = self.supervisor(action, program)
        if "ERROR" in answer:
            raise SystemExit(f"error: supervisorctl {action} {program}: {answer}")

    def replicas(self, service):
        """The programs of a service's replicas."""
        names = [line.split()[0] for line in self.supervisor("status").splitlines() if line]
        return [name for name in names if name.startswith(f"{service}:")]

    def pid(self, program):
        """The first process of a program."""
        return int(self.supervisor("pid", program))

    def pids(self):
        """The first process of every program that runs."""
        found = re.finditer(r"^(\S+) +RUNNING +pid (\d+)", self.supervisor("status"), re.MULTILINE)
        return {program: int(pid) for program, pid in (each.groups() for each in found)}

    def family(self, program):
        """All processes of a program."""
        return processes.family(self.pid(program))

    def connection(self):
        """The arguments of PostgreSQL's programs that lead to it, as its superuser."""
        folder = str(self.state / "run")
        return ["-h", folder, "-p", str(self.postgres_port), "-U", "postgres"]

    def sql(self, statement, database=DATABASE):
        command = [self.programs / "psql", "-qXAt", *self.connection(), "-c", statement, database]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode != 0:
            raise SystemExit(f"error: {statement}: {done.stderr}")
        return done.stdout.strip()

    def elastic(self, path):
        return f"http://127.0.0.1:{self.elasticsearch_port}{path}"

    def videos(self):
        return int(self.sql("SELECT count(*) FROM video"))

    def postgres_log(self):
        return self.state / "log/postgres.log"

    def queues(self):
        """The names of RabbitMQ's queues."""
        password = (self.state / "secrets/rabbitmq_operator_password").read_text("ascii").strip()
        url = f"http://127.0.0.1:{self.management_port}/api/queues"
        manager = urllib.request.HTTPPasswordMgrWithPriorAuth()
        manager.add_password(None, url, "operator", password, is_authenticated=True)
        opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(manager))
        with opener.open(url, timeout=20) as answer:
            return [queue["name"] for queue in json.load(answer)]

    def settled_prediction_queues(self):
        """How many queues of predictions are left, once no more of them go."""
        end = time.monotonic() + DEADLINE
        while True:
            left = [name for name in self.queues() if name.count("-") == 4]
            if not left or time.monotonic() > end:
                return len(left)
            time.sleep(0.5)
