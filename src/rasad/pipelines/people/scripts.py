"""A word of Devanagari, Bengali or Gurmukhi in plain Roman letters, as it is spoken."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indic_transliteration import sanscript

_SCRIPTS = (
    (re.compile("[\u0900-\u097f]"), sanscript.DEVANAGARI, "\u094d"),
    (re.compile("[\u0980-\u09ff]"), sanscript.BENGALI, "\u09cd"),
    (re.compile("[\u0a00-\u0a7f]"), sanscript.GURMUKHI, "\u0a4d"),
)
# What has a letter of its own in one script and a dot in another; a dot under a letter is heard as its neighbour.
_AS_HEARD = (
    ("ड\u093c", "र"), ("ढ\u093c", "र"), ("ज\u093c", "ज"), ("फ\u093c", "फ"), ("ख\u093c", "ख"), ("ग\u093c", "ग"),
    ("क\u093c", "क"), ("ज्ञ", "ग्य"), ("य\u093c", "य"), ("ऑ", "ओ"), ("ॉ", "ो"), ("ऍ", "ए"), ("ॅ", "े"),
    ("ড\u09bc", "র"), ("ঢ\u09bc", "র"), ("য\u09bc", "য\u09bc"), ("ৎ", "ত্"), ("জ্ঞ", "গ্য"),
    ("ੜ", "ਰ"), ("ਸ\u0a3c", "ਸ"), ("ਖ\u0a3c", "ਖ"), ("ਗ\u0a3c", "ਗ"), ("ਜ\u0a3c", "ਜ"), ("ਫ\u0a3c", "ਫ"),
    ("ਲ\u0a3c", "ਲ"), ("ੰ", "ਂ"), ("\u0a71", ""), ("ਂ", "ਨ੍"), ("ੱ", ""),
    ("ंह", "ङ्घ"), ("ংহ", "ঙ্ঘ"), ("ं", "न्"), ("ँ", "न्"), ("ং", "ন্"), ("ঁ", ""),
    ("\u200c", ""), ("\u200d", ""), ("ः", ""), ("ঃ", ""), ("ऽ", ""),
)  # fmt: skip
# How ITRANS writes what Roman letters have no sign for.
_PLAIN = (
    (re.compile(r"R\^?[iI]|RRi|\^i"), "ri"), (re.compile(r"L\^?[iI]"), "li"), (re.compile(r"~[nN]|N\^|JN"), "n"),
    (re.compile(r"GY|j~n"), "gy"), (re.compile(r"\.[a-zA-Z]?|[_^~|{}\\`'’]"), ""), (re.compile(r"[0-9]"), ""),
)  # fmt: skip
# The vowel that stands in every letter is silent at the end of a word and, in Hindi and Punjabi, between two
# syllables (Ram-a-lal is Ramlal); ITRANS writes the long one A.
_SILENT_AT_END = re.compile(r"(?<=[bcdfghjklmnpqrstvwxyzNDTS])a$")
_SILENT_BETWEEN = re.compile(
    r"(?<=[aAiIuUeEoO])([bcdgjklmnprstvyzNDTS]h?)a(?=[bcdfgjkmnprstvzNDTSl]h?[AiIuUeEoO])"
)


@lru_cache(maxsize=500_000)
def roman(word: str) -> str:
    """A word in lower-case Roman letters, accents dropped."""
    for pattern, scheme, _ in _SCRIPTS:
        if pattern.search(word):
            return _spoken(word, scheme)
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return word.lower()


def _spoken(word: str, scheme: str) -> str:
    # Letters with a dot come as one sign or as two: as two from here on.
    heard = unicodedata.normalize("NFD", word)
    for old, new in _AS_HEARD:
        heard = heard.replace(old, new)
    if scheme == sanscript.BENGALI:
        # য় is a glide; the plain য is a j at the beginning and a glide after a consonant.
        heard = re.sub("^য(?!\u09bc)", "জ", heard).replace("য\u09bc", "য")
    said = sanscript.transliterate(unicodedata.normalize("NFC", heard), scheme, sanscript.ITRANS)
    for sign, plain in _PLAIN:
        said = sign.sub(plain, said)
    said = _SILENT_AT_END.sub("", said) if len(said) > 2 else said
    if scheme != sanscript.BENGALI:
        said = _SILENT_BETWEEN.sub(r"\1", said)
    said = "".join("m" if letter == "M" else "" if letter == "H" else letter for letter in said)
    return said.lower()
