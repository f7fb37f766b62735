"""Sentences about log-in and staff."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

ACCOUNTS = {
    "not_for_your_role": Sentence(
        _("This page is not part of your work."),
        _("Your role does not include it; each role sees only what it needs."),
        _("If you need it, ask state headquarters to give you an account with the right role."),
        403,
    ),
    "log_in_wrong": Sentence(
        _("You are not logged in."),
        _("The user name and the password do not belong together, or the account is closed."),
        _("Check both and try again. After five wrong tries the log-in is closed for 15 minutes."),
        422,
    ),
    "code_wrong": Sentence(
        _("The code was not accepted."),
        _("It is wrong, or it was used before: each code opens the door once."),
        _("Wait until your app shows the next code and type that one, or use a recovery code."),
        422,
    ),
    "code_too_soon": Sentence(
        _("No code is accepted at this moment."),
        _("Several wrong codes came one after the other."),
        _("Wait %(seconds)s seconds, then type the code your app shows."),
        429,
    ),
    "already_enrolled": Sentence(
        _("The second factor is not set up again."),
        _("This account already has one, and only one app at a time shows its codes."),
        _("Log in with the code of that app. Lost? Use a recovery code or ask headquarters for a reset."),
    ),
    "username_taken": Sentence(
        _("The account %(username)s was not made."),
        _("There is already one with this user name."),
        _("Choose another, for example with the district behind the name."),
        422,
    ),
    "area_not_for_role": Sentence(
        _("The account was not made."),
        _("This role cannot be bound to this kind of area."),
        _("Choose one of: %(allowed)s."),
        422,
    ),
    "staff_without_area": Sentence(
        _("The account has no area yet, so it was not made."),
        _("Without an area nothing can be seen."),
        _("Give the state, a district, a village or ward, or a shop."),
        422,
    ),
    "unknown_area": Sentence(
        _("There is no area with the code %(area)s."),
        _("It is not in the register of places and shops."),
        _("Look the code up on the page of the district or shop and type it again."),
        422,
    ),
    "unknown_role": Sentence(
        _("There is no role “%(role)s”."),
        _("Accounts can have these roles only: %(allowed)s."),
        _("Choose one of them."),
        422,
    ),
    "unknown_staff": Sentence(
        _("There is no member of staff with the user name %(username)s."),
        _("The account was never made, or the name is spelt otherwise."),
        _("See the list of staff for the right name."),
        404,
    ),
    "not_your_own_account": Sentence(
        _("You cannot do this to your own account."),
        _("Whoever closes or resets an account must be another person than its holder."),
        _("Ask a colleague at headquarters."),
    ),
    "reason_missing": Sentence(
        _("Nothing was changed."),
        _("A reason is written into the journal with every change to an account, and none was given."),
        _("Write the reason in a few words and send it again."),
        422,
    ),
    "not_a_demo_account": Sentence(
        _("The code of %(username)s is not shown."),
        _("Only accounts made for a demonstration give their codes away."),
        _("Use the app on the phone with which the account was set up, or a recovery code."),
        403,
    ),
    "text_with_nul": Sentence(
        _("Nothing was changed."),
        _("What was sent contains a sign that is no letter (NUL), which no field can keep."),
        _("Type the text anew instead of pasting it, and send it again."),
        400,
    ),
}
