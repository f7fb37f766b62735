"""Addresses of the browser counter."""

from django.urls import path

from rasad.counter import paper_views
from rasad.counter.views import code, family, finger, impds, sale, start, stock, today

app_name = "counter"
urlpatterns = [
    path("counter", start.start, name="start"),
    path("counter/notice", paper_views.notice, name="notice"),
    path("counter/notice/<str:language>.pdf", paper_views.notice_pdf, name="notice_pdf"),
    path("counter/training", start.training, name="training"),
    path("counter/impds", impds.menu, name="impds"),
    path("counter/impds/billing", impds.billing, name="billing"),
    path("counter/impds/billing/bill-generation", impds.bill, name="bill"),
    path("counter/visit/<uuid:key>", family.family, name="family"),
    path("counter/visit/<uuid:key>/consent", impds.consent, name="consent"),
    path("counter/visit/<uuid:key>/finger", finger.finger, name="finger"),
    path("counter/visit/<uuid:key>/finger/skip", finger.skip_finger, name="skip_finger"),
    path("counter/visit/<uuid:key>/code", code.code, name="code"),
    path("counter/visit/<uuid:key>/code/send", code.send_code, name="send_code"),
    path("counter/visit/<uuid:key>/without", code.without, name="without"),
    path("counter/visit/<uuid:key>/stuck", family.stuck, name="stuck"),
    path("counter/visit/<uuid:key>/quantities", sale.quantities, name="quantities"),
    path("counter/sales", today.sales, name="sales"),
    path("counter/sales.csv", today.file, name="sales_file"),
    path("counter/sales/<uuid:key>", sale.receipt, name="receipt"),
    path("counter/sales/<uuid:key>/receipt.pdf", paper_views.receipt_pdf, name="receipt_pdf"),
    path("counter/sales/<uuid:key>/reverse", sale.reverse_sale, name="reverse"),
    path("counter/stock", stock.show, name="stock"),
    path("counter/stock/arrival", stock.arrival, name="arrival"),
    path("counter/stock/correction", stock.correction, name="correction"),
    path("counter/stock/movements", stock.movements, name="movements"),
    path("counter/stock-changes", stock.changes, name="changes"),
    path("counter/stock-changes/<uuid:key>", stock.decide, name="change"),
]
