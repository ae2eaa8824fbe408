"""Reads commands, links and file names from Markdown."""

import re
import subprocess
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    *(PROJECT / name for name in ("README.md", "README.ko.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")),
    *sorted((PROJECT / "docs").rglob("*.md")),
    PROJECT / "deploy/model/README.md",
]
# A path with one of these stands for many.
PLACEHOLDER = re.compile(r"[<>*{}$…]|/path/to/|FILE|FOLDER|NNNN")
NAMED_FOLDERS = "services|crates|scripts|deploy|docs|web|fuzz|tests"


def name_of(file):
    return str(file.relative_to(PROJECT))


def sh_blocks(text):
    """Every `sh` block as (line number, text without its indentation)."""
    for match in re.finditer(r"^( *)```sh\n(.*?)^\1```", text, re.M | re.S):
        body = re.sub(rf"^{match[1]}", "", match[2], flags=re.M)
        yield text.count("\n", 0, match.start()) + 2, body


def commands(block):
    """The commands of a block as (line in the block, text). Bash decides where one ends."""
    start, lines = 0, []
    for number, line in enumerate(block.splitlines()):
        if not lines and (not line.strip() or line.lstrip().startswith("#")):
            continue
        if not lines:
            start = number
        lines.append(line)
        if not line.endswith("\\") and is_complete("\n".join(lines)):
            yield start, "\n".join(lines)
            lines = []
    if lines:
        yield start, "\n".join(lines)


@cache
def is_complete(text):
    return subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True).returncode == 0


def without_comment(command):
    return command if "\n" in command else re.sub(r"\s+#.*$", "", command)


def without_blocks(text):
    return re.sub(r"```.*?```", "", text, flags=re.S)


def anchors(text):
    """The anchors that GitHub gives the headings."""
    found = set()
    for title in re.findall(r"^#+ (.+)$", without_blocks(text), re.M):
        title = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title)
        found.add(re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-"))
    return found


def broken_links(file):
    for target in re.findall(r"\]\(([^)\s]+)\)", without_blocks(file.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        other = (file.parent / path).resolve() if path else file
        if not other.exists():
            yield target
        elif anchor and other.suffix == ".md" and anchor not in anchors(other.read_text("utf-8")):
            yield target


def missing_files(file):
    named = re.findall(rf"`((?:{NAMED_FOLDERS})/[^`\s]+)`", without_blocks(file.read_text("utf-8")))
    for name in named:
        if not PLACEHOLDER.search(name) and not name.startswith("web/dist") and not (PROJECT / name).exists():
            yield name


def structure(text):
    """The parts that must be equal in a translation and its original."""
    prose = without_blocks(text)
    links = re.findall(r"\]\(([^)\s#]+)", prose)
    return {
        "commands": [[without_comment(command) for _, command in commands(body)] for _, body in sh_blocks(text)],
        "responses": re.findall(r"```json\n(.*?)```", text, re.S),
        "headings": re.findall(r"^(#+) ", prose, re.M),
        "links": sorted(link.replace(".ko.md", ".md") for link in links),
        "table rows": len(re.findall(r"^\|", prose, re.M)),
    }
