"""The addresses of the devices' API, with JSON for what is not there and what is not asked so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from rasad.counter.api import paper
from rasad.counter.api.app import api, refused
from rasad.values.refused import Refused

app_name = "counter_api"
View = Callable[..., HttpResponse]


def in_json(view: View) -> View:
    """A view whose answer to a wrong method is a refusal like every other."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        told = refused(request, Refused("not_by_this_method", methods=response["Allow"]))
        told["Allow"] = response["Allow"]
        return told

    return asked


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address that does not exist."""
    return refused(request, Refused("no_such_path"))


routes, ninja_app, _ = api.urls
for route in routes:
    if isinstance(route, URLPattern):
        route.callback = in_json(route.callback)

urlpatterns = [
    path("", paper.show, name="paper"),
    path("", (routes, ninja_app, "v1")),
    re_path("", nothing_here, name="nothing_here"),
]
