"""PID blocks: sealed for one certificate, with or without ts before the data."""

import hashlib
import os
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from rasad.connectors.aadhaar import pid, xml
from rasad.connectors.aadhaar.keys import made, public_key

TS = "2020-05-15T12:00:00"
NOON = pid.moment(TS)
FINGER = pid.Bio("FMR", "LEFT_INDEX", b"made-up finger")
UIDAI = made("UIDAI")


def opened(sealed, *, around=NOON):
    key = pid.session_key(sealed.skey, key=UIDAI.key)
    clear, ts = pid.open_data(sealed.data, key=key, around=around)
    pid.check_hmac(sealed.hmac, pid=clear, key=key, ts=ts)
    return clear, ts


def test_block_with_a_finger_is_as_uidai_writes_it():
    root = xml.parsed(pid.written(ts=TS, bios=[FINGER], wadh="w"))
    finger = root[0][0]

    assert (xml.name(root), root.get("ts"), root.get("ver"), root.get("wadh")) == ("Pid", TS, "2.0", "w")
    assert xml.name(root[0]) == "Bios"
    assert (finger.get("type"), finger.get("posh"), finger.text) == (
        "FMR",
        "LEFT_INDEX",
        b64encode(b"made-up finger").decode(),
    )


@pytest.mark.parametrize("is_prefixed", [True, False])
def test_sealed_block_is_opened_with_and_without_ts_before_it(is_prefixed):
    clear = pid.written(ts=TS, bios=[FINGER])

    sealed = pid.seal(clear, ts=TS, certificate=UIDAI.certificate, is_prefixed=is_prefixed)

    assert b64decode(sealed.data).startswith(TS.encode()) is is_prefixed
    assert b64decode(sealed.hmac).startswith(TS.encode()) is is_prefixed
    assert opened(sealed) == (clear, TS)


def test_block_without_ts_before_it_is_opened_for_minutes_around_only():
    sealed = pid.seal(b"<Pid/>", ts=TS, certificate=UIDAI.certificate, is_prefixed=False)

    assert opened(sealed, around=NOON + timedelta(minutes=5)) == (b"<Pid/>", TS)
    with pytest.raises(pid.PidError, match="502"):
        opened(sealed, around=NOON + timedelta(minutes=6))


def test_cipher_is_aes_256_gcm_with_the_ends_of_ts():
    """The vector, worked out with the plain cipher: nonce the last 12, associated data the last 16 bytes."""
    key = bytes(range(32))
    cipher = Cipher(algorithms.AES(key), modes.GCM(b"-15T12:00:00")).encryptor()
    cipher.authenticate_additional_data(b"0-05-15T12:00:00")
    expected = cipher.update(b"<Pid/>") + cipher.finalize() + cipher.tag

    assert pid.encrypted(b"<Pid/>", key=key, ts=TS) == expected
    assert pid.decrypted(expected, key=key, ts=TS) == b"<Pid/>"


def test_session_key_is_new_for_every_block():
    first, second = (pid.seal(b"<Pid/>", ts=TS, certificate=UIDAI.certificate) for _ in range(2))

    assert first.data != second.data
    assert pid.session_key(first.skey, key=UIDAI.key) != pid.session_key(second.skey, key=UIDAI.key)


def test_ci_is_the_day_the_certificate_expires():
    assert pid.seal(b"<Pid/>", ts=TS, certificate=UIDAI.certificate).ci == "20491231"


def test_hmac_is_the_hash_of_the_block_under_the_same_key():
    sealed = pid.seal(b"<Pid/>", ts=TS, certificate=UIDAI.certificate)
    key = pid.session_key(sealed.skey, key=UIDAI.key)

    digest = pid.decrypted(b64decode(sealed.hmac)[19:], key=key, ts=TS)

    assert digest == hashlib.sha256(b"<Pid/>").digest()


def refusal(opening, *given, **named):
    with pytest.raises(pid.PidError) as refused:
        opening(*given, **named)
    return refused.value.code


def test_what_cannot_be_opened_is_told_by_uidais_code():
    sealed = pid.seal(b"<Pid/>", ts=TS, certificate=UIDAI.certificate)
    key = pid.session_key(sealed.skey, key=UIDAI.key)
    short = b64encode(public_key(UIDAI.certificate).encrypt(b"too short", PKCS1v15())).decode()

    assert refusal(pid.session_key, "not base64!", key=UIDAI.key) == "500"
    assert refusal(pid.session_key, short, key=UIDAI.key) == "500"
    assert refusal(pid.open_data, sealed.data, key=os.urandom(32), around=NOON) == "502"
    assert refusal(pid.open_data, "%", key=key, around=NOON) == "502"
    assert refusal(pid.check_hmac, "AAAA", pid=b"<Pid/>", key=key, ts=TS) == "503"
    assert refusal(pid.check_hmac, sealed.hmac, pid=b"<Other/>", key=key, ts=TS) == "564"


def test_sealed_block_and_records_are_never_printed():
    sealed = pid.seal(pid.written(ts=TS, bios=[FINGER]), ts=TS, certificate=UIDAI.certificate)

    assert str(sealed) == "Sealed(ci='20491231')"
    assert str(FINGER) == "Bio(kind='FMR', posh='LEFT_INDEX')"
