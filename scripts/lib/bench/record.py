"""What a replica asks of its backend for one request, to be asked again without it."""

import http.client
import http.server
import re
import threading
import urllib.parse


class Recorder:
    """Stands before Elasticsearch, and remembers the last request."""

    def __init__(self, target):
        recorder = self
        address = urllib.parse.urlsplit(target).netloc
        self.last = None

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                elastic = http.client.HTTPConnection(address, timeout=20)
                kind = self.headers.get("content-type", "application/json")
                elastic.request(self.command, self.path, body, {"content-type": kind})
                answer = elastic.getresponse()
                content = answer.read()
                recorder.last = (self.path, body.decode())
                self.send_response(answer.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = answer

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
-- Elasticsearch's clock ticks in milliseconds.
function request()
    count = count + 1
    local now = os.date('!"%Y-%m-%dT%H:%M:%S.', begin + math.floor(count / 1000))
        .. string.format('%03dZ"', count % 1000)
    return wrk.format(nil, {path}, nil, table.concat(parts, now))
end
"""


def lua(path, body):
    """A script for wrk that asks this, each time with a present of its own, as a replica
    does: a question that has been asked before is answered from a cache."""
    quoted = lambda text: "[==[" + text + "]==]"
    parts = TIME.sub("\x00", body).split("\x00")
    return LUA.format(
        parts=", ".join(quoted("\n" + part if part.startswith("\n") else part) for part in parts),
        path=quoted(path),
    )


RECORD = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \w+ \[\d+\] \S* ?(\w+):  ", re.MULTILINE)
EXECUTE = re.compile(r"^execute [^:]*: (.*)", re.DOTALL)
PARAMETER = re.compile(r"\$(\d+) = ('(?:[^']|'')*'|NULL)")


def statements(log):
    """The statements that a piece of PostgreSQL's log tells of, with their parameters."""
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
    """The same statements for pgbench, together as a replica sends them: what takes a list
    takes it from those before, and goes out after them."""
    rounds = [[], []]
    for sql, parameters in recorded:
        lists = {n: f"{value}::integer[]" for n, value in parameters.items() if value[1] == "{"}
        values = {**parameters, **lists}
        sql = re.sub(r"--.*", "", sql)
        sql = re.sub(r"\$(\d+)", lambda found: values[found[1]], sql)
        rounds[bool(lists)].append(" ".join(sql.split()) + ";")
    piped = (["\\startpipeline", *one, "\\endpipeline"] for one in rounds if one)
    return "\n".join(line for lines in piped for line in lines) + "\n"
