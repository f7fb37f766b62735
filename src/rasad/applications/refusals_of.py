"""Why an application may be rejected: the reasons there are, in the family's words, with what it can do next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Ground:
    """A reason with the next step it leaves open."""

    words: Promise | str
    next: Promise | str


GROUNDS: dict[str, Ground] = {
    "facts_otherwise": Ground(
        _("What was found at the visit is otherwise than what the application says."),
        _("Apply again with what is true today, or complain if the visit was wrong."),
    ),
    "not_living_here": Ground(
        _("The family does not live at the address it gave."),
        _("Apply at the office of the place where you live."),
    ),
    "on_other_card": Ground(
        _("A person of the application is on another card."),
        _("Have the name taken off that card; with the deletion certificate the application goes through."),
    ),
    "papers_not_genuine": Ground(
        _("A paper was not issued by the office it names."),
        _("Bring a genuine one, or another paper of the same group."),
    ),
    "not_supplied": Ground(
        _("What was asked for did not come."),
        _("Apply again when you have it; nothing is lost by applying again."),
    ),
    "asked_by_another": Ground(
        _("The person who applied is not of this family."),
        _("A member of the family has to apply, or give a paper that you act for it."),
    ),
    "asked_twice": Ground(
        _("The same was decided in another application."),
        _("Look at that application's number on the step list."),
    ),
}
