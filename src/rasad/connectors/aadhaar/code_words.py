"""What a code means for the person at the counter: one short sentence in each language of the house."""

from typing import NamedTuple


class Words(NamedTuple):
    """A sentence in English, Hindi and Bengali."""

    en: str
    hi: str
    bn: str

    def said(self, language: str) -> str:
        """The sentence in `en`, `hi` or `bn`; English for any other."""
        return {"hi": self.hi, "bn": self.bn}.get(language, self.en)


MATCHED = Words("Identity confirmed.", "पहचान हो गई।", "পরিচয় নিশ্চিত হয়েছে।")
OTHER_FINGER = Words(
    "The finger did not match. Wipe it and try another finger.",
    "उँगली नहीं मिली। उँगली पोंछकर दूसरी उँगली लगवाएँ।",
    "আঙুলের ছাপ মেলেনি। আঙুল মুছে অন্য আঙুল দিন।",
)
DETAILS_DIFFER = Words(
    "Name, age or address differ from Aadhaar. Go on with the next step.",
    "नाम, आयु या पता आधार से नहीं मिलता। अगला तरीक़ा अपनाएँ।",
    "নাম, বয়স বা ঠিকানা আধারের সঙ্গে মেলেনি। পরের ধাপে যান।",
)
ONE_FINGER_ONCE = Words(
    "The same finger was read twice. Use a different finger each time.",
    "एक ही उँगली दो बार ली गई। हर बार अलग उँगली लगवाएँ।",
    "একই আঙুল দুবার নেওয়া হয়েছে। প্রতিবার আলাদা আঙুল দিন।",
)
READ_AGAIN = Words(
    "The reading could not be used. Place the finger once more; this try does not count.",
    "यह छाप काम की नहीं रही। उँगली फिर लगवाएँ; यह प्रयास गिना नहीं जाएगा।",
    "এই ছাপ কাজে লাগেনি। আবার আঙুল দিন; এই চেষ্টা গোনা হবে না।",
)
TOO_OLD = Words(
    "The reading is too old. Place the finger once more.",
    "छाप पुरानी हो गई। उँगली फिर लगवाएँ।",
    "ছাপটি পুরোনো হয়ে গেছে। আবার আঙুল দিন।",
)
WRONG_CLOCK = Words(
    "The clock of the device is wrong. Set date and time, then place the finger again.",
    "मशीन की घड़ी ग़लत है। तारीख़ और समय ठीक करके उँगली फिर लगवाएँ।",
    "যন্ত্রের ঘড়ি ভুল। তারিখ ও সময় ঠিক করে আবার আঙুল দিন।",
)
BIOMETRICS_LOCKED = Words(
    "The holder has locked the fingerprints. Use the code on the mobile.",
    "धारक ने अपनी उँगलियों की पहचान लॉक की है। मोबाइल पर आया कोड लें।",
    "কার্ডধারী আঙুলের ছাপ লক করেছেন। মোবাইলের কোড ব্যবহার করুন।",
)
AADHAAR_LOCKED = Words(
    "The holder has locked this Aadhaar. Go on with the next step.",
    "धारक ने यह आधार लॉक किया है। अगला तरीक़ा अपनाएँ।",
    "কার্ডধারী এই আধার লক করেছেন। পরের ধাপে যান।",
)
NO_BIOMETRICS = Words(
    "Aadhaar has no fingerprints of this person. Use the code on the mobile.",
    "आधार में इस व्यक्ति की उँगलियों की छाप नहीं है। मोबाइल पर आया कोड लें।",
    "আধারে এই ব্যক্তির আঙুলের ছাপ নেই। মোবাইলের কোড ব্যবহার করুন।",
)
BEST_FINGER = Words(
    "The best finger of this person is not known yet. Go on with the next step.",
    "इस व्यक्ति की सबसे अच्छी उँगली अभी तय नहीं है। अगला तरीक़ा अपनाएँ।",
    "এই ব্যক্তির সেরা আঙুল এখনও জানা নেই। পরের ধাপে যান।",
)
FACE = Words(
    "The face cannot be used here. Use a finger or the next step.",
    "यहाँ चेहरे से पहचान नहीं हो सकती। उँगली या अगला तरीक़ा लें।",
    "এখানে মুখ দিয়ে পরিচয় হবে না। আঙুল বা পরের ধাপ নিন।",
)
WRONG_CODE = Words(
    "The code is wrong. Read it from the mobile again.",
    "कोड ग़लत है। मोबाइल से फिर पढ़ें।",
    "কোড ভুল। মোবাইল দেখে আবার পড়ুন।",
)
OTHER_CODE = Words(
    "This code belongs to an earlier request. Send a new code.",
    "यह कोड किसी पिछले अनुरोध का है। नया कोड भेजें।",
    "এই কোড আগের অনুরোধের। নতুন কোড পাঠান।",
)
CODE_USED_UP = Words(
    "Too many wrong codes, or none was sent. Send a new code or go on with the next step.",
    "कई बार ग़लत कोड डाला गया, या कोड भेजा ही नहीं गया। नया कोड भेजें या अगला तरीक़ा अपनाएँ।",
    "অনেকবার ভুল কোড, বা কোড পাঠানোই হয়নি। নতুন কোড পাঠান বা পরের ধাপে যান।",
)
NO_TOTP = Words(
    "This person has no code app. Send the code to the mobile.",
    "इस व्यक्ति के पास कोड वाला ऐप नहीं है। मोबाइल पर कोड भेजें।",
    "এই ব্যক্তির কোড-অ্যাপ নেই। মোবাইলে কোড পাঠান।",
)
NO_MOBILE = Words(
    "Aadhaar has no mobile number for this person. Go on with the next step.",
    "आधार में इस व्यक्ति का मोबाइल नंबर नहीं है। अगला तरीक़ा अपनाएँ।",
    "আধারে এই ব্যক্তির মোবাইল নম্বর নেই। পরের ধাপে যান।",
)
CODE_NOT_SENT = Words(
    "The code could not be sent now. Go on with the next step.",
    "अभी कोड नहीं भेजा जा सका। अगला तरीक़ा अपनाएँ।",
    "এখন কোড পাঠানো গেল না। পরের ধাপে যান।",
)
TOO_MANY_CODES = Words(
    "Too many codes were asked for. Go on with the next step.",
    "बहुत बार कोड माँगा गया। अगला तरीक़ा अपनाएँ।",
    "অনেকবার কোড চাওয়া হয়েছে। পরের ধাপে যান।",
)
DECEASED = Words(
    "Aadhaar has this person as deceased. Serve the family by the next step; the office will check.",
    "आधार में यह व्यक्ति दिवंगत दर्ज है। परिवार को अगले तरीक़े से राशन दें; कार्यालय जाँच करेगा।",
    "আধারে এই ব্যক্তি প্রয়াত। পরিবারকে পরের ধাপে রেশন দিন; অফিস যাচাই করবে।",
)
SUSPENDED = Words(
    "This Aadhaar is suspended. Go on with the next step; the holder should visit an Aadhaar centre.",
    "यह आधार निलंबित है। अगला तरीक़ा अपनाएँ; धारक आधार केंद्र जाएँ।",
    "এই আধার স্থগিত। পরের ধাপে যান; কার্ডধারী আধার কেন্দ্রে যান।",
)
CANCELLED = Words(
    "This Aadhaar is cancelled. Go on with the next step; the holder should enrol again.",
    "यह आधार रद्द है। अगला तरीक़ा अपनाएँ; धारक फिर नामांकन कराएँ।",
    "এই আধার বাতিল। পরের ধাপে যান; কার্ডধারী আবার নাম নথিভুক্ত করুন।",
)
NUMBER_UNKNOWN = Words(
    "Aadhaar does not find this number. Go on with the next step; the card's number should be checked.",
    "आधार में यह नंबर नहीं मिला। अगला तरीक़ा अपनाएँ; कार्ड में दर्ज नंबर जाँचें।",
    "আধারে এই নম্বর পাওয়া যায়নি। পরের ধাপে যান; কার্ডের নম্বর যাচাই করুন।",
)
VID_EXPIRED = Words(
    "The virtual number is wrong or has expired. Go on with the next step.",
    "वर्चुअल नंबर ग़लत है या उसकी अवधि बीत गई। अगला तरीक़ा अपनाएँ।",
    "ভার্চুয়াল নম্বর ভুল বা মেয়াদ শেষ। পরের ধাপে যান।",
)
AADHAAR_BUSY = Words(
    "Aadhaar does not answer now. Go on with the next step; nobody waits for it.",
    "आधार से अभी उत्तर नहीं मिल रहा। अगला तरीक़ा अपनाएँ; किसी को रुकना नहीं पड़ेगा।",
    "আধার এখন সাড়া দিচ্ছে না। পরের ধাপে যান; কাউকে অপেক্ষা করতে হবে না।",
)
CALL_OFFICE = Words(
    "Our connection to Aadhaar is not in order. Go on with the next step and call the office with this code.",
    "आधार से हमारा संपर्क ठीक नहीं है। अगला तरीक़ा अपनाएँ और यह कोड कार्यालय को बताएँ।",
    "আধারের সঙ্গে আমাদের সংযোগ ঠিক নেই। পরের ধাপে যান ও এই কোড অফিসে জানান।",
)
DEVICE_REFUSED = Words(
    "Aadhaar does not accept this fingerprint reader. Go on with the next step and call the office.",
    "आधार यह फ़िंगरप्रिंट मशीन नहीं मानता। अगला तरीक़ा अपनाएँ और कार्यालय को बताएँ।",
    "আধার এই আঙুলের ছাপের যন্ত্র মানছে না। পরের ধাপে যান ও অফিসে জানান।",
)
DEVICE_OUTDATED = Words(
    "The certificate of the fingerprint reader has run out. Restart it online; if it stays, call the office.",
    "फ़िंगरप्रिंट मशीन का प्रमाणपत्र पुराना है। इंटरनेट के साथ मशीन फिर चालू करें; न हो तो कार्यालय को बताएँ।",
    "ছাপের যন্ত্রের শংসাপত্রের মেয়াদ শেষ। ইন্টারনেট-সহ আবার চালু করুন; না হলে অফিসে জানান।",
)
CONSENT = Words(
    "The holder's consent was not recorded. Read out the consent and ask again.",
    "धारक की सहमति दर्ज नहीं हुई। सहमति पढ़कर सुनाएँ और फिर पूछें।",
    "কার্ডধারীর সম্মতি লেখা হয়নি। সম্মতি পড়ে শোনান ও আবার জিজ্ঞাসা করুন।",
)
EKYC_OPTED_OUT = Words(
    "The holder does not allow e-KYC. The sale goes on without it.",
    "धारक ने ई-केवाईसी की अनुमति नहीं दी है। राशन इसके बिना दिया जाएगा।",
    "কার্ডধারী ই-কেওয়াইসি-র অনুমতি দেননি। এটি ছাড়াই রেশন দেওয়া হবে।",
)
EKYC_FAILED = Words(
    "e-KYC did not confirm the person. Try another finger.",
    "ई-केवाईसी में पहचान नहीं हुई। दूसरी उँगली लगवाएँ।",
    "ই-কেওয়াইসি-তে পরিচয় মেলেনি। অন্য আঙুল দিন।",
)
EKYC_LATER = Words(
    "e-KYC is not possible now. The sale goes on; do the e-KYC another day.",
    "अभी ई-केवाईसी नहीं हो सकता। राशन दें; ई-केवाईसी किसी और दिन करें।",
    "এখন ই-কেওয়াইসি সম্ভব নয়। রেশন দিন; ই-কেওয়াইসি অন্য দিন করুন।",
)
UNKNOWN_CODE = Words(
    "Aadhaar did not confirm the person. Go on with the next step and tell the office this code.",
    "आधार से पहचान नहीं हुई। अगला तरीक़ा अपनाएँ और यह कोड कार्यालय को बताएँ।",
    "আধার পরিচয় নিশ্চিত করেনি। পরের ধাপে যান ও এই কোড অফিসে জানান।",
)

# `actn`: what UIDAI asks the operator to do. It reaches the operator's screen beside the sentence of the code.
ACTIONS = {
    "A201": Words(
        "Check the Aadhaar number: it is not a valid one.",
        "आधार नंबर जाँचें: यह मान्य नहीं है।",
        "আধার নম্বর যাচাই করুন: এটি বৈধ নয়।",
    ),
    "A202": Words(
        "The Aadhaar data is not available now; try on another day.",
        "आधार का डेटा अभी उपलब्ध नहीं है; किसी और दिन प्रयास करें।",
        "আধারের তথ্য এখন পাওয়া যাচ্ছে না; অন্য দিন চেষ্টা করুন।",
    ),
    "A301": Words(
        "Ask the holder to bring an updated Aadhaar: the number is suspended.",
        "धारक से कहें कि आधार केंद्र में आधार अपडेट कराएँ: नंबर निलंबित है।",
        "কার্ডধারীকে আধার কেন্দ্রে আধার হালনাগাদ করতে বলুন: নম্বরটি স্থগিত।",
    ),
    "A401": Words(
        "Ask the holder to enrol for Aadhaar again: the number is cancelled.",
        "धारक से कहें कि आधार के लिए फिर नामांकन कराएँ: नंबर रद्द है।",
        "কার্ডধারীকে আধারে আবার নাম নথিভুক্ত করতে বলুন: নম্বরটি বাতিল।",
    ),
}
OTHER_ACTION = Words(
    "Aadhaar asks for a step that this screen does not know: tell the office this code.",
    "आधार ने ऐसा क़दम बताया है जो यह स्क्रीन नहीं जानती: यह कोड कार्यालय को बताएँ।",
    "আধার এমন একটি ধাপ চেয়েছে যা এই পর্দা জানে না: এই কোড অফিসে জানান।",
)
