"""Lists of other departments as they were taken in, and where each of their rows ended."""

from django.db import models
from django.db.models import Q

from rasad.oversight import choices, guards
from rasad.oversight.models.campaigns import Campaign
from rasad.oversight.models.suspicions import Suspicion


class TakenList(models.Model):
    """A list of another department that a campaign took in: which file, of a workbook which sheet, how many rows."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="lists")
    source = models.CharField(max_length=150)
    dated = models.DateField(null=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    hidden_sheets = models.JSONField(default=list)
    rows = models.IntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "campaign__district_code"}

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "digest"], name="oversight_list_taken_once"),
        ]
        triggers = guards.APPEND_ONLY

    def __str__(self) -> str:
        return self.file_name


class ListRow(models.Model):
    """One row of a list, by its number in the file or sheet, and where it ended. Nothing personal is kept of it."""

    End = choices.RowEnd

    list = models.ForeignKey(TakenList, on_delete=models.PROTECT, related_name="ends")
    line = models.IntegerField()
    end = models.CharField(max_length=10, choices=End)
    # Why it could not be read.
    code = models.CharField(max_length=40, blank=True)
    suspicion = models.ForeignKey(Suspicion, on_delete=models.PROTECT, null=True, related_name="rows")

    AREA_LOOKUPS = {"district": "list__campaign__district_code"}

    class Meta:
        ordering = ["line"]
        indexes = [models.Index(fields=["list", "end", "line"])]
        constraints = [
            models.UniqueConstraint(fields=["list", "line"], name="oversight_row_ends_once"),
            models.CheckConstraint(
                name="oversight_row_of_a_suspicion",
                condition=Q(end__in=["matched", "waiting", "known"], suspicion__isnull=False, code="")
                | Q(end="elsewhere", suspicion=None, code="")
                | (Q(end="unread", suspicion=None) & ~Q(code="")),
            ),
        ]
        triggers = guards.APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.list_id}:{self.line} {self.end}"
