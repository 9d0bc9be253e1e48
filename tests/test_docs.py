"""The documentation names what there is."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

import newsdesk
from newsdesk.pipeline.parsers import PARSERS
from newsdesk.reader.exports import EXPORTS
from newsdesk.reader.filters import ArticleFilter

TOP = Path(__file__).resolve().parent.parent
README = (TOP / "README.md").read_text("utf-8")
SETTINGS = re.findall(r'env\.\w+\(\s*"(\w+)"', (TOP / "newsdesk" / "settings.py").read_text("utf-8"))
COMMANDS = sorted(name for name, app in get_commands().items() if app.startswith("newsdesk."))


@pytest.mark.parametrize("name", [*ArticleFilter.base_filters, "page"])
def test_the_readme_names_every_filter(name):
    assert re.search(rf"`{name}=", README)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_readme_names_every_setting(name):
    assert f"| `{name}` |" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name):
    assert re.search(rf"`?manage\.py {name}\b", README)


@pytest.mark.parametrize("name", [one.name.split()[0] for one in PARSERS])
def test_the_readme_names_every_input_format(name):
    assert name.lower() in README.lower()


@pytest.mark.parametrize("name", EXPORTS)
def test_the_readme_and_the_page_of_exports_name_every_format(name):
    assert f"`{name}`" in README
    assert f"| `{name}` |" in (TOP / "docs" / "exports.md").read_text("utf-8")


def test_the_version_stands_in_one_way_in_both_places():
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))

    assert project["project"]["version"] == newsdesk.__version__


def test_there_are_settings_commands_and_exports_to_document():
    assert "SECRET_KEY" in SETTINGS
    assert {"ingest", "process", "reprocess", "export"} <= set(COMMANDS)
    assert "jsonl" in EXPORTS


def test_every_picture_and_page_that_the_readme_links_to_is_there():
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README)

    assert links
    assert [link for link in links if not (TOP / link).exists()] == []
