"""Links, file names, and the translation of the README."""

import pytest
from support.documents import DOCUMENTS, PROJECT, broken_links, missing_files, name_of, structure

all_documents = pytest.mark.parametrize("file", DOCUMENTS, ids=name_of)


@all_documents
def test_links_lead_to_files_and_headings(file):
    assert not list(broken_links(file))


@all_documents
def test_named_files_exist(file):
    assert not list(missing_files(file))


def test_korean_readme_has_the_structure_of_the_english():
    english, korean = (structure((PROJECT / name).read_text("utf-8")) for name in ("README.md", "README.ko.md"))
    assert korean == english
