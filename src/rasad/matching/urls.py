"""Addresses of the pairs."""

from django.urls import path

from rasad.matching import views

app_name = "matching"
urlpatterns = [
    path("pairs", views.listed, name="listed"),
    path("pairs/look", views.look, name="look"),
    path("pairs/next", views.following, name="next"),
    path("pairs/<int:pk>", views.one, name="one"),
    path("pairs/<int:pk>/judge", views.judge, name="judge"),
    path("pairs/<int:pk>/confirm", views.confirm, name="confirm"),
    path("pairs/<int:pk>/back", views.back, name="back"),
]
