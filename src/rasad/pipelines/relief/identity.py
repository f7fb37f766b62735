"""Aadhaar numbers in an input file become references before anything else sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rasad.pipelines.relief.typed import DEVANAGARI_DIGITS, as_written
from rasad.values import aadhaar, check_digit

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.pipelines.relief.files import InputFile
    from rasad.pipelines.relief.stages import Work


_REFERENCES = pa.schema([("identity_key", pa.int64()), ("aadhaar_ref", pa.string())])


def with_identity(table: ir.Table, file: InputFile, secret: bytes) -> ir.Table:
    """The file's rows with `identity_key` (null where there is none) and `bad_aadhaar`.

    `secret` is the key of the references (values/aadhaar.py). A number that is not an Aadhaar number costs
    nobody their food: it is left out and reported.
    """
    if "identity_key" in file.headings:
        return table.mutate(
            identity_key=table[file.headings["identity_key"]].try_cast("int64"), bad_aadhaar=False
        )
    if "aadhaar_ref" in file.headings:
        return _joined(
            table, file.headings["aadhaar_ref"], lambda written: (_keys_of_references(written), written)
        )
    if "aadhaar" in file.headings:
        return _joined(
            table, file.headings["aadhaar"], lambda written: (_keys_of_numbers(written, secret), written)
        )
    return table.mutate(identity_key=ibis.null("int64"), bad_aadhaar=False)


def references_of(written: pa.ChunkedArray, *, heading: str, secret: bytes) -> list[bytes | None]:
    """The 32-byte reference of each value of a column `aadhaar` or `aadhaar_ref`; null where none is."""
    if heading == "aadhaar_ref":
        good = _are_references(written)
        return [
            bytes.fromhex(text) if fine else None
            for text, fine in zip(written.to_pylist(), good, strict=True)
        ]
    numbers = _digits(written)
    are_good = _are_numbers(numbers)
    return [
        aadhaar.reference(number, secret) if fine else None
        for number, fine in zip(numbers.to_pylist(), are_good, strict=True)
    ]


def _joined(table: ir.Table, heading: str, keys: object) -> ir.Table:
    assert callable(keys)
    said = as_written(table[heading])
    distinct = table.select(written=said).distinct().to_pyarrow()["written"]
    found, told = keys(distinct.combine_chunks())
    lookup = ibis.memtable(pa.table({"written": told, "identity_key": pa.array(found, pa.int64())}))
    joined = table.left_join(lookup, said == lookup.written)
    return joined.mutate(
        bad_aadhaar=(said.strip().length() > 0).fill_null(False) & lookup.identity_key.isnull()
    ).drop("written")


def _digits(written: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    plain = pc.replace_substring_regex(written.cast(pa.string()), r"[\s-]", "")
    if pc.all(pc.string_is_ascii(plain)).as_py() is False:
        for digit, devanagari in enumerate(DEVANAGARI_DIGITS):
            plain = pc.replace_substring(plain, devanagari, str(digit))
    return plain


def _are_numbers(numbers: pa.Array | pa.ChunkedArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    form = pc.fill_null(pc.match_substring_regex(numbers, r"^[2-9][0-9]{11}$"), False)
    values = pc.if_else(form, numbers, "0").cast(pa.int64()).to_numpy(zero_copy_only=False)
    formed = np.asarray(form.to_numpy(zero_copy_only=False), dtype=bool)
    valid: np.ndarray[tuple[int], np.dtype[np.bool_]] = formed & check_digit.are_valid(values, length=12)
    return valid


def _keys_of_numbers(written: pa.Array, secret: bytes) -> list[int | None]:
    return [
        aadhaar.identity_key(reference) if reference else None
        for reference in references_of(written, heading="aadhaar", secret=secret)
    ]


def _keys_of_references(written: pa.Array) -> list[int | None]:
    return [
        aadhaar.identity_key(reference) if reference else None
        for reference in references_of(written, heading="aadhaar_ref", secret=b"")
    ]


def _are_references(written: pa.Array | pa.ChunkedArray) -> list[bool]:
    told: list[bool] = pc.fill_null(
        pc.match_substring_regex(written, r"^[0-9a-fA-F]{64}$"), False
    ).to_pylist()
    return told


def full_references(work: Work, keys: pa.ChunkedArray) -> pa.Table:
    """The whole reference behind each of these keys, as PostgreSQL reads bytes: identity_key, aadhaar_ref.

    A key is the beginning of its reference; one that is not, as written by a source, has none.
    """
    wanted = pc.unique(keys.drop_null())
    parts = [_REFERENCES.empty_table()]
    for source in work.sources:
        headings = source.members.headings
        heading = next((name for name in ("aadhaar_ref", "aadhaar") if name in headings), None)
        if heading is None:
            continue
        table = work.engine.read(source.members.parquet)
        told = table.select(written=as_written(table[headings[heading]])).distinct().to_pyarrow()["written"]
        found = [one for one in references_of(told, heading=heading, secret=work.secret) if one]
        known = [aadhaar.identity_key(reference) for reference in found]
        texts = ["\\x" + reference.hex() for reference in found]
        part = pa.table([known, texts], schema=_REFERENCES)
        parts.append(part.filter(pc.is_in(part["identity_key"], wanted)))
    # The same person through two sources, or one number written in two ways.
    told = pa.concat_tables(parts).group_by("identity_key").aggregate([("aadhaar_ref", "min")])
    return told.rename_columns(_REFERENCES.names)
