"""Pages about the site itself. They are open to everybody and read nothing but the department's pack."""

from collections.abc import Callable

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView


def fixed(name: str) -> Callable[..., HttpResponseBase]:
    """A view that shows `web/fixed/<name>.html`."""
    return TemplateView.as_view(template_name=f"web/fixed/{name}.html")


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 `ok` when the database answers, else 503: for load balancers and `rasad` itself."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return HttpResponse("no database", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for status 400, with the furniture (Django's own has none)."""
    return render(request, "400.html", status=400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form without a valid sign that it came from this site."""
    return render(request, "403.html", status=403)
