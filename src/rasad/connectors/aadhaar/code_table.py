"""The table of UIDAI's codes (Authentication, OTP and e-KYC API 2.5), in the order of their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rasad.connectors.aadhaar import code_words as say

Leads = Literal["matched", "mismatch", "capture_again", "next_step", "try_later", "our_fault"]
# Which call UIDAI gives a code to: a finger, a code that is entered, a code that is sent, e-KYC.
Call = Literal["finger", "otp", "send_otp", "ekyc"]
# Not UIDAI's: it did not answer in the time the counter could give.
TIMED_OUT = "timed_out"


@dataclass(frozen=True)
class Code:
    """One code: what UIDAI means by it, where it leads, and what the operator reads."""

    code: str
    meaning: str
    leads_to: Leads
    words: say.Words
    call: Call = "finger"


OUTCOMES = [
    Code("", "Authenticated", "matched", say.MATCHED),
    Code(TIMED_OUT, "No answer in the time there was", "try_later", say.AADHAAR_BUSY),
    Code("NA", "Not recorded by UIDAI; may be sent again", "try_later", say.AADHAAR_BUSY),
    Code("100", "Pi (basic) attributes did not match", "mismatch", say.DETAILS_DIFFER),
    Code("200", "Pa (address) attributes did not match", "mismatch", say.DETAILS_DIFFER),
    Code("300", "Biometric data did not match", "mismatch", say.OTHER_FINGER),
    Code("310", "Duplicate fingers", "capture_again", say.ONE_FINGER_ONCE),
    Code("311", "Duplicate irises", "capture_again", say.READ_AGAIN),
    Code("312", "FMR and FIR in one request", "capture_again", say.READ_AGAIN),
    Code("313", "More than one finger in a FIR record", "capture_again", say.READ_AGAIN),
    Code("314", "More than 10 fingers", "capture_again", say.READ_AGAIN),
    Code("315", "More than 2 irises", "capture_again", say.READ_AGAIN),
    Code("316", "More than 1 face", "capture_again", say.READ_AGAIN),
    Code("317", "More than 2 kinds of biometrics", "capture_again", say.READ_AGAIN),
    Code("318", "Best finger detection with something else", "capture_again", say.READ_AGAIN),
    Code("330", "Biometrics locked by the holder", "next_step", say.BIOMETRICS_LOCKED),
    Code("331", "Aadhaar locked by the holder", "next_step", say.AADHAAR_LOCKED),
    Code("332", "Aadhaar blocked by the holder", "next_step", say.AADHAAR_LOCKED),
    Code("811", "No biometrics on record", "next_step", say.NO_BIOMETRICS),
    Code("812", "Best finger detection not done", "next_step", say.BEST_FINGER),
    Code("914", "Face may not be used alone", "next_step", say.FACE),
    Code("915", "Face may not be used at this age", "next_step", say.FACE),
    Code("916", "Face image of a wrong form", "capture_again", say.FACE),
    Code("917", "Face captured in a wrong way", "capture_again", say.FACE),
    Code("950", "Technical error in the OTP store", "next_step", say.CODE_NOT_SENT),
    Code("951", "Technical error in the biometric lock", "next_step", say.AADHAAR_BUSY),
    Code("994", "Holder deceased", "next_step", say.DECEASED),
    Code("995", "Suspended by the competent authority", "next_step", say.SUSPENDED),
    Code("996", "Cancelled", "next_step", say.CANCELLED),
    Code("997", "Suspended", "next_step", say.SUSPENDED),
    Code("998", "Number invalid or not available", "next_step", say.NUMBER_UNKNOWN),
    Code("999", "Unknown error at UIDAI", "try_later", say.AADHAAR_BUSY),
]
MOBILE_CODE = [
    Code("110", "No e-mail", "next_step", say.NO_MOBILE, "send_otp"),
    Code("111", "No mobile", "next_step", say.NO_MOBILE, "send_otp"),
    Code("112", "No e-mail and no mobile", "next_step", say.NO_MOBILE, "send_otp"),
    Code("113", "E-mail not verified", "next_step", say.NO_MOBILE, "send_otp"),
    Code("114", "Mobile not verified", "next_step", say.NO_MOBILE, "send_otp"),
    Code("115", "E-mail and mobile not verified", "next_step", say.NO_MOBILE, "send_otp"),
    Code("400", "Wrong OTP", "mismatch", say.WRONG_CODE, "otp"),
    Code("402", "OTP of another transaction", "next_step", say.OTHER_CODE, "otp"),
    Code("403", "OTP attempts exceeded, or none generated", "next_step", say.CODE_USED_UP, "otp"),
    Code("430", "TOTP not allowed for this holder", "next_step", say.NO_TOTP, "otp"),
    Code("952", "OTP flooding", "next_step", say.TOO_MANY_CODES, "send_otp"),
    Code("953", "Too many OTPs without use", "next_step", say.TOO_MANY_CODES, "send_otp"),
]


def _rows(
    leads_to: Leads, words: say.Words, meanings: dict[str, str], *, call: Call = "finger"
) -> Iterator[Code]:
    return (Code(code, meaning, leads_to, words, call) for code, meaning in meanings.items())


CAPTURE = [
    *_rows(
        "capture_again",
        say.READ_AGAIN,
        {
            "500": "Session key cannot be opened",
            "502": "PID block cannot be opened",
            "503": "HMAC cannot be opened",
            "510": "Auth XML of a wrong form",
            "511": "PID XML of a wrong form",
            "541": "PID of another version",
            "563": "Duplicate request",
            "564": "HMAC does not match",
        },
    ),
    Code("561", "Request older than 24 hours", "capture_again", say.TOO_OLD),
    Code("562", "Request from the future", "capture_again", say.WRONG_CLOCK),
]
NUMBERS = [
    Code("514", "Token not valid", "next_step", say.NUMBER_UNKNOWN),
    Code("515", "VID not valid", "next_step", say.VID_EXPIRED),
    Code("517", "VID expired", "next_step", say.VID_EXPIRED),
]
OURS = [
    Code("501", "Certificate of the session key not known (ci)", "our_fault", say.DEVICE_OUTDATED),
    Code("512", "No consent (rc)", "our_fault", say.CONSENT),
    *_rows(
        "our_fault",
        say.CALL_OFFICE,
        {
            "520": "Terminal (tid) not valid",
            "540": "Auth XML of another version",
            "542": "AUA not linked with ASA",
            "543": "Sub-AUA not linked with AUA",
            "550": "Uses differs from what is in the PID",
            "565": "AUA's licence not valid or expired",
            "566": "ASA's licence not valid or expired",
            "569": "Signature does not hold",
            "570": "Signed with a certificate that is not the agency's",
        },
    ),
    *_rows(
        "our_fault",
        say.DEVICE_REFUSED,
        {
            "521": "Device code (dc) not valid",
            "524": "Device model (mi) not valid",
            "527": "Device certificate (mc) not valid",
            "553": "Registered devices not supported",
            "554": "Public devices not allowed",
            "555": "RD software (rdsId) not registered",
            "556": "RD software version (rdsVer) not registered",
            "557": "Device provider (dpId) not registered",
            "558": "Device hash (dih) not valid",
            "588": "Registered device not allowed by the licence",
            "592": "RD software not accepted",
            "593": "Device provider not accepted",
            "594": "Device blocked",
        },
    ),
    Code("559", "Device certificate expired", "our_fault", say.DEVICE_OUTDATED),
    Code("560", "Device provider's certificate expired", "our_fault", say.DEVICE_OUTDATED),
]
TECHNICAL = [
    *_rows(
        "try_later", say.AADHAAR_BUSY, {str(code): "Technical error at UIDAI" for code in range(930, 940)}
    ),
    Code("940", "ASA's channel not authorised", "try_later", say.AADHAAR_BUSY),
    Code("941", "ASA's channel not specified", "try_later", say.AADHAAR_BUSY),
]
EKYC = [
    Code("K-100", "Authentication failed", "mismatch", say.EKYC_FAILED, "ekyc"),
    Code("K-200", "Holder's data not available", "try_later", say.EKYC_LATER, "ekyc"),
    Code("K-514", "Token not valid", "next_step", say.NUMBER_UNKNOWN, "ekyc"),
    Code("K-515", "VID not valid", "next_step", say.VID_EXPIRED, "ekyc"),
    Code("K-516", "ANCS token not valid", "next_step", say.NUMBER_UNKNOWN, "ekyc"),
    Code("K-517", "VID expired", "next_step", say.VID_EXPIRED, "ekyc"),
    Code("K-542", "No consent (rc)", "our_fault", say.CONSENT, "ekyc"),
    Code("K-545", "Holder has opted out", "next_step", say.EKYC_OPTED_OUT, "ekyc"),
    Code("K-547", "wadh differs from the request", "capture_again", say.READ_AGAIN, "ekyc"),
    *_rows(
        "our_fault",
        say.CALL_OFFICE,
        {
            "K-519": "Authenticator code not valid",
            "K-540": "KYC XML of a wrong form",
            "K-541": "KYC XML of another version",
            "K-544": "ra differs from what is in the PID",
            "K-546": "pfr not valid",
            "K-550": "Uses not valid",
            "K-551": "Namespace of the transaction not valid",
            "K-552": "KUA's licence not valid",
            "K-553": "KUA's licence expired",
            "K-569": "Signature does not hold",
            "K-570": "Signed with a certificate that is not the agency's",
            "K-571": "Technical error while signing the answer",
            "K-600": "AUA is no KUA",
            "K-601": "ASA not authorised",
            "K-602": "KUA's encryption key not available",
            "K-603": "ASA's encryption key not available",
            "K-604": "ASA may not sign",
            "K-605": "No encryption key available",
        },
        call="ekyc",
    ),
    *_rows(
        "try_later",
        say.EKYC_LATER,
        {
            "K-955": "Technical failure at UIDAI",
            "K-956": "Technical error while making the PDF",
            "K-999": "Unknown error at UIDAI",
        },
        call="ekyc",
    ),
]
CODES: dict[str, Code] = {
    row.code: row for row in (*OUTCOMES, *MOBILE_CODE, *CAPTURE, *NUMBERS, *OURS, *TECHNICAL, *EKYC)
}
