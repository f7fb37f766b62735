"""Addresses of the reports."""

from django.urls import path

from rasad.counter import report_views

app_name = "counter_reports"
urlpatterns = [
    path("reports", report_views.sales, name="sales"),
    path("reports/modes", report_views.modes, name="modes"),
    path("reports/portability", report_views.ways, name="portability"),
    path("reports/additional-allocation", report_views.additional, name="additional-allocation"),
    path("reports/balances", report_views.left, name="balances"),
    path("reports/stock", report_views.stocks, name="stock"),
    path("reports/unauthenticated", report_views.unauthenticated, name="unauthenticated"),
    path("reports/ekyc", report_views.ekyc, name="ekyc"),
    path("reports/not-supplied", report_views.not_supplied, name="not-supplied"),
    path("reports/<slug:report>.csv", report_views.file, name="file"),
]
