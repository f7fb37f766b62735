"""Every quotation of our packs stands in the document it names."""

import pytest
import yaml

from rasad.policy.packs import PACKS
from tests.policy.packs_here import SHARED, collapsed, pieces

SEEDS = SHARED / "seeds"


def quotations():
    for file in sorted(PACKS.rglob("*.yaml")):
        for _, piece in pieces(yaml.safe_load(file.read_text(encoding="utf-8")), ""):
            if "quotation" in piece:
                yield file.relative_to(PACKS).as_posix(), piece["file"], collapsed(piece["quotation"])


def test_every_quotation_is_found_in_its_document():
    if not SEEDS.is_dir():
        pytest.skip("not possible on this machine: the documents are not beside the project")
    texts = {seed.name: collapsed(seed.read_text(encoding="utf-8")) for seed in SEEDS.glob("*.txt")}
    found = list(quotations())
    assert len(found) > 300
    assert [(pack, words) for pack, document, words in found if words not in texts[document]] == []
