"""Addresses of shops, their hours, their devices, and what they were late."""

from django.urls import path

from rasad.shops.views import devices, late, shops

app_name = "shops"
urlpatterns = [
    path("shops", shops.listed, name="listed"),
    path("shops/devices", devices.listed, name="devices"),
    path("shops/devices/<uuid:key>", devices.one, name="device"),
    path("shops/devices/<uuid:key>/revoke", devices.revoke, name="revoke"),
    path("shops/late", late.by_shop, name="late"),
    path("shops/late.csv", late.file, name="late_file"),
    path("shops/of/<str:number>", shops.one, name="one"),
    path("shops/of/<str:number>/days", late.days, name="days"),
    path("shops/of/<str:number>/hours", shops.hours, name="hours"),
    path("shops/of/<str:number>/close", shops.close, name="close"),
    path("shops/of/<str:number>/reopen", shops.reopen, name="reopen"),
    path("shops/of/<str:number>/enrol", devices.enrol, name="enrol"),
]
