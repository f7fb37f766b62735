"""Every address of the web pages."""

from django.urls import URLPattern, URLResolver, include, path

from rasad.delivery.urls import app_patterns, report_patterns
from rasad.relief.views import overview

urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.show, name="home"),
    path("", include("rasad.web.urls")),
    path("", include("rasad.accounts.urls")),
    path("", include("rasad.journal.urls")),
    path("", include("rasad.jobs.urls")),
    path("", include("rasad.outbox.urls")),
    path("", include("rasad.shops.urls")),
    path("", include("rasad.relief.urls")),
    path("", include("rasad.desk.urls")),
    path("", include("rasad.delivery.urls")),
    path("api/help-me/v1/", include((app_patterns, "help_me_api"))),
    path("api/whatsapp/v1/", include((report_patterns, "whatsapp_api"))),
    path("", include("rasad.counter.urls")),
    path("", include("rasad.counter.report_urls")),
    path("", include("rasad.applications.urls")),
    path("", include("rasad.grievances.urls")),
    path("", include("rasad.oversight.urls")),
    path("", include("rasad.matching.urls")),
    path("", include("rasad.families.urls")),
    path("", include("rasad.portal.urls")),
    path("api/counter/", include("rasad.counter.api.urls")),
    path("api/impds/v1/", include("rasad.counter.elsewhere.urls")),
]

handler400 = "rasad.web.views.bad_request"
