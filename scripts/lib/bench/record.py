"""Records what a replica sends to a server for one request, to repeat it without the replica."""

import http.client
import http.server
import re
import threading
import urllib.parse


class Recorder:
    """A proxy in front of Elasticsearch that keeps the last request."""

    def __init__(self, target):
        recorder = self
        address = urllib.parse.urlsplit(target).netloc
        self.last = None

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                elastic = http.client.HTTPConnection(address, timeout=20)
                kind = self.headers.get("content-type", "application/json")
                elastic.request(self.command, self.path, body, {"content-type": kind})
                response = elastic.getresponse()
                content = response.read()
                recorder.last = (self.path, body.decode())
                self.send_response(response.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = forward

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


TIME = re.compile(r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z"')

LUA = """\
wrk.method = "POST"
wrk.headers["content-type"] = "application/x-ndjson"
wrk.headers["accept-encoding"] = "identity"
local parts = {{ {parts} }}
local begin, count = os.time(), 0
-- Elasticsearch compares times in milliseconds.
function request()
    count = count + 1
    local now = os.date('!"%Y-%m-%dT%H:%M:%S.', begin + math.floor(count / 1000))
        .. string.format('%03dZ"', count % 1000)
    return wrk.format(nil, {path}, nil, table.concat(parts, now))
end
"""


def lua(path, body):
    """A wrk script that repeats a search with a different current time each time, as a replica
    does: Elasticsearch would serve an identical search from its cache."""
    quoted = lambda text: "[==[" + text + "]==]"
    parts = TIME.sub("\x00", body).split("\x00")
    return LUA.format(
        parts=", ".join(quoted("\n" + part if part.startswith("\n") else part) for part in parts),
        path=quoted(path),
    )


RECORD = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \w+ \[\d+\] \S* ?(\w+):  ", re.MULTILINE)
EXECUTE = re.compile(r"^execute [^:]*: (.*)", re.DOTALL)
IDS = re.compile(r"'\{[\d,-]*\}'$")
PARAMETER = re.compile(r"\$(\d+) = ('(?:[^']|'')*'|NULL)")


def statements(log):
    """The statements in an excerpt of PostgreSQL's log, with their parameters."""
    pieces = RECORD.split(log)[1:]
    found = []
    for kind, text in zip(pieces[::2], pieces[1::2]):
        text = text.strip().replace("\n\t", "\n")
        executed = EXECUTE.match(text)
        if kind == "LOG" and executed:
            found.append((executed[1], {}))
        elif kind == "DETAIL" and found:
            found[-1][1].update(PARAMETER.findall(text))
    return found


def pgbench_script(recorded):
    """The same statements for pgbench, pipelined as a replica sends them: those with a list of ids
    need earlier results and form a second round."""
    rounds = [[], []]
    for sql, parameters in recorded:
        ids = {n: f"{value}::integer[]" for n, value in parameters.items() if IDS.match(value)}
        lists = {n: f"{value}::text[]" for n, value in parameters.items() if value[1] == "{"}
        values = {**parameters, **lists, **ids}
        sql = re.sub(r"--.*", "", sql)
        sql = re.sub(r"\$(\d+)", lambda found: values[found[1]], sql)
        rounds[bool(ids)].append(" ".join(sql.split()) + ";")
    piped = (["\\startpipeline", *one, "\\endpipeline"] for one in rounds if one)
    return "\n".join(line for lines in piped for line in lines) + "\n"
