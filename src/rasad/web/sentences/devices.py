"""Sentences about devices of shops, their requests, and the hours of a shop."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

DEVICES = {
    "device_unknown": Sentence(
        _("This device cannot open the counter."),
        _("No device with this number is enrolled for a shop."),
        _("Ask the inspector for an enrolment code and enrol the device with it."),
        401,
    ),
    "device_revoked": Sentence(
        _("The device %(device)s is shut out."),
        _("An officer revoked it: %(reason)s."),
        _("Use another device of the shop, or ask the inspector to enrol this one with a new key."),
        403,
    ),
    "bad_signature": Sentence(
        _("The request was not carried out."),
        _("Its signature does not belong to it: it was changed on the way, or signed with another key."),
        _("Send it again. If that does not help, close the counter and open it again."),
        401,
    ),
    "stale_clock": Sentence(
        _("The request came with a time that is not now."),
        _("It is %(seconds)s seconds away from the server’s clock; at most %(window)s are allowed."),
        _("Set the clock of the device by the network and send the request again."),
        401,
    ),
    "request_replayed": Sentence(
        _("The request was not carried out a second time."),
        _("Exactly this request came before; each is signed for one use."),
        _("Send it as a new request: a sale that is there already is answered with its receipt."),
        409,
    ),
    "session_over": Sentence(
        _("The counter of this device is closed."),
        _("Its session has ended or was never opened, or the device was revoked."),
        _("Open the counter again. If the device is refused then, call the inspector."),
        401,
    ),
    "bad_device_key": Sentence(
        _("The device was not enrolled."),
        _("What it sent is not a key: %(length)s bytes that are no Ed25519 key."),
        _("Let the device make a new key and enrol it with that."),
        422,
    ),
    "device_key_known": Sentence(
        _("The device was not enrolled again."),
        _("Its key is known: it is or was a device of a shop, and no key is used twice."),
        _("Let the device make a new key and enrol it with that one."),
        409,
    ),
    "enrolment_code_wrong": Sentence(
        _("The enrolment code was not accepted."),
        _("It is wrong, was used, or is older than a quarter of an hour."),
        _("Check each letter. If it is right, ask the inspector for a new code."),
        422,
    ),
    "reason_for_device_missing": Sentence(
        _("The device %(device)s was not revoked."),
        _("The reason goes into the journal and is shown to the dealer, and none was given."),
        _("Write in a few words why, for example “stolen on 3 May”, and send it again."),
        422,
    ),
    "hours_change_the_past": Sentence(
        _("The hours of shop %(shop)s were not changed from %(since)s on."),
        _("That day has begun, and what is written of late starts stands on the hours it had."),
        _("Choose tomorrow or a later day."),
        422,
    ),
    "hours_do_not_fit": Sentence(
        _("The hours were not kept."),
        _("On some day the shop would close before it opens, or two times overlap."),
        _("Check each day: opening first, closing later, the afternoon after the morning."),
        422,
    ),
    "day_is_over": Sentence(
        _("%(day)s stays as it was."),
        _("The day is over: whether the shop was to be open then is part of the record."),
        _("If something kept the shop from opening, write it into the inspection of that day."),
        422,
    ),
    "reason_for_closing_missing": Sentence(
        _("The shop stays open on %(day)s."),
        _("A closed day needs its reason: card holders who come in vain are told it."),
        _("Write the reason in a few words, for example “Diwali”, and send it again."),
        422,
    ),
}
