"""What the stories send, said once."""

from rasad.connectors.sms.client import SmsClient
from rasad.connectors.sms.templates import ours

ASHA = "9876543210"
CODE = {"code": "482913", "shop": "Ravi Store, Hisar"}
RECEIPT = {
    "card": "XXXXXXXX0001",
    "day": "3 August 2021",
    "shop": "Ravi Store, Hisar",
    "given": "Wheat 20 kg",
    "paid": "40.00",
    "left": "nothing",
    "helpline": "1967",
}
STOCK = {"goods": "Wheat", "shop": "Ravi Store, Hisar", "day": "1 August 2021", "until": "31 August 2021"}
DUE = {
    "card": "XXXXXXXX0001",
    "left": "Wheat 20 kg",
    "month": "August 2021",
    "shop": "Ravi Store, Hisar",
    "until": "31 August 2021",
}
TOKEN_ISSUED = {
    "card": "XXXXXXXX0001",
    "shop": "Ravi Store, Hisar",
    "months": "April to June 2020",
    "helpline": "1967",
}
TOKEN_MOVED = {"card": "XXXXXXXX0001", "shop": "Sita Store, Hansi", "helpline": "1967"}
PATIENCE = 5.0


def send_code(
    client: SmsClient, *, language: str = "en", mobile: str = ASHA, within: float = PATIENCE
) -> str:
    return client.send(
        mobile=mobile, template=ours().template("shop_otp", language), variables=CODE, within=within
    )
