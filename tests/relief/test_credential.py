"""The signed token: what is genuine is believed, what is not is refused for the right reason."""

import json
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import base45
import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cwt import COSE, COSEKey
from hypothesis import given
from hypothesis import strategies as st

from rasad.relief import credential
from rasad.relief.credential import Signer, TokenFacts, public_keys, verify
from rasad.values.month import Month
from rasad.values.refused import Refused

SIGNER = Signer(bytes(range(32)))
KEYS = public_keys(SIGNER.public_pem)
FORGER = Signer(bytes(reversed(range(32))))
IN_MAY = date(2020, 5, 12)
ASHA = TokenFacts(
    number="06348210937156",
    scheme="drt_2020",
    months=(Month(2020, 4), Month(2020, 5), Month(2020, 6)),
    holder="Asha Kshatriya",
    members=5,
    inherits="OPH",
    shop="106300100123",
    district="63",
    first_day=date(2020, 4, 1),
    last_day=date(2020, 6, 30),
    issuer="IN-HR",
)
# The same facts and the same key give the same text for ever: paper printed in 2020 stays readable.
PRINTED = SIGNER.sign(ASHA)
EXPIRES, NOT_BEFORE = 4, 5
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "identity" / "claim169"


def packed(message: object) -> str:
    return base45.b45encode(zlib.compress(cbor2.dumps(message), 9)).decode()


def parts(text: str) -> list[object]:
    return list(cbor2.loads(zlib.decompress(base45.b45decode(text))).value)


def sealed(claims: object) -> str:
    """Anything signed with the right key."""
    key = COSEKey.new({1: 1, 3: -8, -1: 6, -2: KEYS[0].key.to_dict()[-2], -4: bytes(range(32)), 4: [1, 2]})
    payload = cbor2.dumps(claims)
    signed = COSE.new().encode_and_sign(payload, key, {1: -8}, {4: KEYS[0].id})
    return base45.b45encode(zlib.compress(signed, 9)).decode()


def refused(text: str, *, on: date = IN_MAY, keys=KEYS) -> str:
    with pytest.raises(Refused) as found:
        verify(text, keys, on=on)
    return found.value.code


def test_token_says_what_was_signed():
    assert verify(PRINTED, KEYS, on=IN_MAY) == ASHA


def test_token_of_a_family_without_a_shop_and_with_a_hindi_name_says_so():
    facts = replace(ASHA, holder="श्रीमती त्रिवेणी", shop="")

    assert verify(SIGNER.sign(facts), KEYS, on=IN_MAY) == facts


@pytest.mark.parametrize("shop", ["106300100123", "007", "FPS-12", "0"])
def test_shop_number_comes_back_as_it_was(shop):
    facts = replace(ASHA, shop=shop)

    assert verify(SIGNER.sign(facts), KEYS, on=IN_MAY).shop == shop


def test_token_is_a_claim_169_that_other_readers_understand():
    claims = cbor2.loads(parts(PRINTED)[2])

    assert claims[169] == {1: "06348210937156", 3: "eng", 4: "Asha Kshatriya"}
    assert (claims[1], claims[7]) == ("IN-HR", b"06348210937156")
    assert [key for key in claims if key not in (1, 4, 5, 7, 169)] == [-70001]


def test_text_fits_a_small_code():
    # 311 signs is what a QR code of version 10 holds with error correction M.
    assert len(PRINTED) <= 311


@given(st.binary(max_size=300))
def test_text_is_base45(content):
    assert credential._base45(content) == base45.b45encode(content).decode()


def test_line_ends_around_the_text_do_no_harm():
    assert verify(f"{PRINTED}\r\n", KEYS, on=IN_MAY) == ASHA


def test_token_is_good_from_its_first_day_to_its_last():
    assert verify(PRINTED, KEYS, on=date(2020, 4, 1)) == ASHA
    assert verify(PRINTED, KEYS, on=date(2020, 6, 30)) == ASHA


@pytest.mark.req("R-DRT-01")
def test_token_is_refused_before_its_first_day_and_after_its_last():
    assert refused(PRINTED, on=date(2020, 3, 31)) == "token_not_begun"
    with pytest.raises(Refused) as found:
        verify(PRINTED, KEYS, on=date(2020, 7, 1))
    assert found.value.code == "token_over"
    assert found.value.facts == {
        "number": "063-48210-93715-6",
        "on": date(2020, 7, 1),
        "until": date(2020, 6, 30),
    }


def test_token_of_another_signer_is_not_known():
    assert refused(FORGER.sign(ASHA)) == "token_unknown_key"


def test_token_that_claims_our_key_without_having_it_is_forged():
    protected, _, payload, signature = parts(FORGER.sign(ASHA))

    assert refused(packed(cbor2.CBORTag(18, [protected, {4: KEYS[0].id}, payload, signature]))) == (
        "token_signature_wrong"
    )


def test_token_with_one_more_member_is_forged():
    protected, unprotected, payload, signature = parts(PRINTED)
    claims = cbor2.loads(payload)
    claims[-70001][3] += 1

    forged = packed(cbor2.CBORTag(18, [protected, unprotected, cbor2.dumps(claims), signature]))

    assert refused(forged) == "token_signature_wrong"


def test_token_without_a_signature_is_forged():
    protected, unprotected, payload, _ = parts(PRINTED)

    assert refused(packed(cbor2.CBORTag(18, [protected, unprotected, payload, b""]))) == (
        "token_signature_wrong"
    )


def test_token_without_a_key_name_is_tried_with_every_key():
    protected, _, payload, signature = parts(PRINTED)
    bare = packed(cbor2.CBORTag(18, [protected, {}, payload, signature]))
    both = public_keys(FORGER.public_pem + SIGNER.public_pem)

    assert verify(bare, both, on=IN_MAY) == ASHA
    assert refused(bare, keys=public_keys(FORGER.public_pem)) == "token_signature_wrong"


def test_algorithm_is_the_key_s_and_not_the_token_s_choice():
    _, unprotected, payload, signature = parts(PRINTED)
    other = packed(cbor2.CBORTag(18, [cbor2.dumps({1: -7}), unprotected, payload, signature]))

    assert refused(other) == "token_unknown_key"


def test_token_that_demands_what_we_do_not_know_is_not_read():
    protected = cbor2.dumps({1: -8, 2: [99], 99: 1})
    _, unprotected, payload, signature = parts(PRINTED)

    assert refused(packed(cbor2.CBORTag(18, [protected, unprotected, payload, signature]))) == (
        "token_not_readable"
    )


@pytest.mark.parametrize(
    "claims",
    [
        {1: "IN-HR"},
        {1: "IN-HR", 169: {4: "Asha"}},
        {1: "IN-HR", 169: {4: "Asha"}, -70001: {}},
        {1: "IN-HR", 169: "Asha", -70001: {1: "drt_2020"}},
        {1: ["IN-HR"], 4: "soon", 5: None, 7: 5, 169: {4: 1}, -70001: {1: 1, 2: 7, 3: "x"}},
        {1: "IN-HR", 4: 10**18, 5: -(10**18), 7: b"1", 169: {4: "A"}, -70001: dict.fromkeys(range(1, 7), 1)},
    ],
)
def test_genuine_message_that_is_no_ration_token_is_not_ours(claims):
    assert refused(sealed(claims)) == "token_not_ours"


def test_little_text_that_unpacks_to_very_much_is_not_read():
    bomb = base45.b45encode(zlib.compress(bytes(2_000_000), 9)).decode()

    assert len(bomb) < 4_296
    assert refused(bomb) == "token_not_readable"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "रसद",
        "A" * 100_000,
        "06348210937156",
        packed([b"", {}, b"", b""]),
        packed(cbor2.CBORTag(18, 5)),
        packed(cbor2.CBORTag(18, [{}, b"", "", ""])),
        packed(cbor2.CBORTag(18, [b"\x00", {}, b"", b""])),
        packed(cbor2.CBORTag(16, [b"", {}, b""])),
        base45.b45encode(zlib.compress(b"\x81" * 9_000)).decode(),
        PRINTED[:-3],
        PRINTED[:200],
        PRINTED + PRINTED,
    ],
    ids=range(13),
)
def test_text_that_is_no_token_is_not_read(text):
    assert refused(text) == "token_not_readable"


@given(st.binary(max_size=400))
def test_whatever_is_signed_and_packed_is_refused_with_a_reason(noise):
    assert refused(packed(cbor2.CBORTag(18, [cbor2.dumps({1: -8}), {}, noise, noise]))).startswith("token_")
    assert refused(base45.b45encode(zlib.compress(noise)).decode()).startswith("token_")


@given(st.integers(0, len(PRINTED) - 1), st.sampled_from("0A:Z"))
def test_no_misread_sign_goes_unseen(place, sign):
    misread = PRINTED[:place] + sign + PRINTED[place + 1 :]

    assert misread == PRINTED or refused(misread) in {
        "token_not_readable",
        "token_signature_wrong",
        "token_unknown_key",
    }


def es256(private: ec.EllipticCurvePrivateKey, claims: object) -> str:
    numbers = private.private_numbers()
    x, y, d = (
        value.to_bytes(32, "big")
        for value in (numbers.public_numbers.x, numbers.public_numbers.y, numbers.private_value)
    )
    key = COSEKey.new({1: 2, 3: -7, -1: 1, -2: x, -3: y, -4: d, 4: [1, 2]})
    signed = COSE.new().encode_and_sign(cbor2.dumps(claims), key, {1: -7})
    return base45.b45encode(zlib.compress(signed, 9)).decode()


def test_token_signed_with_the_second_kind_of_key_is_believed():
    private = ec.generate_private_key(ec.SECP256R1())
    keys = public_keys(private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    claims = cbor2.loads(parts(PRINTED)[2])

    assert verify(es256(private, claims), keys, on=IN_MAY) == ASHA
    assert refused(PRINTED, keys=keys) == "token_unknown_key"


@pytest.mark.parametrize("pem", [b"", b"-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----"])
def test_file_without_a_key_is_refused(pem):
    with pytest.raises(Refused, match="public_key_not_readable"):
        public_keys(pem)


def test_key_of_another_kind_is_refused():
    other = ec.generate_private_key(ec.SECP384R1()).public_key()

    with pytest.raises(Refused, match="public_key_not_readable"):
        public_keys(other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def test_vector_of_our_own_is_still_believed():
    printed_before = (
        "NCFOXN*TS0BI% FCUHIMGD8THCHV$C.JL.0G5$36R54HEROB+CM+-OLCV$GMRA3UA376B 7396BHRJNOJ5E9-WBWCJ"
        "DI5.ZJKOJ75Q4BTVZJWFLYT12J9IF6.L2323VS0J:I-/C4R2SZOY73D838X6$96$SHG8G7BA6C41+P$PIF14+IOM0Q"
        ":CORMMH9RHGD.P4PVSR3H*TQ++9E:S1IG07U*XL.2NSIRUGQBENRTTJ8G93VRWG6D3E0P2NHQ:5%0OB278:BXPB6CQ"
        "G:S4ZS*.L-YR9V7-+IPFV+RFA2KDR7F50ECAI0"
    )

    assert verify(printed_before, KEYS, on=IN_MAY) == ASHA
    assert printed_before == PRINTED


def published(kind: str) -> list[object]:
    return [json.loads(path.read_text()) for path in sorted(SHARED.glob(f"{kind}/*.json"))]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published vectors of Claim 169 are not on this machine")
@pytest.mark.parametrize("vector", published("invalid") + published("valid"), ids=lambda one: one["name"])
def test_published_vector_is_judged_as_it_should(vector):
    expected = {
        # Genuine identities, signed with a key we were given, but not ration tokens.
        "ed25519-signed": "token_not_ours",
        "ecdsa-p256-signed": "token_not_ours",
        # For readers who hold the secret key.
        "encrypted-aes256": "token_not_readable",
        "encrypted-signed": "token_not_readable",
        "bad-base45": "token_not_readable",
        "bad-zlib": "token_not_readable",
        "not-cose": "token_not_readable",
    }
    # All others carry no signature.
    assert refused(vector["qr_data"], keys=keys_of(vector)) == expected.get(
        vector["name"], "token_signature_wrong"
    )


def keys_of(vector):
    given = vector.get("signing_key")
    if given is None:
        return KEYS
    raw = bytes.fromhex(given["public_key_hex"])
    key = (
        Ed25519PublicKey.from_public_bytes(raw)
        if given["algorithm"] == "EdDSA"
        else ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    )
    return public_keys(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def test_a_day_is_a_day_in_india():
    one_day = replace(ASHA, first_day=IN_MAY, last_day=IN_MAY)

    assert verify(SIGNER.sign(one_day), KEYS, on=IN_MAY) == one_day
    assert refused(SIGNER.sign(one_day), on=IN_MAY + timedelta(days=1)) == "token_over"


@pytest.mark.req("R-NFR-08")
def test_days_of_a_token_begin_and_end_at_midnight_in_india():
    signed = cbor2.loads(zlib.decompress(base45.b45decode(PRINTED)))
    claims = cbor2.loads(signed.value[2])
    assert datetime.fromtimestamp(claims[NOT_BEFORE], UTC) == datetime(2020, 3, 31, 18, 30, tzinfo=UTC)
    assert datetime.fromtimestamp(claims[EXPIRES], UTC) == datetime(2020, 6, 30, 18, 30, tzinfo=UTC)
    assert Month.of(ASHA.last_day).last_day == ASHA.last_day
