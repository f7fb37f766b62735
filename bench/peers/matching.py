"""Other ways to tell who is who, on the same tables: Splink as its own examples set it, recordlinkage, exact matching.

Each takes one or two pandas tables with their own column names and answers pairs of identifiers.
"""

import itertools
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

Pairs = set[tuple[str, str]]
Tables = Sequence[pd.DataFrame]
Columns = Mapping[str, str]

# Where Splink's examples draw the line of its accuracy tables, and where they cut clusters.
SPLINK_PROBABILITY = 0.5
SPLINK_CLUSTERS = 0.95
# recordlinkage's examples call two records one when this many of their comparisons agree.
RECORDLINKAGE_AGREE = 4


def exact(tables: Tables, columns: Columns) -> Pairs:
    """The whole name and the birthday (or the name and the guardian) alike to the letter."""
    keys = [
        columns[role] for role in ("name", "first_name", "surname", "guardian", "born") if role in columns
    ]
    person = columns["person"]
    told = [table.dropna(subset=keys)[[person, *keys]] for table in tables]
    both = told[0].merge(told[-1], on=keys, suffixes=("_l", "_r"))
    pairs = zip(both[f"{person}_l"], both[f"{person}_r"], strict=True)
    return {pair_of(one, other) for one, other in pairs if one != other}


def pair_of(one: str, other: str) -> tuple[str, str]:
    """A pair, the same whichever is named first."""
    return (one, other) if one < other else (other, one)


def splink_by_its_example(example: str, tables: Tables, clusters: bool = False) -> Pairs:
    """Splink with the settings of its example for data of this kind: `fake_1000`, `febrl3` or `febrl4`, `state`."""
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    settings, sure, recall, sessions = EXAMPLES[example]()
    api = DuckDBAPI()
    inputs = [api.register(table) for table in tables]
    linker = Linker(inputs if len(inputs) > 1 else inputs[0], settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(sure, recall=recall)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=2)
    for rule, without in sessions:
        training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=without
        )
    found = linker.inference.predict(threshold_match_probability=0.2)
    if clusters:
        grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(
            found, threshold_match_probability=SPLINK_CLUSTERS
        ).as_pandas_dataframe()
        identifier = settings.unique_id_column_name
        return _pairs_of_clusters(grouped, identifier)
    told = found.as_pandas_dataframe()
    told = told[told.match_probability >= SPLINK_PROBABILITY]
    identifier = settings.unique_id_column_name
    return {pair_of(*pair) for pair in zip(told[f"{identifier}_l"], told[f"{identifier}_r"], strict=True)}


def _pairs_of_clusters(grouped: pd.DataFrame, identifier: str) -> Pairs:
    groups = grouped.groupby("cluster_id")[identifier].apply(list)
    return {pair_of(*pair) for group in groups for pair in itertools.combinations(group, 2)}


Example = tuple[Any, list[Any], float, list[tuple[Any, bool]]]


def _fake_1000() -> Example:
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("first_name"), block_on("surname"), block_on("dob"), block_on("email"),
        ],
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        retain_intermediate_calculation_columns=True,
    )  # fmt: skip
    sure = [
        "l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1",
        "l.surname = r.surname and levenshtein(r.dob, l.dob) <= 1",
        "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
        "l.email = r.email",
    ]
    sessions = [(block_on("dob"), True), (block_on("email"), True), (block_on("first_name", "surname"), True)]
    return settings, sure, 0.7, sessions


def _febrl3() -> Example:
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    settings = SettingsCreator(
        unique_id_column_name="rec_id",
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"), block_on("given_name"), block_on("surname"), block_on("date_of_birth"),
            block_on("postcode"),
        ],
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        retain_intermediate_calculation_columns=True,
    )  # fmt: skip
    sure = [
        block_on("soc_sec_id"),
        block_on("given_name", "surname", "date_of_birth"),
        "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
    ]
    return settings, sure, 0.9, [(block_on("date_of_birth"), False), (block_on("postcode"), False)]


def _febrl4() -> Example:
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    settings = SettingsCreator(
        unique_id_column_name="rec_id",
        link_type="link_only",
        blocking_rules_to_generate_predictions=[
            block_on("given_name", "surname"),
            "l.given_name = r.surname and l.surname = r.given_name",
            block_on("date_of_birth"), block_on("soc_sec_id"), block_on("state", "address_1"),
            block_on("street_number", "address_1"), block_on("postcode"),
        ],
        comparisons=[
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison(
                "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
            ),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
        retain_intermediate_calculation_columns=True,
    )  # fmt: skip
    sure = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    return settings, sure, 0.8, [(block_on("date_of_birth"), True), (block_on("postcode"), True)]


def _state() -> Example:
    """The rules of its example of 50,000 people, on the columns that a register has."""
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    settings = SettingsCreator(
        unique_id_column_name="person",
        link_type="link_only",
        blocking_rules_to_generate_predictions=[
            block_on("surname", "born"), block_on("first_name", "born"), block_on("place", "first_name"),
            block_on("place", "born"), block_on("mobile"), block_on("first_name", "guardian", "birth_year"),
        ],
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname"),
            cl.NameComparison("guardian"),
            cl.DateOfBirthComparison("born", input_is_string=True, invalid_dates_as_null=True),
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("sex"),
            cl.LevenshteinAtThresholds("mobile", [1]),
        ],
    )  # fmt: skip
    sure = [
        "l.first_name = r.first_name and l.surname = r.surname and l.born = r.born",
        "l.first_name = r.first_name and l.guardian = r.guardian and l.born = r.born",
        "l.mobile = r.mobile and l.first_name = r.first_name",
    ]
    sessions = [(block_on("born", "place"), True), (block_on("first_name", "guardian", "surname"), True)]
    return settings, sure, 0.6, sessions


EXAMPLES: dict[str, Callable[[], Example]] = {
    "fake_1000": _fake_1000, "febrl3": _febrl3, "febrl4": _febrl4, "state": _state,
}  # fmt: skip


def recordlinkage_by_its_example(tables: Tables, columns: Columns) -> Pairs:
    """The package's own first example: block on a name, compare six columns, one person when four agree."""
    import recordlinkage

    person = columns["person"]
    told = [table.set_index(person) for table in tables]
    index = recordlinkage.Index()
    compare = recordlinkage.Compare()
    for role in ("first_name", "name"):
        if role in columns:
            index.block(columns[role])
            compare.exact(columns[role], columns[role], label=role)
    for role in ("surname", "guardian"):
        if role in columns:
            compare.string(columns[role], columns[role], method="jarowinkler", threshold=0.85, label=role)
    for role in ("born", "place", "district", "mobile", "email"):
        if role in columns:
            compare.exact(columns[role], columns[role], label=role)
    if "address" in columns:
        compare.string(columns["address"], columns["address"], threshold=0.85, label="address")
    pairs = index.index(*told)
    features = compare.compute(pairs, *told)
    agree = min(RECORDLINKAGE_AGREE, features.shape[1] - 2)
    return {pair_of(*pair) for pair in features[features.sum(axis=1) >= agree].index}
