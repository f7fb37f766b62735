"""What is said for each refusal code: what is refused, why, and what to do next."""

from collections.abc import Mapping

from rasad.web.sentences.aadhaar import AADHAAR
from rasad.web.sentences.accounts import ACCOUNTS
from rasad.web.sentences.applications import APPLICATIONS
from rasad.web.sentences.campaigns import CAMPAIGNS
from rasad.web.sentences.cases import CASES
from rasad.web.sentences.counter import COUNTER
from rasad.web.sentences.deadlines import DEADLINES
from rasad.web.sentences.delivery import DELIVERY
from rasad.web.sentences.desk import DESK
from rasad.web.sentences.device_api import DEVICE_API
from rasad.web.sentences.devices import DEVICES
from rasad.web.sentences.dues import DUES
from rasad.web.sentences.ekyc import EKYC
from rasad.web.sentences.eligibility import ELIGIBILITY
from rasad.web.sentences.families import FAMILIES
from rasad.web.sentences.files import FILES
from rasad.web.sentences.grievances import GRIEVANCES
from rasad.web.sentences.holidays import HOLIDAYS
from rasad.web.sentences.limits import LIMITS
from rasad.web.sentences.matching import MATCHING
from rasad.web.sentences.outside import OUTSIDE
from rasad.web.sentences.oversight import OVERSIGHT
from rasad.web.sentences.packs import PACKS
from rasad.web.sentences.people import PEOPLE
from rasad.web.sentences.registry import REGISTRY
from rasad.web.sentences.rules import RULES
from rasad.web.sentences.sales import SALES
from rasad.web.sentences.sentence import Sentence
from rasad.web.sentences.stock import STOCK
from rasad.web.sentences.till import TILL
from rasad.web.sentences.tokens import TOKENS
from rasad.web.sentences.visitors import VISITORS
from rasad.web.sentences.workbooks import WORKBOOKS

_PARTS: tuple[Mapping[str, Sentence], ...] = (
    AADHAAR,
    ACCOUNTS,
    APPLICATIONS,
    CAMPAIGNS,
    CASES,
    COUNTER,
    DEADLINES,
    DELIVERY,
    DESK,
    DEVICE_API,
    DEVICES,
    DUES,
    EKYC,
    ELIGIBILITY,
    FAMILIES,
    FILES,
    GRIEVANCES,
    HOLIDAYS,
    LIMITS,
    MATCHING,
    OUTSIDE,
    OVERSIGHT,
    PACKS,
    PEOPLE,
    REGISTRY,
    RULES,
    SALES,
    STOCK,
    TILL,
    TOKENS,
    VISITORS,
    WORKBOOKS,
)

SENTENCES: dict[str, Sentence] = {code: sentence for part in _PARTS for code, sentence in part.items()}
