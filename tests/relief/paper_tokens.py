"""Tokens to print: Asha's family near Kalka, and as many others as a test wants."""

from dataclasses import replace
from datetime import date

from rasad.relief.credential import Signer, TokenFacts
from rasad.relief.paper.contents import Edition, Member, Ration, ShopOnPaper, TokenPaper, Words
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise

SIGNER = Signer(bytes(range(32)))
MONTHS = (Month(2020, 4), Month(2020, 5), Month(2020, 6))
EDITION = Edition(
    title=Words("संकट राशन टोकन", "Distress Ration Token"),
    government=Words("हरियाणा सरकार", "Government of Haryana"),
    first_day=date(2020, 4, 1),
    last_day=date(2020, 6, 30),
    helpline="1967",
    officer=Words("जिला खाद्य एवं आपूर्ति नियंत्रक", "District Food and Supplies Controller"),
)
SHOP = ShopOnPaper(
    number="106300100123",
    name=Words("श्री त्र्यम्बक उचित मूल्य दुकान", "Shri Tryambak Fair Price Shop"),
    place=Words("पिंजौर", "Pinjore"),
    address="मुख्य बाज़ार",
    at=(30.7966, 76.9182),
    home=(30.8286, 76.9390),
    distance_m=4_080,
)
ASHA = TokenPaper(
    number="06348210937156",
    edition=EDITION,
    holder="आशा क्षत्रिय",
    members=(
        Member("आशा क्षत्रिय", "self", 34),
        Member("सुरेन्द्र क्षत्रिय", "husband", 38),
        Member("ज्ञानेश्वरी", "daughter", 11),
        Member("श्रेयस त्रिपाठी", "son", 6),
        Member("विद्या देवी", "mother-in-law", None),
    ),
    place=Words("कालका", "Kalka"),
    district=Words("पंचकुला", "Panchkula"),
    months=MONTHS,
    issued_on=date(2020, 4, 21),
    rations=(
        Ration(Words("गेहूँ", "Wheat"), ((Grams(25_000), Paise(0)),) * 3),
        Ration(Words("दाल", "Pulses"), ((Grams(2_500), Paise(0)),) * 3),
    ),
    shop=SHOP,
    signed="",
)


def facts_of(token: TokenPaper) -> TokenFacts:
    """What the QR code of a token says."""
    return TokenFacts(
        number=token.number,
        scheme="drt_2020",
        months=token.months,
        holder=token.holder,
        members=len(token.members),
        inherits="OPH",
        shop=token.shop.number if token.shop else "",
        district="63",
        first_day=token.months[0].first_day,
        last_day=token.months[-1].last_day,
        issuer="IN-HR",
    )


def signed(token: TokenPaper, **changes: object) -> TokenPaper:
    """The token with some facts changed, signed as it then stands."""
    changed = replace(token, **changes)
    return replace(changed, signed=SIGNER.sign(facts_of(changed)))
