"""The processes that only a measurement needs. All end with the stack they are on."""

import contextlib
import os
import socket
import subprocess
import time
import urllib.request

DEADLINE = 30

NGINX = """\
worker_processes auto;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    default_type application/json;
    tcp_nopush on;
    open_file_cache max=2000 inactive=1m;
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(url, process):
    end = time.monotonic() + DEADLINE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError as error:
            if time.monotonic() > end or process.poll() is not None:
                raise SystemExit(f"error: {url} does not answer: {error}") from error
            time.sleep(0.02)


@contextlib.contextmanager
def running(command, url, log, environment=None):
    """A process that answers at `url`, and its pid."""
    with open(log, "ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
    try:
        wait_for(url, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(DEADLINE)


@contextlib.contextmanager
def replica(stack, service, settings=(), sign="/health/ready"):
    """A replica of its own, with these settings, once it gives this sign: its address and
    its pid."""
    port = free_port()
    own = {"CREATETREND_HTTP__HOST": "127.0.0.1", "CREATETREND_HTTP__PORT": str(port)}
    environment = {**os.environ, **stack.settings(service), **own, **dict(settings)}
    url, log = f"http://127.0.0.1:{port}", stack.state / "log/bench.log"
    with running([stack.state / "bin" / service], url + sign, log, environment) as pid:
        yield url, pid


@contextlib.contextmanager
def constant(stack, program, body):
    """An actix server that answers everything with the bytes of the file `body`."""
    port = free_port()
    url, log = f"http://127.0.0.1:{port}", stack.state / "log/bench.log"
    with running([program, str(port), body], url, log):
        yield url


@contextlib.contextmanager
def static_files(stack, folder):
    """An nginx that only serves the files of a folder."""
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port), encoding="utf-8")
    (folder / "up").write_text("", encoding="utf-8")
    os.chmod(folder, 0o755)
    command = ["/usr/sbin/nginx", "-c", folder / "nginx.conf", "-g", "daemon off;"]
    log = stack.state / "log/bench.log"
    with running(command, f"http://127.0.0.1:{port}/up", log):
        yield f"http://127.0.0.1:{port}"
