"""Names as offices write them: in four scripts, with titles, relations and aliases, spelt by ear."""

import csv
import gzip
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from rasad.pipelines.people.names import alike, key, roman, sound, spelling
from rasad.pipelines.people.parts import Parts, first_and_last, keyed, parts

SHARED = Path(__file__).parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="not possible on this machine: the shared names are not beside the project"
)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("सुनीता", "sunita"), ("राम", "ram"), ("रामलाल", "ramlal"), ("सिंह", "singh"), ("ज्ञान", "gyan"),
        ("লক্ষ্মী", "lakshmi"), ("সিংহ", "singh"), ("যাদব", "jadav"), ("ਬਲਬੀਰ", "balbir"), ("ਸਿੰਘ", "singh"),
        ("ਕੌਰ", "kaur"), ("Sunita", "sunita"), ("José", "jose"),
    ],
)  # fmt: skip
def test_word_is_said_in_roman_letters(word, said):
    assert roman(word) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Suneeta", "Sunita"), ("Sunita", "सुनीता"), ("Laxmi", "Lakshmi"), ("Laxmi", "लछमी"), ("Laxmi", "लक्ष्मी"),
        ("Mohd", "Mohammad"), ("Md.", "मोहम्मद"), ("Mohammed", "মোঃ"), ("Pradip", "Prodip"), ("Pradip", "প্রদীপ"),
        ("Vijay", "Bijoy"), ("Yadav", "Jadab"), ("Ahmed", "Ahmad"), ("Halder", "Haldar"), ("Aziz", "Ajij"),
        ("Balbir", "ਬਲਬੀਰ"), ("Singh", "ਸਿੰਘ"), ("Singh", "सिंह"), ("Banerjee", "Bandyopadhyay"), ("Shaikh", "Sekh"),
        ("Kishore", "Kishor"), ("Surender", "सुरेन्द्र"), ("Akshay", "Akhay"),
    ],
)  # fmt: skip
def test_one_name_spelt_in_two_ways_is_heard_as_one(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Samar", "Samir"), ("Rani", "Ravi"), ("Abul", "Atul"), ("Amin", "Amir"), ("Gazi", "Hazi"), ("Kamal", "Amal"),
        ("Sita", "Gita"), ("Ramesh", "Rajesh"), ("Suresh", "सुरेन्द्र"), ("Smt", "Sri"), ("", ""),
    ],
)  # fmt: skip
def test_two_names_stay_two(one, other):
    assert not alike(one, other)


@pytest.mark.parametrize(
    ("field", "taken"),
    [
        ("Smt. Sunita Devi W/o Sh. Ram Lal", Parts(("sunita", "devi"), ("ram", "lal"))),
        ("श्रीमती सुनीता देवी पत्नी राम लाल", Parts(("sunita", "devi"), ("ram", "lal"))),
        ("ਬਲਬੀਰ ਸਿੰਘ ਪੁੱਤਰ ਕਰਮ ਸਿੰਘ", Parts(("balbir", "singh"), ("karam", "singh"))),
        ("সুনীতা দেবী স্বামী রাম", Parts(("sunita", "devi"), ("ram",))),
        ("Mohd. Aslam urf Guddu", Parts(("mohd", "aslam"), (), ("guddu",))),
        ("Guddi @ Sunita", Parts(("guddi",), (), ("sunita",))),
        ("Rajesh (Raju) Kumar son of Ramlal", Parts(("rajesh", "kumar"), ("ramlal",), ("raju",))),
        ("Late Shri Hari Om", Parts(("hari", "om"))),
        ("S/O RAM LAL", Parts((), ("ram", "lal"))),
        ("Kumari", Parts(())),
        ("", Parts(())),
    ],
)
def test_name_field_is_taken_apart(field, taken):
    assert parts(field) == taken


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (("sunita",), ("sunita", None)),
        (("sunita", "devi"), ("sunita", None)),
        (("gurpreet", "kaur"), ("gurpreet", None)),
        (("mohd", "aslam"), ("aslam", None)),
        (("mohd",), ("mohd", None)),
        (("ram", "kumar", "sharma"), ("ram", "sharma")),
        (("sharma", "ram", "kumar"), ("sharma", "ram")),
        ((), (None, None)),
    ],
)
def test_first_and_last_word_say_something(own, told):
    assert first_and_last(own) == told


def test_ram_lal_and_ramlal_have_one_key():
    two_words, one_word = keyed(["Ram Lal", "Ramlal"]).to_pylist()

    assert two_words["joined_key"] == one_word["first_key"]
    assert two_words["joined_gaps"] == one_word["first_gaps"]


def test_guardian_inside_a_name_field_is_keyed_as_a_field_of_his_own():
    assert keyed(["Sunita W/o Ram Lal"]).column("field").to_pylist() == ["Sunita W/o Ram Lal", "ram lal"]


def test_search_keys_of_the_register_still_stand():
    assert (spelling("Suneeta"), sound("Suneeta"), spelling("Smt.")) == ("sunita", "snt", "")


def figures(pairs):
    """Precision and recall of `alike` over pairs of words that are or are not one name."""
    told = Counter((alike(one, other), same) for one, other, same in pairs)
    right = told[True, True]
    return right / (right + told[True, False]), right / (right + told[False, True])


@needs_shared
def test_variants_of_candidates_names_are_told_apart():
    with (SHARED / "linkage" / "name_token_variants_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["name_a"], row["name_b"], row["same_name"] == "1") for row in csv.DictReader(file)]

    precision, recall = figures(rows)

    assert (precision > 0.93, recall > 0.87) == (True, True)


@needs_shared
@pytest.mark.parametrize(
    ("file", "separator", "native", "least"),
    [
        ("names/devanagari_roman_name_tokens_wb_assam.csv", ",", 0, 0.9),
        ("names/gurmukhi_roman_roll_tokens.csv.gz", ",", 0, 0.9),
        ("translit/dakshina_hi_dev.tsv.gz", "\t", 0, 0.83),
        ("translit/dakshina_bn_dev.tsv.gz", "\t", 0, 0.85),
        ("translit/dakshina_pa_dev.tsv.gz", "\t", 0, 0.85),
        ("translit/aksharantar_sampled_hin_valid.csv.gz", ",", 1, 0.83),
        ("translit/aksharantar_sampled_ben_valid.csv.gz", ",", 1, 0.85),
        ("translit/aksharantar_sampled_pan_valid.csv.gz", ",", 1, 0.85),
    ],
)
def test_word_and_its_romanisation_are_heard_as_one(file, separator, native, least):
    opener = gzip.open if file.endswith(".gz") else open
    with opener(SHARED / file, "rt", encoding="utf-8") as lines:
        words = [line.strip().split(separator)[:2] for line in lines][1:20_000]

    heard = [alike(two[native], two[1 - native]) for two in words]

    assert sum(heard) / len(heard) > least


@needs_shared
def test_other_names_of_the_same_beginning_are_not_heard_as_one():
    path = SHARED / "names" / "devanagari_roman_name_tokens_wb_assam.csv"
    with path.open(encoding="utf-8", newline="") as file:
        words = sorted({row["roman"] for row in csv.DictReader(file)})
    neighbours = [two for two in pairwise(words) if key(two[0]) != key(two[1])]

    assert [two for two in neighbours if alike(*two)] == []
