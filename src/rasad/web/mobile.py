"""A mobile number in a form: ten digits. Spaces around it, as it was pasted, are nobody's fault."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOBILE = r"^[6-9][0-9]{9}\Z"


class MobileField(forms.RegexField):
    """A mobile number of India."""

    def __init__(self, **more: Any) -> None:
        said = {"invalid": _("A mobile number has ten digits and begins with 6 to 9.")}
        super().__init__(MOBILE, strip=True, error_messages=said, **more)
