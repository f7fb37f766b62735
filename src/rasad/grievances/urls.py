"""Addresses of complaints."""

from django.urls import path

from rasad.grievances.views import complaints as views
from rasad.grievances.views import figures, sittings

app_name = "grievances"
urlpatterns = [
    path("complaint/new", views.new, name="new"),
    path("complaint", views.follow, name="follow"),
    path("complaint/appeal", views.appeal, name="appeal"),
    path("complaint/accept", views.accept, name="accept"),
    path("complaint/states", figures.states, name="states"),
    path("complaints/figures", figures.page, name="figures"),
    path("complaints/figures.csv", figures.file, name="figures_file"),
    path("complaints/sittings", sittings.listed, name="sittings"),
    path("complaints/sittings/new", sittings.new, name="new_sitting"),
    path("complaints/sittings/<int:pk>", sittings.one, name="sitting"),
    path("complaints/sittings/<int:pk>/measure", sittings.add, name="add_measure"),
    path("complaints/measures/<int:pk>", sittings.finish, name="finish_measure"),
    path("complaints", views.listed, name="listed"),
    path("complaints/<str:number>", views.one, name="one"),
    path("complaints/<str:number>/act", views.act, name="act"),
]
