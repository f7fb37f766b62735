"""The twin from the command line."""

import threading
from typing import Annotated

import typer

from rasad.connectors.sms.sandbox import ACCOUNT, running

PORT = 8403


def sms(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = PORT,
) -> None:
    """Stand in for the SMS gateway until Ctrl-C; telephones are shown at /phone/NUMBER."""
    with running(port=port) as twin:
        typer.echo(
            f"SMS      RASAD_SMS_URL={twin.address} RASAD_SMS_USERNAME={ACCOUNT.username}"
            f" RASAD_SMS_PASSWORD={ACCOUNT.password} RASAD_SMS_SENDER={ACCOUNT.sender}"
            f" RASAD_SMS_KEY={ACCOUNT.key}"
        )
        typer.echo(f"         Telephones: {twin.url}/phone/9876543210")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            typer.echo("SMS      stopped")
