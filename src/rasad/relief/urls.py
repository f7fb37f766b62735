"""Addresses of the relief pages."""

from django.urls import path

from rasad.relief.views import overview, paper, rows, runs, shops, tokens

app_name = "relief"
urlpatterns = [
    path("", overview.show, name="overview"),
    path("relief/tokens", tokens.listed, name="tokens"),
    path("relief/tokens.csv", tokens.file, name="tokens_file"),
    path("relief/tokens/<slug:number>", tokens.one, name="token"),
    path("relief/tokens/<slug:number>.pdf", paper.one, name="token_pdf"),
    path("relief/rows", rows.listed, name="rows"),
    path("relief/rows.csv", rows.file, name="rows_file"),
    path("relief/rows/<int:pk>", rows.one, name="row"),
    path("relief/reviews", rows.reviews, name="reviews"),
    path("relief/shops", shops.listed, name="shops"),
    path("relief/shops/<slug:number>", shops.one, name="shop"),
    path("relief/places/<slug:code>", shops.place, name="place"),
    path("relief/runs", runs.listed, name="runs"),
    path("relief/runs/<slug:key>", runs.one, name="run"),
    path("relief/runs/<slug:key>/progress", runs.progress, name="run_progress"),
]
