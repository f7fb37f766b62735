"""How one name gets written: the usual way, the other ways clerks write it, and slips of the key."""

# Romanisation has no standard: these pairs are heard as the same (Suneeta, Sunita; Laxman, Lachhman).
_HEARD_ALIKE = (
    ("ee", "i"), ("oo", "u"), ("sh", "s"), ("v", "w"), ("w", "v"), ("j", "z"), ("ph", "f"),
    ("th", "t"), ("bh", "b"), ("dh", "d"), ("kh", "k"), ("aa", "a"), ("y", "i"), ("i", "ee"),
    ("u", "oo"), ("a", "aa"),
)  # fmt: skip
# In Devanagari: vowel length, the dot for a nasal, and the dot under a letter come and go.
_WRITTEN_ALIKE = (
    ("ी", "ि"), ("ि", "ी"), ("ू", "ु"), ("ु", "ू"), ("न्द", "ंद"), ("ं", "न्"), ("ड़", "ड"), ("श", "स"), ("ण", "न"),
)  # fmt: skip


def _replaced(word: str, pairs: tuple[tuple[str, str], ...], most: int) -> list[str]:
    forms: list[str] = []
    for old, new in pairs:
        # The first letter is what people get right.
        at = word.find(old, 1)
        if at > 0 and (form := word[:at] + new + word[at + len(old) :]) not in (word, *forms):
            forms.append(form)
    return forms[:most]


def roman_variants(word: str, written: list[str]) -> list[str]:
    """Other Roman spellings of a word: those known, then up to four by rule."""
    by_rule = [form for form in _replaced(word, _HEARD_ALIKE, 4) if form not in written]
    # The ones known to be common count twice.
    return [*written, *written, *by_rule]


def hindi_variants(word: str) -> list[str]:
    """Other Devanagari spellings of a word, up to three."""
    return _replaced(word, _WRITTEN_ALIKE, 3)


def slips(word: str) -> list[str]:
    """A letter left out, two swapped, one doubled."""
    middle = len(word) // 2
    if len(word) < 4:
        return [word + word[-1]]
    return [
        word[:middle] + word[middle + 1 :],
        word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :],
        word[: middle + 1] + word[middle:],
    ]
