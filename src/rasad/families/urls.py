"""Addresses of families: the officials' desk, and the family's own page."""

from django.urls import path

from rasad.families.views import desk, mobiles, own, own_mobile

app_name = "families"
urlpatterns = [
    path("families", desk.search, name="search"),
    path("families/<str:number>", desk.one, name="one"),
    path("families/<str:number>/print", desk.sheet, name="print"),
    path("families/<str:number>/mobile", mobiles.ask, name="mobile"),
    path("families/<str:number>/mobile/<int:pk>", mobiles.code, name="mobile_code"),
    path("my-card", own.my_card, name="my_card"),
    path("my-card/code", own.my_code, name="my_code"),
    path("my-card/leave", own.leave, name="leave"),
    path("my-card/mobile", own_mobile.ask, name="my_mobile"),
    path("my-card/mobile/code", own_mobile.code, name="my_mobile_code"),
]
