"""Words that people write down of a family: kept as they were written, but for an Aadhaar number among them."""

from typing import Any

from django.db import models

from rasad.values.aadhaar import without_numbers


class Words(models.CharField):  # type: ignore[type-arg]  # as Django's own fields
    """A text of somebody's own words. A number that belongs into the vault never reaches the table."""

    def get_prep_value(self, value: Any) -> Any:
        """The words as they are kept."""
        said = super().get_prep_value(value)
        return without_numbers(said) if isinstance(said, str) else said

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To a migration it is a text like any other: the column is the same."""
        name, _path, args, given = super().deconstruct()
        return name, "django.db.models.CharField", args, given
