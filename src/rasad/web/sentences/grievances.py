"""What is said when a step of a complaint is refused. A complaint itself never is."""

from django.utils.translation import gettext_lazy as _

from rasad.web.sentences.sentence import Sentence

GRIEVANCES = {
    "complaint_without_words": Sentence(
        _("Nothing was sent."),
        _("There are no words that say what happened."),
        _("Write a sentence; it need not be long."),
        422,
    ),
    "complaint_moved_on": Sentence(
        _("Nothing was changed on complaint %(number)s."),
        _("It is not in the state any more in which this can be done."),
        _("Open it again and look at its steps."),
    ),
    "sitting_ahead": Sentence(
        _("The sitting was not written down."),
        _("Its day, %(day)s, has not come yet."),
        _("Write down what the committee did once it has met."),
        422,
    ),
    "measure_in_the_past": Sentence(
        _("The measure was not written down."),
        _("It is to be done by %(day)s, which lies before the sitting of %(held)s."),
        _("Write a day on or after the sitting."),
        422,
    ),
    "measure_is_done": Sentence(
        _("Nothing was written down."),
        _("What was done about it stands there already."),
        _("Look at the measure; more is written into a new one at the next sitting."),
        409,
    ),
    "answers_for_himself": Sentence(
        _("Complaint %(number)s was not answered."),
        _("You are the one complained of, or you acted in the matter."),
        _("Leave it to another officer, or to the office above."),
        403,
    ),
}
