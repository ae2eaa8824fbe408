"""The running instance: where it is, and what its processes are."""

import dataclasses
import pathlib
import subprocess


@dataclasses.dataclass(frozen=True)
class Stack:
    # The folder of its state.
    state: pathlib.Path
    gateway: str
    elasticsearch_port: int
    postgres_port: int
    # Of PostgreSQL.
    programs: pathlib.Path
    # The program that the floor of a replica is measured with.
    constant: pathlib.Path

    def settings(self, _service):
        """The settings of a service, as in the environment."""
        lines = (self.state / "env").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if line)

    def pid(self, program):
        """The first process of a program of supervisord."""
        configuration = self.state / "supervisor/supervisord.conf"
        text = subprocess.run(
            ["supervisorctl", "-c", configuration, "pid", program],
            check=True,
            capture_output=True,
            text=True,
            timeout=20,
        ).stdout
        return int(text)

    def connection(self):
        """The arguments of PostgreSQL's programs that lead to it, as its superuser."""
        folder = str(self.state / "run")
        return ["-h", folder, "-p", str(self.postgres_port), "-U", "postgres", "-d", "createtrend"]

    def sql(self, statement):
        command = [self.programs / "psql", "-qXAt", *self.connection(), "-c", statement]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=60
        ).stdout.strip()

    def elastic(self, path):
        return f"http://127.0.0.1:{self.elasticsearch_port}{path}"

    def videos(self):
        return int(self.sql("SELECT count(*) FROM video"))

    def postgres_log(self):
        return self.state / "log/postgres.log"
