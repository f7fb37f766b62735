"""What stands on the receipt, in each language."""

from rasad.policy.rows import Text
from rasad.web.language import active


def said(text: Text, **facts: object) -> str:
    """The words in the reader's language, with their facts."""
    return text.in_language(active()).format(**facts)


RECEIPT = Text(en="Ration receipt", hi="राशन की रसीद", bn="রেশনের রসিদ")
COPY = Text(en="Copy", hi="प्रतिलिपि", bn="প্রতিলিপি")
SHOP = Text(en="Shop", hi="दुकान", bn="দোকান")
NUMBER = Text(en="Receipt", hi="रसीद", bn="রসিদ")
AT = Text(en="Time", hi="समय", bn="সময়")
CARD = Text(en="Card", hi="कार्ड", bn="কার্ড")
TOKEN = Text(en="Token", hi="टोकन", bn="টোকেন")
CARD_OF = Text(en="Card of {state}", hi="{state} का कार्ड", bn="{state}-এর কার্ড")
MONTH = Text(en="Ration of", hi="राशन का महीना", bn="রেশনের মাস")
MEMBER = Text(en="Member", hi="सदस्य", bn="সদস্য")
MEMBER_LINE = Text(en="member {line}", hi="सदस्य {line}", bn="সদস্য {line}")
SHOWN_BY = Text(en="Shown by", hi="पहचान", bn="পরিচয়")
MODES = {
    "biometric": Text(en="finger (Aadhaar)", hi="उँगली (आधार)", bn="আঙুল (আধার)"),
    "mobile_otp": Text(en="code on a mobile", hi="मोबाइल पर कोड", bn="মোবাইলে কোড"),
    "unauthenticated": Text(en="not shown", hi="नहीं हुई", bn="হয়নি"),
}
UNAUTHENTICATED = Text(en="UNAUTHENTICATED SALE", hi="बिना प्रमाणीकरण की बिक्री", bn="প্রমাণীকরণ ছাড়া বিক্রি")
WHY = {
    "no_mobile_seeded": Text(
        en="No mobile is seeded.", hi="कोई मोबाइल नंबर दर्ज नहीं।", bn="কোনও মোবাইল নম্বর যুক্ত নেই।"
    ),
    "mobile_not_carried": Text(
        en="The mobile was not at hand.", hi="मोबाइल साथ नहीं था।", bn="মোবাইল সঙ্গে ছিল না।"
    ),
    "otp_expired": Text(en="The code came too late.", hi="कोड देर से मिला।", bn="কোড দেরিতে এসেছে।"),
    "otp_wrong": Text(en="The code was wrong.", hi="कोड ग़लत था।", bn="কোড ভুল ছিল।"),
    "otp_not_received": Text(en="The code did not arrive.", hi="कोड नहीं पहुँचा।", bn="কোড আসেনি।"),
}
ALLOCATIONS = {
    "NFSA": Text(en="Food Security Act (NFSA)", hi="खाद्य सुरक्षा अधिनियम", bn="খাদ্য সুরক্ষা আইন (NFSA)"),
    "OTNFSA": Text(en="outside the NFSA", hi="एनएफएसए से बाहर", bn="NFSA-র বাইরে"),
    "STATE": Text(en="State scheme", hi="राज्य की योजना", bn="রাজ্যের প্রকল্প"),
    "SUGAR": Text(en="sugar scheme", hi="चीनी योजना", bn="চিনি প্রকল্প"),
    "APY": Text(en="Annapurna (APY)", hi="अन्नपूर्णा", bn="অন্নপূর্ণা (APY)"),
}
TOP_UP = Text(en="additional", hi="अतिरिक्त", bn="বাড়তি")
MISSED = Text(en="missed in {month}", hi="{month} में न मिला", bn="{month} মাসে না পাওয়া")
LEFT = Text(en="Left this month: {left}", hi="इस माह शेष: {left}", bn="এ মাসে বাকি: {left}")
LEFT_NOW = Text(en="Left on {day}: {left}", hi="{day} को शेष: {left}", bn="{day} তারিখে বাকি: {left}")
TOTAL = Text(en="Total", hi="कुल", bn="মোট")
FREE = Text(en="free of cost", hi="निःशुल्क", bn="বিনামূল্যে")
REST = Text(
    en="The rest may be taken at any shop outside the home State from {earliest} to {until},"
    " if it was not taken at home.",
    hi="शेष राशन गृह राज्य से बाहर की किसी भी दुकान से {earliest} से {until} तक लिया जा सकता है, यदि घर पर न लिया गया हो।",
    bn="বাকিটা নিজের রাজ্যের বাইরে যে কোনও দোকানে {earliest} থেকে {until} পর্যন্ত নেওয়া যাবে, যদি বাড়িতে না নেওয়া হয়ে থাকে।",
)
REST_AT_HOME = Text(
    en="The rest may be taken this month, until {until}, only in the home State.",
    hi="शेष राशन इस महीने {until} तक केवल गृह राज्य में लिया जा सकता है।",
    bn="বাকিটা এ মাসে {until} পর্যন্ত শুধু নিজের রাজ্যেই নেওয়া যাবে।",
)
EKYC = Text(
    en="Please have every card and member linked with Aadhaar and validated by eKYC on the e-PoS of this shop,"
    " by {by}.",
    hi="कृपया सभी कार्डों और सदस्यों को इस दुकान के ई-पॉस पर ई-केवाईसी से आधार से जुड़वाएँ और सत्यापित कराएँ, {by} तक।",
    bn="দয়া করে সব কার্ড ও সদস্যকে এই দোকানের ই-পস-এ ই-কেওয়াইসি করে আধারের সঙ্গে যুক্ত ও যাচাই করান, {by} তারিখের মধ্যে।",
)
EKYC_LATE = Text(
    en="Please have every card and member linked with Aadhaar and validated by eKYC on the e-PoS of this shop. It was"
    " asked for by {by}; ration is given all the same.",
    hi="कृपया सभी कार्डों और सदस्यों को इस दुकान के ई-पॉस पर ई-केवाईसी से आधार से जुड़वाएँ और सत्यापित कराएँ। इसे"
    " {by} तक कराने का अनुरोध था; राशन फिर भी मिलता रहेगा।",
    bn="দয়া করে সব কার্ড ও সদস্যকে এই দোকানের ই-পস-এ ই-কেওয়াইসি করে আধারের সঙ্গে যুক্ত ও যাচাই করান। {by} তারিখের"
    " মধ্যে করতে বলা হয়েছিল; রেশন তবুও দেওয়া হবে।",
)
TAKEN_BACK = Text(en="TAKEN BACK", hi="बिक्री वापस ली गई", bn="বিক্রি ফেরত নেওয়া হয়েছে")
HELPLINE = Text(
    en="Something wrong? Call {number}, toll free.",
    hi="कुछ ग़लत है? {number} पर निःशुल्क फ़ोन करें।",
    bn="কিছু ভুল আছে? {number} নম্বরে বিনামূল্যে ফোন করুন।",
)
