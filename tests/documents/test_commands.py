"""Every command in a block marked `sh` is run or checked."""

import re
import uuid

import pytest
from support import command_checks
from support.documents import DOCUMENTS, commands, name_of, sh_blocks, without_comment

# Replaces the example user of the documents: one account for all commands of a run.
ACCOUNT = f"doc-{uuid.uuid4().hex[:12]}"


def command_cases():
    """Each command with the commands of its block that set its variables."""
    for file in DOCUMENTS:
        for first, block in sh_blocks(file.read_text("utf-8")):
            setup = []
            for line, text in commands(block):
                name = f"{name_of(file)}:{first + line}"
                is_request = file.name == "README.md" and re.match(command_checks.REQUEST, text)
                marks = [pytest.mark.gateway_only] if is_request else []
                yield pytest.param(file, text, tuple(setup), id=name, marks=marks)
                if text.startswith("TOKEN="):
                    setup.append(without_comment(text))


@pytest.mark.parametrize("file, text, setup", list(command_cases()))
def test_command(gateway, file, text, setup):
    """A comment such as `# 404` gives the expected status of a request."""
    command, status = without_comment(text), re.search(r"# (\d{3})$", text)
    # The Korean README has the same commands: they are run once.
    if command_checks.is_run(command) and file.name != "README.ko.md":
        command_checks.run(command, setup, status and status[1], gateway, ACCOUNT)
    elif command_checks.is_run(command) or command_checks.is_checked(command):
        command_checks.check(command)
    else:
        pytest.fail(f"tests/support/command_checks.py does not say how to test: {command}")
