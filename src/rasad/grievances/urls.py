"""Addresses of grievances."""

from django.urls import URLPattern

app_name = "grievances"
urlpatterns: list[URLPattern] = []
