"""A message is a registered text with its variables filled, and tells no number of a person or a card."""

import pytest

from rasad.connectors.sms.templates import LONGEST_VARIABLE, Templates, UnfitMessageError, ours, shortened
from tests.connectors.sms.sent import CODE, DUE, RECEIPT, STOCK, TOKEN_ISSUED, TOKEN_MOVED

VARIABLES = {
    "shop_otp": CODE,
    "sale_receipt": RECEIPT,
    "stock_arrived": STOCK,
    "card_due": DUE,
    "token_issued": TOKEN_ISSUED,
    "token_shop_changed": TOKEN_MOVED,
    "citizen_otp": {"code": "482913"},
    "card_otp": {"code": "482913"},
    "application_registered": {"number": "26000000017", "service": "New ration card", "day": "17 March 2026"},
    **{
        f"application_{one}": {"number": "26000000017", "helpline": "1967"}
        for one in ("asked_back", "waiting", "approved", "rejected", "late")
    },
    "application_delayed": {"number": "26000000017", "why": "The printer is broken", "day": "17 March 2026"},
    "mobile_changed": {"card": "XXXXXXXX0001", "day": "15 May 2020", "helpline": "1967"},
    "case_notice": {"number": "R63-000123-7", "days": "15", "helpline": "1967"},
    "case_ordered": {"number": "R63-000123-7", "day": "1 July 2026", "helpline": "1967"},
    "case_restored": {"number": "R63-000123-7", "helpline": "1967"},
}


def unfit(name, variables, match):
    with pytest.raises(UnfitMessageError, match=match) as refused:
        ours().template(name, "en").filled(variables)
    return str(refused.value)


def test_each_language_has_its_own_text():
    said = {one: ours().template("shop_otp", one).filled(CODE) for one in ("en", "hi", "bn")}

    assert said == {
        "en": "482913 is your code for ration at Ravi Store, Hisar. Tell it to the dealer within 60 seconds, "
        "and to nobody else. - Food and Supplies",
        "hi": "Ravi Store, Hisar पर राशन के लिए आपका कोड 482913 है। 60 सेकंड के भीतर केवल डीलर को बताएँ, और किसी को नहीं। "
        "- खाद्य एवं आपूर्ति",
        "bn": "Ravi Store, Hisar দোকানে রেশনের জন্য আপনার কোড 482913। ৬০ সেকেন্ডের মধ্যে শুধু ডিলারকে বলুন, আর কাউকে নয়। "
        "- খাদ্য ও সরবরাহ",
    }


@pytest.mark.parametrize("template", list(ours()), ids=str)
def test_every_text_can_be_filled(template):
    assert template.is_of(template.filled(VARIABLES[template.name]))


def test_every_text_has_a_number_of_its_own_and_all_languages():
    assert len({template.id for template in ours()}) == len(list(ours()))
    assert {(one.name, one.language) for one in ours()} == {
        (name, language) for name in VARIABLES for language in ("en", "hi", "bn")
    }


def test_language_without_a_text_gets_the_english_one():
    assert str(ours().template("shop_otp", "ta")) == "shop_otp.en"


def test_text_nobody_registered_is_not_of_a_template():
    assert not ours().template("shop_otp", "en").is_of("You have won 35 kg of rice")


def test_variable_of_thirty_characters_is_sent():
    assert "S" * 30 in ours().template("shop_otp", "en").filled({**CODE, "shop": "S" * 30})


@pytest.mark.parametrize("shop", ["S" * 31, "", " ", "Ravi\nStore", " Ravi Store"])
def test_variable_that_is_too_long_or_not_plain_is_not_sent(shop):
    unfit(
        "shop_otp", {**CODE, "shop": shop}, "^shop_otp.en: shop is empty, longer than 30, or not plain text$"
    )


def test_missing_variable_is_not_sent():
    unfit("shop_otp", {"code": "482913"}, "has the variables code, shop")


def test_variable_too_many_is_not_sent():
    unfit("shop_otp", {**CODE, "card": "XXXXXXXX0001"}, "has the variables code, shop")


@pytest.mark.parametrize("card", ["060000000001", "HR0001", "0001", "XXXXXXXX00001", "xxxxxxxx0001"])
def test_card_number_that_is_not_masked_is_not_sent(card):
    unfit("card_due", {**DUE, "card": card}, "the card's number is not masked")


@pytest.mark.parametrize(
    "number", ["999941057058", "9999 4105 7058", "9999-4105-7058", "९९९९४१०५७०५८", "৯৯৯৯৪১০৫৭০৫৮"]
)
def test_aadhaar_number_is_not_sent_in_any_script(number):
    said = unfit("card_due", {**DUE, "shop": number}, "shop has a number that is a person's or a card's")

    assert number not in said


def test_long_number_is_not_sent():
    unfit("sale_receipt", {**RECEIPT, "given": "card 060000000001"}, "given has a number that is a person's")


@pytest.mark.parametrize("code", ["482", "482913482", "48291a", "४८२९१३"])
def test_code_that_is_none_is_not_sent(code):
    said = unfit("shop_otp", {**CODE, "code": code}, "the code is not one")

    assert code not in said


def test_long_name_is_shortened_to_what_a_variable_holds():
    name = shortened("  The Panipat  Cooperative Consumers' Store, Ward 12 ")

    assert (name, len(name)) == ("The Panipat Cooperative Consu…", LONGEST_VARIABLE)


def test_short_name_stays_as_it_is():
    assert shortened("Ravi Store, Hisar") == "Ravi Store, Hisar"


def test_file_whose_variables_do_not_fit_its_text_is_not_read(tmp_path):
    file = tmp_path / "templates.yaml"
    file.write_text(
        "- {name: hello, kind: notice, texts: {en: {id: '1007000000000000999', text: 'Hello {#var#}', variables: []}}}"
    )

    with pytest.raises(ValueError, match=r"hello\.en has not as many variables as it names"):
        Templates(file)


def test_file_of_a_department_takes_the_place_of_ours(tmp_path):
    file = tmp_path / "templates.yaml"
    file.write_text(
        "- {name: hello, kind: notice, texts: {en: {id: '100700000999', text: 'Hello {#var#}', variables: [name]}}}"
    )

    assert Templates(file).template("hello", "en").filled({"name": "Asha"}) == "Hello Asha"
