"""How many families that have a token asked for a regular card, and what is known of them for the form."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.json import KT

from rasad.applications.models import Application
from rasad.delivery.models import RegularCardRequest


def open_requests(found: QuerySet[RegularCardRequest]) -> QuerySet[RegularCardRequest]:
    """Requests for a card made with a token that no application took up yet, the oldest first."""
    # As text: the key of a JSON object is not compared with a column otherwise.
    made = Application.objects.annotate(of=KT("wants__token")).filter(of=OuterRef("token__number"))
    return found.filter(~Exists(made)).select_related("token").order_by("at")


def known_of(request: RegularCardRequest) -> Mapping[str, Any]:
    """What the token says of the family, for the form of a new card."""
    token = request.token
    return {
        "applicant": token.holder_name,
        "mobile": token.mobile,
        "address": token.address[:250],
        "people": [
            {
                "name": one.name,
                "relation": one.relation,
                "sex": one.sex,
                "birth_year": token.issued_on.year - one.age if one.age is not None else None,
            }
            for one in token.members.order_by("line")
        ],
    }
