"""What is said for each reason code: one step of a decision, in a sentence a family understands."""

from collections.abc import Mapping

from django.utils.functional import Promise

from rasad.web.sentences.counter import COUNTER_REASONS
from rasad.web.sentences.deadlines import DEADLINE_REASONS
from rasad.web.sentences.eligibility_reasons import ELIGIBILITY
from rasad.web.sentences.entitlement_reasons import ENTITLEMENT

_PARTS: tuple[Mapping[str, Promise | str], ...] = (
    COUNTER_REASONS,
    DEADLINE_REASONS,
    ELIGIBILITY,
    ENTITLEMENT,
)

REASONS: dict[str, Promise | str] = {code: sentence for part in _PARTS for code, sentence in part.items()}
