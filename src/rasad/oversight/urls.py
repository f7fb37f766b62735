"""Addresses of oversight."""

from django.urls import path

from rasad.oversight.views import cases

app_name = "oversight"
urlpatterns = [
    path("cases", cases.listed, name="cases"),
    path("cases/new", cases.new, name="new_case"),
    path("cases/<str:number>", cases.one, name="case"),
    path("cases/<str:number>/notice.pdf", cases.notice_pdf, name="notice_pdf"),
    path("cases/<str:number>/<slug:name>", cases.act, name="act"),
]
