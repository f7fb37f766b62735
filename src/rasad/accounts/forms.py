"""What people type about themselves and about staff."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from rasad.accounts import areas
from rasad.accounts.models import Area, Role, User
from rasad.values.refused import Refused
from rasad.web.refusals import say

_CODE_ATTRS = {
    "autocomplete": "one-time-code",
    "class": "code-input",
    "autofocus": True,
    "spellcheck": "false",
}


class PasswordStep(forms.Form):
    """The first step of the log-in."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeStep(forms.Form):
    """The second step of the log-in."""

    code = forms.CharField(label=_("Code"), max_length=16, widget=forms.TextInput(attrs=_CODE_ATTRS))


class FirstCode(forms.Form):
    """The code that proves that the app is set up."""

    code = forms.CharField(
        label=_("Code shown by the app"),
        max_length=8,
        widget=forms.TextInput(attrs=_CODE_ATTRS | {"inputmode": "numeric", "autofocus": False}),
    )


class NewPassword(forms.Form):
    """A new password, after the old one."""

    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least 12 characters. Three or four words that do not belong together are easy to keep."
        ),
    )
    again = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        """The present password, which must be right."""
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("This is not your present password."))
        return old

    def clean_new(self) -> str:
        """A password that is long enough, not common and not like the name."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new

    def clean(self) -> dict[str, Any]:
        """Both new passwords are the same and not the old one."""
        new = self.cleaned_data.get("new")
        if new and self.cleaned_data.get("again") != new:
            self.add_error("again", _("The two new passwords differ."))
        if new and self.cleaned_data.get("old") == new:
            self.add_error("new", _("The new password is the old one."))
        return self.cleaned_data


class NewStaff(forms.Form):
    """An account for a member of staff."""

    name = forms.CharField(label=_("Name"), max_length=150)
    designation = forms.CharField(label=_("Designation and office"), max_length=120, required=False)
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Small letters, digits, dot and underscore, for example dfsc.hisar"),
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9._]{2,}$", _("Only small letters, digits, dot, underscore."))
        ],
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )
    mobile = forms.CharField(
        label=_("Mobile"),
        required=False,
        validators=[RegexValidator(r"^[6-9]\d{9}$", _("Ten digits, starting with 6, 7, 8 or 9."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        help_text=_("An account keeps its role for ever. Whoever changes posts gets a new account."),
    )
    area_kind = forms.ChoiceField(label=_("Bound to"), choices=Area.Kind.choices, initial=Area.Kind.DISTRICT)
    area_code = forms.CharField(
        label=_("Code of the area"),
        max_length=20,
        help_text=_("LGD code of the state, district, village or ward, or the number of the shop."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """The area exists: a slip of one digit would show somebody another district."""
        kind, code = self.cleaned_data.get("area_kind", ""), self.cleaned_data.get("area_code", "")
        if code and code not in areas.names(kind, [code]):
            self.add_error("area_code", say(Refused("unknown_area", area=code)).what)
        return self.cleaned_data


class Why(forms.Form):
    """The reason for a change to an account, which goes into the journal."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class StaffSearch(forms.Form):
    """Which staff to list."""

    q = forms.CharField(label=_("Name or user name"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])
