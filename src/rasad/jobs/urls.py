"""Addresses of jobs."""

from django.urls import path

from rasad.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs", views.listed, name="listed"),
    path("jobs/<uuid:key>", views.one, name="one"),
    path("jobs/<uuid:key>/rows.csv", views.rows_file, name="rows_file"),
    path("jobs/<uuid:key>/cancel", views.cancel, name="cancel"),
    path("jobs/<uuid:key>/retry", views.retry, name="retry"),
]
