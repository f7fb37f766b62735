"""The address at which other States ask for our cards."""

from django.urls import path

from rasad.counter.elsewhere import views

app_name = "impds_home"
urlpatterns = [path("<str:name>", views.asked, name="asked")]
