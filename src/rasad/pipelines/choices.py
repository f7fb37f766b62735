"""What a command lets its user choose between."""

from enum import StrEnum


class EngineChoice(StrEnum):
    """What does the work."""

    DUCKDB = "duckdb"
    SPARK = "spark"
