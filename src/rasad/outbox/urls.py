"""Addresses of the outbox."""

from django.urls import path

from rasad.outbox import views

app_name = "outbox"
urlpatterns = [
    path("outbox", views.overview, name="overview"),
    path("outbox/refused", views.refused, name="refused"),
    path("outbox/refused.csv", views.refused_file, name="refused_file"),
    path("outbox/replay", views.replay, name="replay"),
    path("outbox/<int:pk>/drop", views.drop, name="drop"),
]
