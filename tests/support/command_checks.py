"""How each command in the documents is tested: it is run, or its parts are checked."""

import json
import os
import re
import subprocess
from functools import cache

from support.documents import PROJECT

# Commands that are run, by their beginning.
EXECUTED = [
    r"(TOKEN=\$\()?curl ",
    r"scripts/status$",
    r"grep -h ",
    r"scripts/settings --check$",
    r"scripts/createtrend (doctor|user list|source list|quota|reindex( --since \S+)?)$",
]
REQUEST = EXECUTED[0]
# Commands whose script, options, files and services are checked instead, and why.
CHECKED = {
    r"((WEB_ROOT|CREATETREND_\w+|GATEWAY_\w+)=\S+ )*scripts/up\b": "has started this instance; the e2e tests run it again, with WEB_ROOT and settings too",
    r"scripts/test(-web)?\b": "runs these tests",
    r"scripts/check\b": "CI runs it beside scripts/test",
    r"scripts/(down|restart|backup|restore|roll-out)\b": "changes the instance; the e2e, faults and containers tests run them",
    r"scripts/bench\b": "takes minutes",
    r"(mkdir -p /opt|tar -xzf|cd /opt|/opt/createtrend/scripts/up)\b": "installs a package; the e2e tests unpack one",
    r"gh attestation\b": "needs a published release",
    r"scripts/(openapi|settings|screenshots)\b": "writes files that scripts/check compares",
    r"scripts/createtrend (import|train|evaluate)\b": "needs files; the tests of its crate run it",
    r"createtrend \w+": "is scripts/createtrend in a container",
    r"sudo chown\b": "changes a file for a container",
    r"((WEB_ROOT|YOUTUBE_KEY_FILE)=\S+ )?docker\b": "needs a container engine; the containers tests run it",
    r"secret(\(\)| )": "needs a container engine",
    r"(for service in|kubectl)\b": "needs a registry or a cluster; scripts/check compares the manifests with schemas",
    r"git (pull|clone)\b": "needs a remote repository",
    r"cd web && npm\b": "scripts/check and scripts/test-web run npm",
    r"(cargo|\(set -a; source)\b": "scripts/check and scripts/test run it",
}


def is_run(command):
    return any(re.match(pattern, command) for pattern in EXECUTED)


def is_checked(command):
    return any(re.match(pattern, command) for pattern in CHECKED)


def run(command, setup, expected, gateway, account):
    """Runs a command after those that set its variables. A request must have the expected
    status, or succeed. `account` takes the place of the documents' example user."""

    def adapted(text):
        text = text.replace("localhost:8080", gateway.removeprefix("http://")).replace(".local/log", f"{os.environ.get('STACK_HOME', '.local')}/log")
        return text.replace("sunny-day", account)

    curl = 'curl() { command curl --fail-with-body -S --noproxy "*" --max-time 130 "$@"; }\n'
    before = "".join(f"{adapted(each)} >/dev/null\n" for each in setup)
    script = f"{curl}set -euo pipefail\n{before}{adapted(command)}"
    done = subprocess.run(["bash", "-c", script], cwd=PROJECT, capture_output=True, timeout=300)
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    if expected:
        assert done.returncode == 22 and f"returned error: {expected}" in output, f"not {expected}: {output[-1500:]}"
        return
    assert done.returncode == 0, f"exit code {done.returncode}: {output[-1500:]}"
    assert output or "=$(" in command, "no output"


def check(command):
    """Fails if the command names a script, option, file, service or package that is missing."""
    for part in re.split(r"\s*(?:&&|\|\||;|\|)\s*", command):
        words = [word for word in re.findall(r"(?:[^\s\"']|\"[^\"]*\"|'[^']*')+", part)]
        while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
            words.pop(0)
        if not words:
            continue
        if words[0].startswith("scripts/"):
            check_script(words, part)
        elif words[0] in ("docker", "docker-compose"):
            check_compose(part)
        elif words[0] == "npm" and len(words) > 1 and words[1] == "run":
            known = json.loads((PROJECT / "web/package.json").read_text("utf-8"))["scripts"]
            assert words[2] in known, f"web/package.json has no {words[2]}"
        elif words[0] == "cargo":
            for name in re.findall(r"-p (\w[\w-]*)", part):
                assert list(PROJECT.glob(f"*/{name}/Cargo.toml")), f"there is no package {name}"


def check_script(words, part):
    script = words[0]
    file = PROJECT / script
    assert file.is_file() and os.access(file, os.X_OK), f"{script} is not an executable"
    subcommand = words[1] if script == "scripts/createtrend" and len(words) > 1 else ""
    check_options(script, subcommand, part)
    if script == "scripts/test" and (marker := re.search(r"-m (\w+)", part)):
        known = (PROJECT / "tests/pytest.ini").read_text("utf-8")
        assert re.search(rf"^    {marker[1]}: ", known, re.M), f"tests/pytest.ini has no marker {marker[1]}"


def check_options(script, subcommand, text):
    options = re.findall(r"(?<=\s)--[a-z][a-z-]*", text)
    if subcommand or options:
        known = help_text(script, subcommand)
        for option in options:
            assert re.search(rf"{option}\b", known), f"{script} {subcommand} has no {option}"


def check_compose(part):
    for file in re.findall(r"-f (\S+\.(?:yml|yaml|Dockerfile|conf)|deploy/\S+)", part):
        assert (PROJECT / file).is_file(), f"there is no {file}"
    verb = re.search(r"compose\s+(?:(?:-f|-p|--profile)\s+\S+\s+)*(up|run|restart|logs|exec|build)\b(.*)", part)
    if not verb:
        return
    arguments = re.sub(r"(?:--scale|--user|-v|-e|-p)\s+\S+", "", verb[2])
    names = [word for word in arguments.split() if not word.startswith(("-", '"', "'"))]
    names = names[:1] if verb[1] in ("run", "exec") else names
    names += re.findall(r"--scale (\S+)=", verb[2])
    for name in names:
        assert name in compose_services(), f"docker-compose.yml has no {name}"
    subcommand = re.search(r"run\s.*?createtrend\s+(\w+)(.*)", part)
    if subcommand:
        check_options("scripts/createtrend", subcommand[1], subcommand[2])


@cache
def help_text(script, subcommand):
    command = [PROJECT / script, *([subcommand] if subcommand else []), "--help"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{script} {subcommand} --help: {done.stderr.strip()}"
    return done.stdout


@cache
def compose_services():
    text = (PROJECT / "docker-compose.yml").read_text("utf-8")
    return set(re.findall(r"^  ([a-z][a-z0-9-]*):", text.split("\nservices:", 1)[1], re.M))
