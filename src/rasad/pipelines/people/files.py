"""Files of people for the matcher: CSV or Parquet, columns told by their headings, or by the one who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from rasad.pipelines.people.ready import ROLES
from rasad.pipelines.relief import delimited
from rasad.pipelines.relief.columns import Column, plain
from rasad.values.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# What offices head their columns with, in English and Indian languages.
HEADINGS: dict[str, str] = {
    "person": "person person_id id unique_id rec_id member_id record_id key row क्रमांक ক্রমিক",
    "name": "name full_name member_name applicant_name beneficiary_name नाम नाम_हिन्दी নাম ਨਾਮ",
    "first_name": "first_name given_name forename",
    "surname": "surname last_name family_name उपनाम পদবি",
    "guardian": "guardian guardian_name father father_name fathers_name husband husband_name father_husband_name"
    " father_or_husband spouse पिता_पति पिता पति पिता_का_नाम পিতা পিতার_নাম ਪਿਤਾ",
    "born": "born born_on dob date_of_birth birth_date birthdate जन्म_तिथि জন্ম_তারিখ",
    "birth_year": "birth_year year_of_birth yob जन्म_वर्ष",
    "age": "age आयु उम्र বয়স",
    "sex": "sex gender लिंग লিঙ্গ",
    "place": "place village town city suburb locality ward village_code gram_panchayat गाँव गांव स्थान গ্রাম",
    "district": "district state जिला জেলা",
    "mobile": "mobile mobile_number phone telephone मोबाइल মোবাইল",
    "email": "email e_mail",
    "address": "address address_1 पता ঠিকানা",
    "street_number": "street_number house_number house_no",
    "postcode": "postcode pincode pin_code pin पिन",
    "id_number": "identity_key aadhaar_ref soc_sec_id id_number epic voter_id",
}
_ROLE_OF = {plain(heading): role for role, headings in HEADINGS.items() for heading in headings.split()}
# For the reader of CSV, which finds line and delimiter of the headings by those it knows.
_COLUMNS = tuple(
    Column(heading, heading, "text", role)
    for role, headings in HEADINGS.items()
    for heading in headings.split()
)
_FIRST = {plain(heading): at for headings in HEADINGS.values() for at, heading in enumerate(headings.split())}


def opened(path: Path, *, keep_in: Path, called: Mapping[str, str]) -> tuple[Path, dict[str, str]]:
    """A file as Parquet, and which of its columns holds what; `called` says it for columns with other headings.

    Raises Refused: file_missing, what delimited.py refuses, file_not_parquet, column_unknown, no_name_column.
    """
    if not path.is_file():
        raise Refused("file_missing", file=path.name, folder=str(path.parent))
    parquet = path
    if path.suffix.lower() != ".parquet":
        parquet = keep_in / f"{path.stem}.parquet"
        delimited.to_parquet(path, parquet, _COLUMNS)
    try:
        headings = pq.read_schema(parquet).names
        pq.ParquetFile(parquet)
    except (pa.ArrowException, OSError) as error:
        raise Refused("file_not_parquet", file=path.name, what=str(error).splitlines()[0][:200]) from None
    return parquet, _columns(path, headings, called)


def _columns(path: Path, headings: Sequence[str], called: Mapping[str, str]) -> dict[str, str]:
    told: dict[str, str] = {}
    by_plain = {plain(heading): heading for heading in headings}
    # The more usual heading wins where two could be meant: place before suburb.
    for heading in sorted(by_plain, key=lambda one: _FIRST.get(one, 0)):
        role = _ROLE_OF.get(heading)
        if role is not None:
            told.setdefault(role, by_plain[heading])
    for role, heading in called.items():
        if role not in (*ROLES, "person") or plain(heading) not in by_plain:
            there = ", ".join(headings[:20])
            raise Refused("column_unknown", file=path.name, column=f"{role}={heading}", there=there)
        told[role] = by_plain[plain(heading)]
    if not {"name", "first_name"} & set(told):
        raise Refused("no_name_column", file=path.name, there=", ".join(headings[:20]))
    if "first_name" in told:
        told.pop("name", None)
    return told


def told_by_hand(pairs: Sequence[str]) -> dict[str, str]:
    """`guardian=Father of member` as a mapping. Raises Refused column_unknown."""
    told = {}
    for pair in pairs:
        role, sign, heading = pair.partition("=")
        if not sign:
            raise Refused("column_unknown", file="--column", column=pair, there=", ".join(ROLES))
        told[role.strip()] = heading.strip()
    return told
