"""Sentences about committees, records, recurring duties, and the figures of the programme."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

OVERSIGHT = {
    "committee_seats": Sentence(
        _("%(committee)s: it is not made up as the charter wants."),
        _("It needs %(wanted)s; there are %(given)s. The charter says: “%(quotation)s”"),
        _("Choose members until the number is right."),
        short="%(wanted)s",
    ),
    "committee_shops": Sentence(
        _("%(committee)s: it cannot cover %(given)s shops."),
        _("It covers %(min)s to %(max)s fair price shops."),
        _("Give it shops of its area, or hand some to the next committee."),
        short=_("%(min)s to %(max)s fair price shops"),
    ),
    "unknown_seat": Sentence(
        _("%(committee)s: there is no rule for the seat “%(seat)s”."),
        _("The charter does not name it."),
        _("Choose a seat of this committee."),
    ),
    "unknown_committee": Sentence(
        _("There is no committee of the level “%(level)s”."),
        _("The charter of %(state)s does not name one."),
        _("Choose another level, or add the State's own order."),
    ),
    "seat_without_term": Sentence(
        _("%(committee)s: “%(seat)s” has no end day."),
        _("The charter states no term for it."),
        _("Ask whoever appointed the member."),
    ),
    "no_review_period": Sentence(
        _("%(committee)s: the day of its next review is not known."),
        _("The charter states no period for it."),
        _("Ask the committee's chair."),
    ),
    "no_record_rule": Sentence(
        _("Whether these records may be seen is not known."),
        _("No rule of %(state)s that we have speaks of it."),
        _("Ask the Public Information Officer, under the Right to Information Act."),
    ),
    "record_fee_unpaid": Sentence(
        _("The record cannot be shown yet."),
        _("A fee of Rs %(fee)s is due for each request, under clause %(clause)s of the %(order)s."),
        _("Pay the fee; the record is then shown to anyone who asks."),
        short=_("fee of Rs %(fee)s under clause %(clause)s"),
    ),
    "registers_not_attached": Sentence(
        _("The registers of this shop cannot be shown."),
        _("They are open to the card holders attached to the shop. The charter says: “%(quotation)s”"),
        _("Ask at the shop your card is attached to, or ask the Public Information Officer."),
        short=_("registers are open to consumers attached to the shop"),
    ),
    "unknown_obligation": Sentence(
        _("There is no duty “%(obligation)s”."),
        _("No row of the Union's duties has this id."),
        _("Take an id from obligations.yaml."),
    ),
    "obligation_without_period": Sentence(
        _("By when this is due is not known: %(obligation)s."),
        _("The document names the duty and no period."),
        _("Follow the order of the State, if it sets a day."),
    ),
    "no_family_count": Sentence(
        _("How many %(category)s families there were on %(on)s is not known."),
        _("No figure we have holds on that day."),
        _("Ask for another day, or add the figure with its source."),
    ),
    "years_missing": Sentence(
        _("The average offtake cannot be worked out."),
        _("It is the average of %(wanted)s years, and %(given)s are given."),
        _("Give the offtake of each of the years."),
    ),
    "unknown_state_name": Sentence(
        _("Annex-II has no row for “%(state)s”."),
        _("It names the States and Union Territories as they were on 30 January 2014."),
        _("Write the name as the annex does."),
    ),
    "too_many_months": Sentence(
        _("%(months)s months cannot be given in one go."),
        _("It may be %(wanted)s. The document says: “%(quotation)s”"),
        _("Give as many months as are permitted; the rest stays due in its own months."),
        short="%(wanted)s",
    ),
    "received_more_than_sent": Sentence(
        _("This receipt cannot be right."),
        _("%(received)s grams arrived of %(dispatched)s that were sent."),
        _("Weigh again and correct the receipt or the dispatch."),
    ),
    "stock_unexplained": Sentence(
        _("No Utilisation Certificate can be issued for this month."),
        _(
            "%(unexplained)s of what was lifted is neither distributed, nor in stock, nor a recorded loss. "
            "“%(quotation)s”"
        ),
        _("Find it in the registers, or record the loss with its reason."),
        short=_("%(unexplained)s is unexplained"),
    ),
}
