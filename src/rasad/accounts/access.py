"""The one door from a request to an object.

Everything a page, list, count, picker or file shows comes through `all_for` or `one_for`: rows outside the
reader's areas do not exist for the reader, so "not yours" and "not there" are the same answer.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from rasad.accounts.models import Area, User
from rasad.accounts.roles import capabilities
from rasad.values.refused import Refused

M = TypeVar("M", bound=Model)
P = ParamSpec("P")
Reader = User | AnonymousUser
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def may(reader: Reader, capability: str) -> bool:
    """Whether a reader's role holds a capability and the account is in use."""
    return isinstance(reader, User) and reader.is_active and capability in capabilities(reader.role)


def require(reader: Reader, capability: str) -> None:
    """Let a reader pass who holds the capability. Else Refused `not_for_your_role`, status 403."""
    if not may(reader, capability):
        raise Refused("not_for_your_role", capability=capability)


def needs(capability: str) -> Callable[[View[P]], View[P]]:
    """Decorator for a view that only readers with a capability may open."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            require(request.user, capability)
            return view(request, *args, **kwargs)

        return cast(View[P], guarded)

    return guard


def all_for(reader: Reader, model: type[M]) -> QuerySet[M]:
    """The rows of a model that lie in the reader's areas; none without an area, all for the whole state.

    `model.AREA_LOOKUPS` says by which field, or by which of several, a row lies in an area of each kind; "*"
    instead of a field: every row is of concern there. A model without it is about the state: only readers bound
    to the state see it.
    """
    rows = model._default_manager.all()
    areas = areas_of(reader)
    if Area.Kind.STATE in areas:
        return rows
    lookups: dict[str, str | tuple[str, ...]] = getattr(model, "AREA_LOOKUPS", {})
    within = Q()
    for kind, codes in areas.items():
        if lookups.get(kind) == "*":
            return rows
        fields = lookups.get(kind, ())
        for field in (fields,) if isinstance(fields, str) else fields:
            within |= Q(**{f"{field}__in": codes})
    return rows.filter(within) if within else rows.none()


def one_for(reader: Reader, model: type[M], **lookup: Any) -> M:
    """The one row of a model with these values that lies in the reader's areas. Raises Http404 otherwise."""
    return get_object_or_404(all_for(reader, model), **lookup)


def areas_of(reader: Reader) -> dict[str, list[str]]:
    """The codes of a reader's areas by kind; asks the database once a request."""
    if not isinstance(reader, User) or not reader.is_active:
        return {}
    return reader.codes_by_kind


def staff_of(request: HttpRequest) -> User:
    """The member of staff who asks. Raises Refused `not_for_your_role` when nobody is logged in."""
    if not isinstance(request.user, User):
        raise Refused("not_for_your_role", capability="log_in")
    return request.user


def is_verified(reader: Reader) -> bool:
    """Whether the reader has passed both steps of the log-in."""
    return reader.is_authenticated and bool(reader.is_verified())  # type: ignore[attr-defined]  # OTPMiddleware
