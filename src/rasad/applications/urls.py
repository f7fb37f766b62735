"""Addresses of applications."""

from django.urls import path

from rasad.applications.views import acts, citizen, files, from_file, holidays, office, public

app_name = "applications"
urlpatterns = [
    path("applications", office.listed, name="listed"),
    path("applications.csv", files.table, name="table"),
    path("applications/holidays", holidays.listed, name="holidays"),
    path("applications/holidays/add", holidays.add, name="add_holiday"),
    path("applications/holidays/remove", holidays.remove, name="remove_holiday"),
    path("applications/holidays/file", holidays.upload, name="holiday_file"),
    path("applications/from-file", from_file.upload, name="from_file"),
    path("applications/new", office.services, name="services"),
    path("applications/new/<slug:service>", office.new, name="new"),
    path("applications/papers/<int:pk>", files.paper, name="paper"),
    path("applications/<str:number>", office.one, name="one"),
    path("applications/<str:number>/visit", office.visit, name="visit"),
    path("applications/<str:number>/slip.pdf", files.slip, name="slip"),
    path("applications/<str:number>/letter.pdf", files.letter, name="letter"),
    path("applications/<str:number>/card.pdf", files.issued, name="issued"),
    path("applications/<str:number>/open", acts.open_, name="open"),
    path("applications/<str:number>/ask-back", acts.ask_back, name="ask_back"),
    path("applications/<str:number>/supply", acts.supply, name="supply"),
    path("applications/<str:number>/verify", acts.verified, name="verify"),
    path("applications/<str:number>/approve", acts.approve, name="approve"),
    path("applications/<str:number>/reject", acts.reject, name="reject"),
    path("applications/<str:number>/delay", acts.delay, name="delay"),
    path("applications/<str:number>/collect", acts.collect, name="collect"),
    path("applications/<str:number>/withdraw", acts.withdraw, name="withdraw"),
    path("my-applications", citizen.mine, name="mine"),
    path("my-applications/<str:number>/slip.pdf", citizen.slip, name="my_slip"),
    path("my-applications/<str:number>/letter.pdf", citizen.letter, name="my_letter"),
    path("my-applications/<str:number>/withdraw", citizen.withdraw, name="my_withdraw"),
    path("apply", citizen.choose, name="apply"),
    path("apply/<slug:service>", citizen.apply, name="apply_for"),
    path("services", public.charter, name="charter"),
    path("services/statement", public.statement, name="statement"),
    path("services/statement.csv", public.statement_file, name="statement_file"),
    path("services/<slug:service>/form.pdf", public.form, name="form"),
    path("application-status", public.status, name="status"),
]
