"""Ways around the routing table, and what comes back of what was sent."""

from wire import answers, exchange, get, head

# Spellings of "up", of "/", and of nothing.
UPS = ["..", "%2e%2e", "%2E%2E", ".%2e", "%252e%252e", "..;", "%c0%ae%c0%ae", "%ef%bc%8e%ef%bc%8e", "\uff0e\uff0e"]
SLASHES = ["/", "//", "%2f", "%2F", "%5c", "\\", "%252f", "/./", "%00/", ";/", "\t/"]
PREFIXES = ["/api/channel_analyze", "/api/video_detail/1", "/health", "/swagger.json", ""]
HIDDEN = ["metrics", "health/live", "health/ready", "nginx.conf", "secrets/token_keys"]

# What metrics, readiness and files look like.
TELLTALES = [b"# HELP", b"# TYPE", b"http_requests", b'"postgres"', b"worker_processes", b"root:x:", b"k1:"]


def nothing_behind_the_gateway_is_reached(world):
    tried = 0
    for prefix in PREFIXES:
        for up in UPS:
            for slash in SLASHES:
                for hidden in HIDDEN:
                    target = prefix + slash + slash.join([up] * prefix.count("/")) + slash + hidden
                    reaches_nothing(world, target or "/")
                    tried += 1
    for target in ["//metrics", "/metrics", "/metrics/", "/%6d%65trics", "/metrics%00", "/metrics?x", "/METRICS",
                   "http://trends/metrics", "http://localhost/metrics", "/health/trends/../../metrics",
                   "/api/channel_analyze@trends/metrics", "/api/channel_analyze:17010/metrics", "/api//metrics",
                   "*", "?", "#", "/api/channel_analyze#/metrics", "/gateway_error", "/@unanswered", "/tmp/nginx.pid",
                   "/www/openapi.json", "/swagger.json/../nginx.conf", "/swagger.json../nginx.conf"]:
        reaches_nothing(world, target)
    return f"{tried} spellings"


def reaches_nothing(world, target):
    received = exchange(world.gateway, head("GET", target))
    if not received:
        return
    answer = answers(received)[0]
    assert answer.status < 500, (target, answer)
    for telltale in TELLTALES:
        assert telltale not in answer.body, (target, answer)


def no_service_answers_for_another(world):
    """A prefix leads to its service, whatever follows it."""
    for up in UPS:
        for slash in ("%2f", "%5c", "%252f", "/"):
            target = f"/api/video_detail{slash}{up}{slash}accounts/auth/user/"
            answer = get(world.gateway, target)
            # Resolved, it is a public route of auth; else it is nothing.
            assert answer.status in (400, 401, 404), (target, answer)
            assert answer.status != 401 or answer.headers["www-authenticate"] == "Token", answer


INJECTIONS = [
    "%0d%0aX-Injected:%20yes", "%0aX-Injected:%20yes", "%E5%98%8D%E5%98%8AX-Injected:%20yes",
    "%0d%0a%0d%0a<script>", "%00%0d%0aX-Injected:%20yes", "%0D%0A%09X-Injected:%20yes",
]


def nothing_that_is_echoed_makes_a_header(world):
    targets = [
        "/api/youtuber_search/channel_list/?youtuber_name={}", "/api/youtuber_search/channel_list/?page={}",
        "/api/youtuber_search/channel_list/{}/", "/api/keyword_search/?search={}", "/api/video_detail/{}/",
        "/api/channel_analyze/keyword_data/?search={}&keyword={}", "/{}", "/swagger.json?{}", "/health/{}",
        "/api/views_predict/simple_recommendation?keyword_string={}",
    ]
    for target in targets:
        for injection in INJECTIONS:
            request = target.replace("{}", injection)
            for port in (world.gateway, world.replica("channel")):
                is_one_clean_answer(exchange(port, head("GET", request)), request)
    raw = "a\nX-Injected: yes"
    for line in (f"X-Request-ID: {raw}", f"Origin: http://x{raw}", f"If-None-Match: {raw}", f"Authorization: Token {raw}",
                 "X-Request-ID: aaaaaaaa%0d%0aX-Injected: yes", "X-Request-ID: " + "a" * 65, "X-Forwarded-Proto: https://x",
                 "X-Forwarded-Host: evil.example", "X-Forwarded-For: 1.1.1.1"):
        received = exchange(world.gateway, head("GET", "/api/youtuber_search/channel_list/", line))
        is_one_clean_answer(received, line)
        assert b"evil.example" not in received, received


def is_one_clean_answer(received, what):
    found = answers(received)
    assert len(found) == 1, (what, found)
    assert found[0].status < 500, (what, found)
    assert "x-injected" not in found[0].headers and "set-cookie" not in found[0].headers, (what, found)


def answers_say_what_browsers_may_do(world):
    # An answer, an error of a service, an error of the gateway, a document, and its health.
    for target in ("/api/video_detail/1/", "/api/video_detail/x/", "/api/no/such/page", "/swagger.json", "/health",
                   "/api/accounts/auth/user/"):
        plain, secure = get(world.gateway, target), get(world.gateway, target, "X-Forwarded-Proto: https")
        assert "strict-transport-security" not in plain.headers, plain
        assert secure.headers["strict-transport-security"].startswith("max-age="), secure
        for answer in (plain, secure):
            names = [line.partition(":")[0].lower() for line in answer.lines]
            assert len(names) == len(set(names)) or names.count("vary") == len(names) - len(set(names)) + 1, answer
            assert answer.headers["x-content-type-options"] == "nosniff", answer
            assert answer.headers["x-frame-options"] == "DENY", answer
            assert answer.headers["referrer-policy"] == "no-referrer", answer
            assert "camera=()" in answer.headers["permissions-policy"], answer
            assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'", answer
            assert answer.headers["cross-origin-resource-policy"] == "same-origin", answer
            assert answer.headers["server"] == "nginx" and "x-powered-by" not in answer.headers, answer
    # What is a page says itself what it may load: nothing that stands in its text.
    for target in ("/", "/any/page", "/swagger/", "/redoc/"):
        policy = get(world.gateway, target).headers["content-security-policy"]
        scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
        assert "unsafe" not in scripts and "*" not in scripts and "http" not in scripts, policy
