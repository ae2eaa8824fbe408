"""Prints the license texts of the crates in the binaries and of the npm packages in the dashboard.

cargo-about would do the first half; it compiles 400 crates.
"""

import argparse
import json
import pathlib
import re
import subprocess

TEXTS = re.compile(r"(un)?licen[cs]e|copying|copyright|notice", re.IGNORECASE)


def crates():
    """The crates that the binaries are linked with, without build and test dependencies."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host()]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    binaries = [id for id in metadata["workspace_members"] if has_binary(packages[id])]
    found, left = set(), binaries
    while left:
        id = left.pop()
        if id not in found:
            found.add(id)
            left += [each["pkg"] for each in nodes[id]["deps"] if any(kind["kind"] is None for kind in each["dep_kinds"])]
    return [packages[id] | {"path": packages[id]["manifest_path"]} for id in found if packages[id]["source"]]


def host():
    lines = subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout.splitlines()
    return next(line.removeprefix("host: ") for line in lines if line.startswith("host: "))


def has_binary(package):
    return any("bin" in target["kind"] for target in package["targets"])


def npm_packages(folders):
    for folder in folders:
        manifest = pathlib.Path(folder, "package.json")
        yield json.loads(manifest.read_text("utf-8")) | {"path": str(manifest)}


def license_texts(package):
    files = sorted(pathlib.Path(package["path"]).parent.iterdir())
    return [file.read_text("utf-8", "replace").strip() for file in files if file.is_file() and TEXTS.match(file.name)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("npm", nargs="*", metavar="FOLDER", help="the folder of an npm package")
    packages = sorted([*crates(), *npm_packages(parser.parse_args().npm)], key=lambda each: (each["name"], each["version"]))
    users = {}
    for package in packages:
        name = f"{package['name']} {package['version']} ({package.get('license') or 'no license expression'})"
        # A few crates contain no text; the authors are the copyright holders.
        authors = ", ".join(package.get("authors") or []) or f"the authors of {package['name']}"
        for text in license_texts(package) or [f"Copyright: {authors}. See MIT.txt and Apache-2.0.txt."]:
            users.setdefault(text, []).append(name)
    print("The source code of each crate is at crates.io, of each npm package at npmjs.com.\n")
    for text, names in users.items():
        print("=" * 100, *names, "-" * 100, text, "", sep="\n")


if __name__ == "__main__":
    main()
