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
    "answers_for_himself": Sentence(
        _("Complaint %(number)s was not answered."),
        _("You are the one complained of, or you acted in the matter."),
        _("Leave it to another officer, or to the office above."),
        403,
    ),
}
