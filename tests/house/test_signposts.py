"""What the papers point at exists: `path::name`, links, files, commands."""

import re

from tests.house.reading import ROOT, named, text_of, top_names, tracked

PAPERS = [path for path in tracked() if path.suffix == ".md"]
PAGE = "docs/where-things-are.md"
# History may name what has gone since.
OF_TODAY = [path for path in PAPERS if path.name != "CHANGELOG.md"]


def found_in(papers, pattern):
    return sorted(
        {(named(paper), found) for paper in papers for found in re.findall(pattern, text_of(paper))}
    )


SIGNPOSTS = found_in(PAPERS, r"`([\w./-]+::[\w.]+)`")


def leads_somewhere(signpost):
    path, name = signpost.split("::")
    target = next(
        (ROOT / start / path for start in ("", "src/rasad") if (ROOT / start / path).is_file()), None
    )
    if target is None:
        return False
    return name in (top_names(target) if target.suffix == ".py" else re.findall(r"[\w.]+", text_of(target)))


def test_signposts_point_somewhere():
    assert [(paper, post) for paper, post in SIGNPOSTS if not leads_somewhere(post)] == []


def test_the_page_of_signposts_has_signposts():
    assert len([post for paper, post in SIGNPOSTS if paper == PAGE]) >= 20


def test_links_lead_somewhere():
    links = found_in(PAPERS, r"\]\(([^)#\s]+)(?:#[\w-]*)?\)")
    inside = [(paper, link) for paper, link in links if "://" not in link and not link.startswith("mailto:")]

    assert [(paper, link) for paper, link in inside if not ((ROOT / paper).parent / link).exists()] == []


def test_files_named_in_papers_exist():
    paths = found_in(OF_TODAY, r"`((?:src|tests|docs|bench|\.ci)/[\w./-]+)`")

    assert [(paper, path) for paper, path in paths if not (ROOT / path).exists()] == []


def test_commands_in_papers_exist():
    tasks = found_in(OF_TODAY, r"\./run ([a-z]+)")
    known = set(re.findall(r"^  ([a-z]+)(?:\||\))", text_of(ROOT / "run"), re.M))

    assert [(paper, task) for paper, task in tasks if task not in known] == []


def test_decisions_have_their_parts_and_are_listed():
    parts = ("## Question", "## Decision", "## Why", "## What follows")
    decisions = sorted(path for path in (ROOT / "docs" / "adr").glob("0*.md"))
    listed = text_of(ROOT / "docs" / "adr" / "README.md")

    assert [path.name for path in decisions if any(part not in text_of(path) for part in parts)] == []
    assert [path.name for path in decisions if f"({path.name})" not in listed] == []
    assert [path.name[:4] for path in decisions] == [
        f"{number:04d}" for number in range(1, len(decisions) + 1)
    ]
