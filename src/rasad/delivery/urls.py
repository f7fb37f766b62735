"""Addresses of the delivery of tokens."""

from django.urls import path

from rasad.delivery.views import app, board, citizen, lists, prints, reports, tokens, told

app_name = "delivery"
urlpatterns = [
    path("board", board.show, name="board"),
    path("delivery", tokens.listed, name="listed"),
    path("delivery/papers.pdf", tokens.papers, name="papers"),
    path("delivery/print", prints.ask, name="print"),
    path("delivery/print/start", prints.start, name="print_start"),
    path("delivery/print/<uuid:key>.pdf", prints.file, name="printed"),
    path("delivery/lists", lists.listed, name="lists"),
    path("delivery/lists/make", lists.make, name="make_list"),
    path("delivery/lists/<str:number>.pdf", lists.sheet, name="list_sheet"),
    path("delivery/lists/<str:number>", lists.one, name="list"),
    path("delivery/lists/<str:number>/back", lists.back, name="list_back"),
    path("delivery/tokens/<str:number>", tokens.one, name="token"),
    path("delivery/tokens/<str:number>/answer", tokens.answered, name="answer"),
    path("delivery/tokens/<str:number>/whatsapp", tokens.whatsapp, name="whatsapp"),
    path("delivery/told", told.show, name="told"),
    path("delivery/whatsapp", tokens.whatsapp_marked, name="whatsapp_marked"),
    path("my-token", citizen.my_token, name="my_token"),
    path("my-token/code", citizen.my_code, name="my_code"),
    path("my-token/leave", citizen.leave, name="leave"),
    path("my-token/<str:number>.pdf", citizen.paper, name="my_paper"),
    path("my-token/<str:number>/card", citizen.card, name="my_card"),
]
# Apart: asked by programs that sign each request.
report_patterns = [path("reports", reports.whatsapp_reports, name="reports")]
app_patterns = [path("<str:name>", app.asked, name="asked")]
