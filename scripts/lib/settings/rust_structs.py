"""Reads settings structs from Rust sources: fields, types and doc comments."""

import re

STRUCT = re.compile(r"((?:^ *///[^\n]*\n)*)(?:^ *#\[[^\n]*\n)*^ *pub(?:\([a-z]+\))? struct (\w+) \{\n(.*?)^\}", re.M | re.S)
FIELD = re.compile(r"((?:^ *///[^\n]*\n)+)(?:^ *#\[[^\n]*\n)*^ *(?:pub(?:\([a-z]+\))? )?(\w+): ([^\n]+),$", re.M)


def words(comment):
    return " ".join(line.strip().removeprefix("///").strip() for line in comment.splitlines()).strip()


def structs(folder):
    """Maps every struct in a folder to its fields as (name, type, meaning)."""
    found = {}
    for file in sorted(folder.rglob("*.rs")):
        for _, name, body in STRUCT.findall(file.read_text(encoding="utf-8")):
            found[name] = [(field, kind, words(comment)) for comment, field, kind in FIELD.findall(body)]
    return found


def settings(known, name, section, within=()):
    """Every setting of a struct as (path, sentences of its meaning, whether it is optional)."""
    for field, kind, meaning in known[name]:
        if kind in known:
            around = () if name == "CommonSettings" else (*within, meaning)
            yield from settings(known, kind, (*section, field), around)
        else:
            yield (*section, field), (*within, meaning), kind.startswith("Option<")


def structs_of(file):
    return [name for _, name, _ in STRUCT.findall(file.read_text(encoding="utf-8"))]
