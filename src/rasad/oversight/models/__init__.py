"""Suspicions about living cards and what became of each; campaigns; lists of the Gram Sabha."""

from rasad.oversight.models.antyodaya import AayEntry, AayList, Objection
from rasad.oversight.models.campaigns import Campaign
from rasad.oversight.models.cases import Arrear, Case, CaseStep, Evidence, PenalReferral
from rasad.oversight.models.lists import ListRow, TakenList
from rasad.oversight.models.reevaluation import Reevaluated, Reevaluation
from rasad.oversight.models.surrenders import Surrender
from rasad.oversight.models.suspicions import Suspicion

__all__ = [
    "AayEntry", "AayList", "Arrear", "Campaign", "Case", "CaseStep", "Evidence", "ListRow",
    "Objection", "PenalReferral", "Reevaluated", "Reevaluation", "Surrender", "Suspicion", "TakenList",
]  # fmt: skip
