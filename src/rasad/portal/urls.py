"""Addresses of the public pages."""

from django.urls import path

from rasad.portal.views import due, eligible, history, rules

app_name = "portal"
urlpatterns = [
    path("due", due.show, name="due"),
    path("eligible", eligible.show, name="eligible"),
    path("rules", rules.show, name="rules"),
    path("rules/<slug:folder>/<slug:subject>", rules.subject, name="subject"),
    path("history", history.show, name="history"),
]
