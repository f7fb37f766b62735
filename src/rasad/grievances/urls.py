"""Addresses of complaints."""

from django.urls import path

from rasad.grievances import views

app_name = "grievances"
urlpatterns = [
    path("complaint/new", views.new, name="new"),
    path("complaint", views.follow, name="follow"),
    path("complaint/appeal", views.appeal, name="appeal"),
    path("complaints", views.listed, name="listed"),
    path("complaints/<str:number>", views.one, name="one"),
    path("complaints/<str:number>/act", views.act, name="act"),
]
