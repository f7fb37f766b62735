"""Addresses of oversight."""

from django.urls import path

from rasad.oversight.views import antyodaya, campaigns, cases, citizen, figures, lists, penal

app_name = "oversight"
urlpatterns = [
    path("cases", cases.listed, name="cases"),
    path("cases/new", cases.new, name="new_case"),
    path("cases/figures", figures.page, name="figures"),
    path("cases/figures.csv", figures.file, name="figures_file"),
    path("cases/referrals/<int:pk>", penal.end, name="end_referral"),
    path("cases/<str:number>", cases.one, name="case"),
    path("cases/<str:number>/notice.pdf", cases.notice_pdf, name="notice_pdf"),
    path("cases/<str:number>/refer", penal.refer, name="refer"),
    path("cases/<str:number>/<slug:name>", cases.act, name="act"),
    path("my-cases", citizen.my_cases, name="my_cases"),
    path("my-cases/<str:number>/answer", citizen.answer, name="my_answer"),
    path("my-cases/<str:number>/notice.pdf", citizen.notice_pdf, name="my_notice"),
    path("campaigns", campaigns.listed, name="campaigns"),
    path("campaigns/new", campaigns.new, name="new_campaign"),
    path("campaigns/<int:pk>", campaigns.one, name="campaign"),
    path("campaigns/<int:pk>/start", campaigns.start, name="start"),
    path("campaigns/<int:pk>/list", campaigns.upload, name="upload"),
    path("campaigns/<int:pk>/add", campaigns.add, name="add"),
    path("campaigns/<int:pk>/report", campaigns.report, name="report"),
    path("campaigns/<int:pk>/publish", campaigns.publish, name="publish"),
    path("campaigns/<int:pk>/close", campaigns.close, name="close"),
    path("campaigns/lists/<int:pk>", lists.one, name="list_rows"),
    path("campaigns/rows/<int:pk>/visit", campaigns.visit, name="visit"),
    path("campaigns/rows/<int:pk>/match", campaigns.match, name="match"),
    path("antyodaya", antyodaya.listed, name="aay_lists"),
    path("antyodaya/new", antyodaya.new, name="new_aay_list"),
    path("antyodaya/objections/<int:pk>", antyodaya.decide, name="decide_objection"),
    path("antyodaya/entries/<int:pk>/printed", antyodaya.printed, name="printed"),
    path("antyodaya/<str:number>", antyodaya.one, name="aay_list"),
    path("antyodaya/<str:number>/sheet.pdf", antyodaya.sheet, name="sheet"),
    path("antyodaya/<str:number>/candidate", antyodaya.candidate, name="candidate"),
    path("antyodaya/<str:number>/resolve", antyodaya.resolve, name="resolve"),
    path("antyodaya/<str:number>/object", antyodaya.object_, name="object"),
    path("antyodaya/<str:number>/propose", antyodaya.propose, name="propose"),
    path("antyodaya/<str:number>/confirm", antyodaya.confirm, name="confirm"),
]
