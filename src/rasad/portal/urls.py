"""Addresses of the public pages."""

from django.urls import path

from rasad.portal.views import due, eligible, history

app_name = "portal"
urlpatterns = [
    path("due", due.show, name="due"),
    path("eligible", eligible.show, name="eligible"),
    path("history", history.show, name="history"),
]
