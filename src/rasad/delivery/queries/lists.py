"""What is on a hand-over list, and what became of each token of it."""

from rasad.delivery.models import HandOverList, Step
from rasad.relief.models import Token


def tokens_on(made: HandOverList) -> list[Token]:
    """The tokens of a list, village by village."""
    given = Step.objects.filter(list=made, kind=Step.Kind.GIVEN).values("token")
    return list(Token.objects.filter(pk__in=given).order_by("place_name", "number"))


def ended(made: HandOverList) -> dict[int, str]:
    """How each token of a list that came back ended, in words, by its key."""
    labels = dict(Step.Kind.choices)
    told = Step.objects.filter(list=made).exclude(kind=Step.Kind.GIVEN).order_by("pk")
    return {key: str(labels[kind]) for key, kind in told.values_list("token_id", "kind")}
