"""What officers do with pairs: a look is asked for, a pair is lent, judged, confirmed by a second one, taken back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, override

from rasad import wiring
from rasad.accounts.models import User
from rasad.accounts.queries import is_one_person
from rasad.delivery.texts import language
from rasad.jobs import actions as jobs
from rasad.jobs.models import Job
from rasad.journal import actions as journal
from rasad.matching.background import LOOKING
from rasad.matching.models import Judgement, Look, Pair
from rasad.oversight.actions import cases
from rasad.oversight.actions.cases import About, Said
from rasad.oversight.models import Case
from rasad.registry.models import Membership
from rasad.values.aadhaar import mask_card
from rasad.values.refused import Refused

LENT_FOR = timedelta(minutes=10)
# Of so many pairs judged by others one is given again to somebody who does not know it.
REPEAT_EVERY = 20
S, V = Pair.State, Judgement.Verdict
JUDGED = (S.SAME, S.DIFFERENT, S.CONFIRMED)


@transaction.atomic
def look_for_pairs(*, district: str, by: User, at: datetime) -> Job:
    """Ask for a look through a district."""
    made = Look.objects.create(district_code=district, asked_by=by.get_username(), asked_at=at)
    return jobs.start(LOOKING, args={"look": made.pk}, by=by, at=at, district=district)


@transaction.atomic
def lend_next(pairs: QuerySet[Pair], *, by: User, at: datetime) -> Pair | None:
    """The next pair for an officer: what he holds, else a repeat now and then, else the heaviest that nobody holds."""
    name = by.get_username()
    mine = pairs.filter(lent_to=name, lent_until__gt=at).first()
    if mine:
        return mine
    free = Q(lent_until=None) | Q(lent_until__lte=at)
    # Two officers at once get two pairs: a row that another holds is passed over.
    waiting = pairs.filter(free, state=S.OPEN).select_for_update(skip_locked=True, of=("self",))
    found = _repeat(pairs, name) or waiting.first()
    if found is not None:
        Pair.objects.filter(pk=found.pk).update(lent_to=name, lent_until=at + LENT_FOR)
    return found


@transaction.atomic
def judge(*, pair: Pair, verdict: str, why: str, by: User, at: datetime) -> Judgement:
    """One person, two persons, or not clear. A judgement of one person needs a reason and a second officer.

    Given to somebody as a repeat it changes nothing but what is known of judging. Refused: verdict_unknown,
    decision_without_reason, pair_is_judged, pair_is_lent.
    """
    if verdict not in (V.SAME, V.DIFFERENT, V.UNSURE):
        raise Refused("verdict_unknown", verdict=verdict)
    if verdict == V.SAME and not why.strip():
        raise Refused("decision_without_reason")
    held, name = Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk), by.get_username()
    if is_repeat_for(held, name, at=at):
        Pair.objects.filter(pk=held.pk).update(lent_to="", lent_until=None)
        return _written(held, verdict, why, name, at, is_repeat=True)
    if held.state not in (S.OPEN, S.UNSURE):
        raise Refused("pair_is_judged")
    if held.lent_to not in ("", name) and held.lent_until and held.lent_until > at:
        raise Refused("pair_is_lent", by=held.lent_to)
    Pair.objects.filter(pk=held.pk).update(state=verdict, lent_to="", lent_until=None)
    return _written(held, verdict, why, name, at)


@transaction.atomic
def confirm(*, pair: Pair, agrees: bool, why: str, by: User, at: datetime) -> Case | None:
    """The second officer: agreeing opens a case against the younger card's member, where the family is heard.

    Nobody is taken off a card here. Refused: pair_is_judged, judge_confirms_not, decision_without_reason, and as
    `cases.open_case`.
    """
    held, name = Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk), by.get_username()
    if held.state != S.SAME:
        raise Refused("pair_is_judged")
    last = held.judgements.filter(is_repeat=False).last()
    if last is not None and is_one_person(name, last.by):
        raise Refused("judge_confirms_not")
    if not agrees:
        if not why.strip():
            raise Refused("decision_without_reason")
        Pair.objects.filter(pk=held.pk).update(state=S.OPEN)
        _written(held, V.SENT_BACK, why, name, at)
        return None
    case = _case(held, last.by if last else name, last.why if last else why, at)
    done = {"state": S.CONFIRMED, "case_number": case.number, "lent_to": "", "lent_until": None}
    Pair.objects.filter(pk=held.pk).update(**done)
    _written(held, V.CONFIRMED, why, name, at)
    return case


@transaction.atomic
def take_back(*, pair: Pair, why: str, by: User, at: datetime) -> None:
    """A judgement was wrong: the pair is open again. Once a case is open, the case is cleared instead.

    Refused: decision_without_reason, pair_is_open, pair_has_a_case.
    """
    if not why.strip():
        raise Refused("decision_without_reason")
    held = Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if held.state == S.CONFIRMED:
        raise Refused("pair_has_a_case", number=held.case_number)
    if held.state == S.OPEN:
        raise Refused("pair_is_open")
    Pair.objects.filter(pk=held.pk).update(state=S.OPEN, lent_to="", lent_until=None)
    _written(held, V.TAKEN_BACK, why, by.get_username(), at)


def is_repeat_for(pair: Pair, name: str, *, at: datetime) -> bool:
    """Whether a pair was lent to an officer as a blind repeat: one that others have judged."""
    is_lent = pair.lent_to == name and pair.lent_until is not None and pair.lent_until > at
    return is_lent and pair.state in JUDGED


def _repeat(pairs: QuerySet[Pair], name: str) -> Pair | None:
    mine = Judgement.objects.filter(by=name)
    count = mine.filter(verdict__in=[V.SAME, V.DIFFERENT]).count()
    if count == 0 or count % REPEAT_EVERY or mine.order_by("pk").last().is_repeat:  # type: ignore[union-attr]
        return None
    known = Judgement.objects.filter(Q(by=name) | Q(is_repeat=True)).values("pair")
    judged = pairs.filter(state__in=JUDGED, lent_until=None).exclude(pk__in=known)
    return judged.order_by("pk").first()


def _case(pair: Pair, judge: str, why: str, at: datetime) -> Case:
    on = at.astimezone(wiring.INDIA).date()
    older, younger = sorted(
        (pair.left_card, pair.right_card), key=lambda card: (card.during.lower or on, card.pk)
    )
    person = pair.right_id if younger == pair.right_card else pair.left_id
    member = Membership.objects.filter(
        person=person, household=younger.household_id, during__contains=on
    ).first()
    if member is None:
        raise Refused("has_ended")
    with override(language()):
        words = gettext("The same person seems to stand on card %(card)s too.") % {
            "card": mask_card(older.number)
        }
        source = gettext("Comparison of the register, judged by an officer")
    about = About(younger, Case.Ground.DUPLICATE, words, member)
    return cases.open_case(about=about, evidence=[Said(source, why[:500] or words, on)], by=judge, at=at)


def _written(
    pair: Pair, verdict: str, why: str, by: str, at: datetime, *, is_repeat: bool = False
) -> Judgement:
    made = Judgement.objects.create(
        pair=pair, verdict=verdict, why=why.strip(), is_repeat=is_repeat, by=by, at=at
    )
    journal.write(
        "pair.judged", of_kind="pair", of_key=str(pair.pk), by=by, at=at, reason=why.strip(),
        facts={"verdict": str(verdict), "before": pair.state, "repeat": is_repeat},
    )  # fmt: skip
    return made
