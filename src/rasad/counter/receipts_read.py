"""A sale read back from the books: for a screen, for a reprint, for paper."""

from typing import Literal
from uuid import UUID

from rasad.counter.models import Sale
from rasad.counter.receipts import Receipt, ReceiptLine, number_of
from rasad.ledger import queries
from rasad.ledger.models import Account
from rasad.ledger.queries import SoldLine
from rasad.values.aadhaar import mask_card


def receipt_of_sale(sale_id: UUID) -> Receipt:
    """The receipt of a sale in the books, with what is left now on each of its lines. Raises Sale.DoesNotExist."""
    return receipt_of(Sale.objects.get(pk=sale_id))


def receipt_of(sale: Sale) -> Receipt:
    """As `receipt_of_sale`, of a sale at hand."""
    left = queries.left_of_sale(sale.pk)
    lines = [
        ReceiptLine(key(one), one.quantity, one.unit, one.price, one.amount, rest)
        for one, rest in zip(queries.sale_lines(sale.pk), left, strict=True)
    ]
    return Receipt(
        str(sale.pk), number_of(str(sale.pk)), sale.at, sale.shop_id, masked(sale), sale.member, sale.mode,
        sale.why, sale.ekyc_asked, lines, sale.amount, is_replay=True,
    )  # fmt: skip


def key(line: SoldLine) -> str:
    """The name of a line as devices know it: wheat_topup."""
    return f"{line.commodity}_{line.part}" if line.part else line.commodity


def masked(sale: Sale) -> str:
    """The number of a sale's card or token as others may see it; of another State's card without that State."""
    return mask_card(sale.holder.rpartition("/")[2])


def measure_unit(unit: str) -> Literal["kg", "litre"]:
    """The unit in which a quantity of the books is read: kg or litre."""
    return "litre" if unit == Account.Unit.MILLILITRES else "kg"
