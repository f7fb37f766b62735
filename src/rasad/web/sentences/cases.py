"""Sentences about suspicions, cases, campaigns and Antyodaya lists."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

CASES = {
    "case_not_so_far": Sentence(
        _("Case %(case)s cannot take this step."),
        _("It stands at: %(state)s. Somebody may have taken a step a moment ago."),
        _("Open the case again and take the step it offers."),
    ),
    "case_is_over": Sentence(
        _("Nothing can be added to case %(case)s."),
        _("It has been decided."),
        _("Open a new case if there is something new."),
    ),
    "case_is_open": Sentence(
        _("No second case is opened."),
        _("One about the same thing of card %(card)s is open."),
        _("Add what is new to that case."),
    ),
    "case_without_evidence": Sentence(
        _("The case is not opened."),
        _("A suspicion needs a source that says something."),
        _("Write down which list or office says what, and as of when."),
    ),
    "category_is_so": Sentence(
        _("Nothing would change."),
        _("The card is in category %(category)s already, or has none that could change."),
        _("Choose another category, or leave the card as it is."),
    ),
    "too_many_by_hand": Sentence(
        _("No more cases can be opened one by one today."),
        _(
            "One officer opens at most %(most)s a day. More at once are a campaign, with a report and a sample first."
        ),
        _("Plan a campaign, or go on tomorrow."),
    ),
    "notice_day_wrong": Sentence(
        _("The day of case %(case)s is not taken down."),
        _("A notice is served once, after it was written and not in the future."),
        _("Correct the day."),
        status=422,
    ),
    "hearing_day_wrong": Sentence(
        _("The day of case %(case)s is not taken down."),
        _("A hearing is held after the notice reached the family, and written down when it is over."),
        _("Correct the day."),
        status=422,
    ),
    "meeting_to_come": Sentence(
        _("The resolution on list %(list)s is not taken down."),
        _("The day of the meeting has not come yet."),
        _("Correct the day."),
        status=422,
    ),
    "member_not_named": Sentence(
        _("The row is not matched."),
        _("It is about one person, and a card alone does not say who that is."),
        _("Write the line of the member too."),
        status=422,
    ),
    "notice_not_served": Sentence(
        _("Case %(case)s cannot be decided."),
        _("Nobody has recorded that the notice reached the family."),
        _("Serve the notice and record the day."),
    ),
    "window_is_open": Sentence(
        _("Nothing can be decided yet."),
        _("The family may answer until %(until)s."),
        _("Wait for the answer or for that day to pass. The card serves meanwhile."),
    ),
    "hearing_was_asked_for": Sentence(
        _("No removal can be proposed in case %(case)s."),
        _("The family asked to be heard and has not been."),
        _("Hear the family in person, by telephone or online, and write down what it says."),
    ),
    "order_by_another": Sentence(
        _("You cannot take this step in case %(case)s."),
        _("It needs an officer who neither opened the case nor proposed the removal."),
        _("Ask a second officer."),
        status=403,
    ),
    "campaign_not_so_far": Sentence(
        _("The campaign “%(campaign)s” cannot take this step."),
        _("It stands at: %(state)s."),
        _("Open the campaign again and take the step it offers."),
    ),
    "campaign_by_another": Sentence(
        _("You cannot open the cases of “%(campaign)s”."),
        _("You planned the campaign."),
        _("A second officer opens them."),
        status=403,
    ),
    "campaign_found_nothing": Sentence(
        _("There is nothing to report on “%(campaign)s”."),
        _("No card has been found that could become a case."),
        _("Take a list in, or let the cards be looked for."),
    ),
    "sample_not_visited": Sentence(
        _("The cases of “%(campaign)s” stay closed."),
        _("%(left)s families of the sample have not been visited."),
        _("Visit each of them and record what was found."),
    ),
    "sample_found_real_families": Sentence(
        _("The campaign “%(campaign)s” is stopped."),
        _(
            "%(real)s of %(visited)s visited families are real and eligible; at most %(most)s in a hundred may be."
        ),
        _("Look into the list it came from. No notice was sent and no card is touched."),
    ),
    "row_has_its_card": Sentence(
        _("The row is not matched."),
        _("It has its card already, or was left out."),
        _("Choose a row that waits."),
    ),
    "surrender_window_open": Sentence(
        _("Nobody is referred yet."),
        _("Bogus cards may be given up until %(until)s; penal action follows after that day."),
        _("Come back after that day."),
    ),
    "penal_without_order": Sentence(
        _("Nobody is referred in case %(case)s."),
        _("No order has been made in it."),
        _("Refer somebody only after the order."),
    ),
    "not_your_case": Sentence(
        _("There is no such notice on this telephone."),
        _("It shows the notices about the cards on which this number stands."),
        _("Use the telephone that stands on your card, or go to the office with the notice."),
        status=404,
    ),
    "list_not_so_far": Sentence(
        _("The list %(list)s cannot take this step."),
        _("It stands at: %(state)s."),
        _("Open the list again and take the step it offers."),
    ),
    "list_by_another": Sentence(
        _("You cannot make the list %(list)s final."),
        _("You proposed it."),
        _("A second officer makes it final."),
        status=403,
    ),
    "row_is_not_bpl": Sentence(
        _("The list %(list)s is not made final."),
        _("Card %(card)s is no BPL card in force any more."),
        _("Send the list back; by an objection the family is taken off it."),
    ),
    "not_an_antyodaya_family": Sentence(
        _("The card is not put on the list."),
        _("On the facts given it meets no criterion for Antyodaya, or it is no BPL card."),
        _("Record the facts of the family; only BPL cards can be chosen."),
    ),
    "card_on_the_list": Sentence(
        _("The card is not put on the list again."),
        _("It is on it."),
        _("Choose another card."),
    ),
    "more_than_the_estimate": Sentence(
        _("The list is too long."),
        _("%(chosen)s families are chosen for %(places)s places."),
        _("Take as many off as there are too many, by the resolution of the Gram Sabha."),
    ),
    "nobody_is_chosen": Sentence(
        _("The list cannot go on."),
        _("No family on it is chosen."),
        _("Mark the families that the Gram Sabha named."),
    ),
    "objections_wait": Sentence(
        _("The list %(list)s cannot go on."),
        _("Objections may come until %(until)s, or one of them is not decided."),
        _("Decide each objection with its reason, and wait until that day has passed."),
    ),
    "objection_decided": Sentence(
        _("The objection is not decided again."),
        _("It was decided before."),
        _("Write a new objection down if there is something new."),
    ),
}
