"""The journal, for headquarters and auditors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_tables2 import RequestConfig

from rasad.accounts.access import all_for, needs, staff_of
from rasad.journal import queries
from rasad.journal.forms import Filter
from rasad.journal.models import Entry
from rasad.journal.tables import EntryTable


@needs("see_journal")
def entries(request: HttpRequest) -> HttpResponse:
    """The entries, newest first, narrowed by the filter."""
    form = Filter(request.GET)
    # What cannot be understood is said beside its field; the rest of the filter holds.
    form.is_valid()
    table = EntryTable(queries.entries(all_for(staff_of(request), Entry), **form.cleaned_data))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    return render(request, "journal/entries.html", {"form": form, "table": table})
