"""The baseline of cached reads: a static file."""

import contextlib
import os

from replicas import free_port, running

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


@contextlib.contextmanager
def static_files(instance, folder):
    """An nginx that serves the files of a folder."""
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port), encoding="utf-8")
    (folder / "up").write_text("", encoding="utf-8")
    os.chmod(folder, 0o755)
    command = ["/usr/sbin/nginx", "-c", folder / "nginx.conf", "-g", "daemon off;"]
    with running(command, f"http://127.0.0.1:{port}/up", instance.state / "log/bench.log"):
        yield f"http://127.0.0.1:{port}"
