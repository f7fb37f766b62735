"""What the stories send, said once."""

from rasad.connectors.whatsapp.client import WhatsAppClient

ASHA = "9876543210"
# As real ones, with bytes that a careless reader of forms would change.
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\r\n1 0 obj\r\n\r\n--not-a-boundary\r\n%%EOF\n"
FILE = "ration-token.pdf"
VARIABLES = ["XXXXXXXX0001", "Ravi Store, Hisar", "April to June 2020", "1967"]
TEXT = (
    "Your ration token XXXXXXXX0001 is ready: ration at Ravi Store, Hisar for April to June 2020. "
    "Show the document at the shop, on the telephone or on paper. Questions: 1967. Food and Supplies"
)
PATIENCE = 5.0


def upload(client: WhatsAppClient, *, within: float = PATIENCE) -> str:
    return client.upload(PDF, FILE, within=within)


def send(client: WhatsAppClient, media_id: str, **other: object) -> str:
    told = {
        "mobile": ASHA,
        "template": "ration_token",
        "language": "en",
        "variables": VARIABLES,
        "media_id": media_id,
        "filename": FILE,
        "within": PATIENCE,
    }
    return client.send_document(**{**told, **other})  # type: ignore[arg-type]
