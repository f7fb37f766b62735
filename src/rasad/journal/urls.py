"""Addresses of the journal."""

from django.urls import path

from rasad.journal import views

app_name = "journal"
urlpatterns = [path("journal", views.entries, name="entries")]
