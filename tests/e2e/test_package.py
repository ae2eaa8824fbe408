"""The package that scripts/package builds. The release workflow also starts an instance from it."""

import hashlib
import os
import re
import subprocess

import pytest
from instance import PROJECT, SERVICES

BINARIES = ("createtrend", "fake-youtube", *SERVICES)
BUILD_TIMEOUT = 900
# The package is built with the first test.
pytestmark = pytest.mark.timeout(BUILD_TIMEOUT)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The unpacked package."""
    folder = tmp_path_factory.mktemp("package")
    subprocess.run([PROJECT / "scripts/package", folder], check=True, capture_output=True, timeout=BUILD_TIMEOUT)
    (archive,) = folder.iterdir()
    subprocess.run(["tar", "-xzf", archive, "-C", folder], check=True)
    return folder / archive.name.removesuffix(".tar.gz")


def test_checksums_list_every_file(package):
    listed = dict(reversed(line.split("  ", 1)) for line in (package / "SHA256SUMS").read_text("utf-8").splitlines())
    files = {str(file.relative_to(package)): file for file in package.rglob("*") if file.is_file()}
    assert listed.keys() == files.keys() - {"SHA256SUMS"}
    assert listed == {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in listed}


def test_package_has_all_files_that_its_scripts_and_compose_file_name(package):
    scripts = [file for file in (package / "scripts").rglob("*") if file.is_file()]
    names = {name for file in scripts for name in re.findall(r"\$PROJECT/([\w./-]+)", file.read_text("utf-8"))}
    names |= set(re.findall(r"^ +- \./([^:]+):", (package / "docker-compose.yml").read_text("utf-8"), re.M))
    assert {"bin", "nginx.conf", "deploy/postgres/createtrend.conf"} <= names
    assert sorted(name for name in names if not (package / name).exists()) == []
    assert (package / "web/dist/index.html").is_file()
    assert (package / "web/dist-documents/swagger").is_dir()


@pytest.mark.parametrize("name", BINARIES)
def test_binary_runs(package, name):
    argument = "settings" if name in SERVICES else "--version"
    subprocess.run([package / "bin" / name, argument], check=True, capture_output=True, timeout=20)


def test_build_of_a_package_needs_no_cargo_and_no_node(package, tmp_path):
    script = f"""
        for part in common install supervisor services build web; do source {package}/scripts/lib/$part.sh; done
        cargo() {{ die "cargo was called"; }}; node() {{ die "node was called"; }}; npm() {{ die "npm was called"; }}
        mkdir -p "$STATE/bin"
        prepare_build; build; echo "${{PACKAGES[@]}}"
    """
    environment = {**os.environ, "STACK_HOME": str(tmp_path)}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert {file.name for file in (tmp_path / "bin").iterdir()} == set(BINARIES)
    assert not {"gcc", "nodejs"} & set(done.stdout.split())


def test_licenses_name_every_linked_crate(package):
    texts = (package / "licenses/dependencies.txt").read_text("utf-8")
    assert all(re.search(rf"^{name} \d", texts, re.M) for name in ("actix-web", "diesel", "ring", "preact", "uplot"))
