"""Devices: the list, enrolment with a code, revocation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.shops import actions
from rasad.shops.filters import DeviceFilter
from rasad.shops.forms import NewDevice, Revocation
from rasad.shops.models import Device, Shop
from rasad.shops.queries.devices import DeviceState, districts_of, with_state
from rasad.shops.tables import TONES, DeviceTable, condition
from rasad.values.signed import fingerprint
from rasad.web.paging import page_of
from rasad.web.qr import qr_svg
from rasad.wiring import now


@access.needs("see_shops")
def listed(request: HttpRequest) -> HttpResponse:
    """The devices of the reader's shops, and how they are now."""
    at = now()
    devices = with_state(access.all_for(request.user, Device), at=at)
    districts = districts_of(access.all_for(request.user, Shop))
    found = DeviceFilter(request.GET, devices, districts=districts)
    table = DeviceTable(found.qs, order_by=request.GET.get("sort") or "shop")
    context = {"filter": found, "lengths": page_of(table, request), "table": table, "at": at}
    return render(request, "shops/devices.html", context)


@access.needs("see_shops")
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One device: whose it is, since when, how it is; and the way to shut it out."""
    return _shown(request, key, Revocation())


@access.needs("enrol_devices")
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    """Shut a device out, for a reason."""
    device = access.one_for(request.user, Device, pk=key)
    form = Revocation(request.POST or None)
    if not form.is_valid():
        return _shown(request, key, form, status=422)
    actions.revoke_device(device=device, reason=form.cleaned_data["reason"], by=staff_of(request), at=now())
    messages.success(request, _("The device is shut out. Whatever it had open has ended."))
    return redirect("shops:device", key=key)


@never_cache
@access.needs("enrol_devices")
def enrol(request: HttpRequest, number: str) -> HttpResponse:
    """Make a code for a device of this shop; it is shown once."""
    shop = access.one_for(request.user, Shop, number=number)
    form = NewDevice(request.POST or None)
    at = now()
    context = {"shop": shop, "form": form, "at": at}
    if not form.is_valid():
        return render(request, "shops/enrol.html", context, status=422 if form.is_bound else 200)
    code = actions.make_code(shop=shop, name=form.cleaned_data["name"], by=staff_of(request), at=at)
    context |= {"code": code, "qr": qr_svg(code.address), "name": form.cleaned_data["name"]}
    return render(request, "shops/code.html", context)


def _shown(request: HttpRequest, key: UUID, form: Revocation, status: int = 200) -> HttpResponse:
    at = now()
    mine = access.all_for(request.user, Device).filter(pk=key)
    access.one_for(request.user, Device, pk=key)
    device = with_state(mine, at=at).get()
    state = DeviceState(device.state)  # type: ignore[attr-defined]  # annotated
    context = {
        "device": device,
        "state": state.label,
        "tone": TONES[state],
        "condition": condition(device),
        "fingerprint": fingerprint(bytes(device.public_key)),
        "form": form,
        "at": at,
    }
    return render(request, "shops/device.html", context, status=status)
