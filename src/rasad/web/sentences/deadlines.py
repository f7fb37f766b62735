"""Sentences about service periods, and the reasons for a due day."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

DEADLINES = {
    "unknown_service": Sentence(
        _("There is no service period for “%(service)s”."),
        _("The charter of %(state)s has periods for: %(known)s."),
        _("Choose one of them; for anything else ask at the office by when it will be done."),
        short=_("no period is stated for %(service)s"),
    ),
    "service_not_in_force": Sentence(
        _("For %(service)s on %(on)s there is no due day."),
        _("The period that was stated ended on %(last_day)s."),
        _("Ask at the office for the order that replaced it."),
        short=_("the period ended on %(last_day)s"),
    ),
    "way_unknown": Sentence(
        _("The due day for %(service)s cannot be told yet."),
        _("It depends on the way the complaint came: %(known)s."),
        _("Say how it came."),
        short=_("the way the complaint came is not known"),
    ),
    "proof_missing": Sentence(
        _("%(service)s: the period has not begun."),
        _("The card is to be shown with the proof that is required. The charter says: “%(quotation)s”"),
        _("Bring the card and the proof; it is then done the same day."),
        short=_("card not presented with required proof"),
    ),
    "slip_without_date": Sentence(
        _("The slip for %(service)s cannot be given out."),
        _("It must name the day on which the card can be collected. The charter says: “%(quotation)s”"),
        _("Write the day on the slip."),
        short=_("the slip must name the day on which the card can be collected"),
    ),
    "promised_before_receipt": Sentence(
        _("The day on the slip, %(promised)s, cannot be."),
        _("The application came on %(received)s, after that day."),
        _("Correct one of the two days."),
        short=_("the promised day lies before the day of receipt"),
    ),
    "overdue_without_reason": Sentence(
        _("The request cannot be closed yet. %(service)s"),
        _("It is %(days)s days late, and no reason is recorded."),
        _("Write down why it is late; then close it."),
        short=_("reason"),
    ),
}

DEADLINE_REASONS = {
    "service_period": _("%(service)s: %(days)s days are allowed; the last of them is %(due)s."),
    "days_counted": _(
        "Calendar days are counted, the day of receipt is day 0, and a holiday on the last day does not move it."
    ),
    "programme_ruled": _("On %(on)s this ruled: %(programme)s."),
    "committee_about": _("The committee has %(given)s members; the charter speaks of about %(about)s."),
    "record_access": _("Anyone may see this record for a fee of Rs %(fee)s under clause %(clause)s."),
    "register_open": _("Card holders attached to the shop may see it: %(register)s."),
}
