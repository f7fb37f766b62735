"""Addresses of the pages that belong to nobody else: about the site, and whether it is alive."""

from django.urls import path

from rasad.web import views

app_name = "web"
urlpatterns = [
    path("contact", views.fixed("contact"), name="contact"),
    path("feedback", views.fixed("feedback"), name="feedback"),
    path("accessibility", views.fixed("accessibility"), name="accessibility"),
    path("privacy", views.fixed("privacy"), name="privacy"),
    path("terms", views.fixed("terms"), name="terms"),
    path("sitemap", views.fixed("sitemap"), name="sitemap"),
    path("healthz", views.health, name="health"),
]
