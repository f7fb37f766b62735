"""Pulling all pages and pushing all batches as the collector and the outbox do: on through every failure."""

from rasad.connectors.exchange.sandbox import KEY
from rasad.values.refused import OutsideError


def client_of(twin):
    return twin.client(twin.url, KEY)


def all_pages(twin, kind, *, limit, within, before_page=None):
    """Rows, pages and failures, asking again until the last page; `before_page` is told which page comes."""
    client, rows, pages, failures, cursor, more = client_of(twin), [], 0, 0, "", True
    while more:
        if before_page:
            before_page(pages, failures)
        try:
            page = client.pull(kind, cursor=cursor, limit=limit, within=within)
        except OutsideError as error:
            if error.permanent:
                raise
            failures += 1
            continue
        rows += page.rows
        pages, cursor, more = pages + 1, page.next, page.more
    return rows, pages, failures


def all_batches(twin, kind, batches, *, within, before_batch=None):
    """Outcomes of all items and failures; a batch that failed is sent again before the next."""
    client, outcomes, failures = client_of(twin), {}, 0
    waiting = list(enumerate(batches))
    while waiting:
        number, batch = waiting[0]
        if before_batch:
            before_batch(number, failures)
        try:
            outcomes |= client.push(kind, batch, within=within)
        except OutsideError as error:
            if error.permanent:
                raise
            failures += 1
            continue
        waiting.pop(0)
    return outcomes, failures
