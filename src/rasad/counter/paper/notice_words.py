"""What the notice in the shop says, in each language. Numbers and days come from the rules."""

from rasad.policy.rows import Text

TITLE = Text(
    en="How ration is given at this shop", hi="इस दुकान पर राशन कैसे मिलता है", bn="এই দোকানে রেশন কীভাবে দেওয়া হয়"
)
ONORC = Text(en="One Nation One Ration Card", hi="एक राष्ट्र एक राशन कार्ड", bn="এক দেশ এক রেশন কার্ড")
ORDER = Text(
    en="By order {number} of {day}, {government}.",
    hi="आदेश संख्या {number}, दिनांक {day}, {government} के अनुसार।",
    bn="{government}-এর {day} তারিখের {number} নম্বর আদেশ অনুসারে।",
)
GOVERNMENT = Text(en="Government of {state}", hi="{state} सरकार", bn="{state} সরকার")
FOLLOWED = Text(
    en="{state} has published no procedure of its own and follows it.",
    hi="{state} ने अपनी कोई प्रक्रिया प्रकाशित नहीं की है और इसी का पालन करता है।",
    bn="{state} নিজস্ব কোনও প্রক্রিয়া প্রকাশ করেনি, এটিই মেনে চলে।",
)
DEALER = Text(en="For the dealer:", hi="दुकानदार के लिए:", bn="ডিলারের জন্য:")
OPERATION = {
    "start": Text(
        en="start the e-PoS at the opening time on every day the shop is open;",
        hi="दुकान खुलने के हर दिन, खुलने के समय ही ई-पॉस चालू करें;",
        bn="দোকান খোলার প্রতিদিন, খোলার সময়েই ই-পস চালু করুন;",
    ),
    "online": Text(
        en="keep it online during all working hours, every sale is made online;",
        hi="काम के पूरे समय उसे ऑनलाइन रखें, हर बिक्री ऑनलाइन होती है;",
        bn="কাজের পুরো সময় সেটি অনলাইন রাখুন, প্রতিটি বিক্রি অনলাইনে হয়;",
    ),
    "noday": Text(
        en="nothing is downloaded for the day, each sale fetches what it needs.",
        hi="रोज़ कुछ डाउनलोड नहीं करना है, हर बिक्री के समय ज़रूरी जानकारी अपने-आप आती है।",
        bn="রোজ কিছু ডাউনলোড করতে হয় না, প্রতি বিক্রির সময় দরকারি তথ্য নিজেই এসে যায়।",
    ),
}
HOME = Text(en="A. Cards of this shop", hi="क. इस दुकान से जुड़े कार्ड", bn="ক. এই দোকানের সঙ্গে যুক্ত কার্ড")
CARD = Text(
    en="Show the ration card. The dealer enters its details into the e-PoS.",
    hi="राशन कार्ड दिखाएँ। दुकानदार उसका विवरण ई-पॉस में दर्ज करता है।",
    bn="রেশন কার্ড দেখান। ডিলার তার বিবরণ ই-পস-এ তোলেন।",
)
FAMILY = Text(
    en="The screen shows all members of the family, and for each whether Aadhaar is seeded and validated.",
    hi="स्क्रीन पर परिवार के सभी सदस्य दिखते हैं, और हर एक के सामने यह कि आधार जुड़ा और सत्यापित है या नहीं।",
    bn="পর্দায় পরিবারের সব সদস্য দেখা যায়, আর প্রত্যেকের পাশে লেখা থাকে আধার যুক্ত ও যাচাই করা কি না।",
)
FINGER = Text(
    en="A member whose Aadhaar is linked and validated places a finger on the e-PoS.",
    hi="जिस सदस्य का आधार जुड़ा और सत्यापित है, वह ई-पॉस पर उँगली रखता है।",
    bn="যে সদস্যের আধার যুক্ত ও যাচাই করা, তিনি ই-পস-এ আঙুল রাখেন।",
)
CODE = Text(
    en="If the finger fails {attempts} time, the seeded mobiles of the family appear. You choose to which of them a"
    " code is sent (it must be with you) and tell the dealer the code. It is to be entered within {seconds} seconds.",
    hi="उँगली {attempts} बार न मिले तो परिवार के दर्ज मोबाइल नंबर दिखते हैं। आप चुनते हैं कि कोड किस नंबर पर आए (वह"
    " मोबाइल साथ होना चाहिए) और दुकानदार को कोड बताते हैं। कोड {seconds} सेकंड के भीतर दर्ज होना चाहिए।",
    bn="আঙুল {attempts} বার না মিললে পরিবারের যুক্ত মোবাইল নম্বরগুলি দেখা যায়। কোন নম্বরে কোড আসবে তা আপনি বাছেন"
    " (সেই মোবাইল সঙ্গে থাকা চাই) এবং ডিলারকে কোড বলেন। {seconds} সেকেন্ডের মধ্যে কোড তুলতে হয়।",
)
WHOLE_FAMILY = Text(
    en="After a finger or a code the ration of the whole family is given.",
    hi="उँगली या कोड के सफल होने पर पूरे परिवार का राशन मिलता है।",
    bn="আঙুল বা কোড মিললে গোটা পরিবারের রেশন দেওয়া হয়।",
)
ANYWAY = Text(
    en="If neither succeeds, ration is given all the same. The sale is recorded as unauthenticated. Nobody of this"
    " shop's cards is sent away for that.",
    hi="दोनों सफल न हों तो भी राशन मिलता है। बिक्री बिना प्रमाणीकरण की दर्ज होती है। इस कारण इस दुकान के किसी कार्डधारक"
    " को लौटाया नहीं जाता।",
    bn="কোনওটিই না মিললেও রেশন দেওয়া হয়। বিক্রিটি প্রমাণীকরণ ছাড়া বলে লেখা হয়। এই কারণে এই দোকানের কোনও কার্ডধারীকে"
    " ফেরানো হয় না।",
)
EKYC = Text(
    en="All cards are to be linked with Aadhaar and validated by eKYC on the e-PoS, requested by {by}.",
    hi="सभी कार्ड ई-पॉस पर ई-केवाईसी से आधार से जोड़ें और सत्यापित कराएँ; इसका अनुरोध {by} तक के लिए है।",
    bn="সব কার্ড ই-পস-এ ই-কেওয়াইসি করে আধারের সঙ্গে যুক্ত ও যাচাই করান; {by} তারিখের মধ্যে করার অনুরোধ।",
)
REMAINING = Text(
    en="If one of the family has taken ration elsewhere, less is left than is due. Only what is left is given. For"
    " more, ask the {contact}.",
    hi="परिवार के किसी सदस्य ने कहीं और राशन लिया हो तो हक़ से कम शेष दिखता है। जितना शेष है उतना ही मिलता है। अधिक"
    " जानकारी: {contact}।",
    bn="পরিবারের কেউ অন্যত্র রেশন নিয়ে থাকলে প্রাপ্যের চেয়ে কম বাকি থাকে। যতটা বাকি ততটাই দেওয়া হয়। আরও জানতে: {contact}।",
)
GUESTS = Text(en="B. Cards of other States", hi="ख. दूसरे राज्यों के कार्ड", bn="খ. অন্য রাজ্যের কার্ড")
WHO = Text(
    en="For NFSA cards that are linked with Aadhaar and validated. The card of the home State is enough; nobody is"
    " asked why he came.",
    hi="आधार से जुड़े और सत्यापित एनएफएसए कार्डों के लिए। गृह राज्य का कार्ड पर्याप्त है; आने का कारण नहीं पूछा जाता।",
    bn="আধার-যুক্ত ও যাচাই করা NFSA কার্ডের জন্য। নিজের রাজ্যের কার্ডই যথেষ্ট; কেন এসেছেন তা জিজ্ঞাসা করা হয় না।",
)
MENU = Text(
    en="On the e-PoS the dealer opens {path}.",
    hi="दुकानदार ई-पॉस पर {path} खोलता है।",
    bn="ডিলার ই-পস-এ {path} খোলেন।",
)
IDENTIFY = Text(
    en="You tell the ration card number or the Aadhaar number.",
    hi="आप राशन कार्ड संख्या या आधार संख्या बताते हैं।",
    bn="আপনি রেশন কার্ড নম্বর বা আধার নম্বর বলেন।",
)
CONSENT = Text(
    en="You are asked for your consent to the use of Aadhaar. Without it the procedure ends here.",
    hi="आधार के उपयोग के लिए आपकी सहमति माँगी जाती है। सहमति के बिना प्रक्रिया यहीं रुक जाती है।",
    bn="আধার ব্যবহারে আপনার সম্মতি চাওয়া হয়। সম্মতি ছাড়া প্রক্রিয়া এখানেই থামে।",
)
FINGERS = Text(
    en="{fingers} different fingers may be tried at a stretch. If all fail, the screen goes back, and {fingers} more"
    " may be tried.",
    hi="एक बार में {fingers} अलग उँगलियाँ आज़माई जा सकती हैं। सब न मिलें तो स्क्रीन पीछे लौटती है और फिर {fingers} उँगलियाँ"
    " आज़माई जा सकती हैं।",
    bn="একবারে {fingers}টি আলাদা আঙুল চেষ্টা করা যায়। সবক'টি না মিললে পর্দা আগের ধাপে ফেরে, আবার {fingers}টি চেষ্টা করা যায়।",
)
ONLY_FINGER = Text(
    en="There is no other way than the finger: no code, and no sale without authentication. If no finger matches, no"
    " foodgrain can be given.",
    hi="उँगली के अलावा कोई तरीका नहीं: न कोड, न बिना प्रमाणीकरण की बिक्री। कोई उँगली न मिले तो अनाज नहीं दिया जा सकता।",
    bn="আঙুল ছাড়া অন্য উপায় নেই: কোড নয়, প্রমাণীকরণ ছাড়া বিক্রিও নয়। কোনও আঙুল না মিললে খাদ্যশস্য দেওয়া যায় না।",
)
AVAILABLE = Text(
    en="Then the quantity available to the family is shown.",
    hi="इसके बाद परिवार के लिए उपलब्ध मात्रा दिखती है।",
    bn="তারপর পরিবারের জন্য কতটা পাওয়া যাবে তা দেখা যায়।",
)
LIFT = Text(
    en="{share} % of the full monthly entitlement of the family may be taken at a time; the remaining {rest} % after"
    " {days} days, if it was not taken at home.",
    hi="एक बार में परिवार के पूरे मासिक हक़ का {share} % लिया जा सकता है; शेष {rest} %, यदि घर पर"
    " न लिया गया हो, {days} दिन के अंतराल के बाद।",
    bn="একবারে পরিবারের পুরো মাসের প্রাপ্যের {share} % নেওয়া যায়; বাকি {rest} %, যদি"
    " বাড়িতে না নেওয়া হয়ে থাকে, {days} দিনের ব্যবধানে।",
)
REPLENISHED = Text(
    en="The shop is given more grain afterwards for what it gave to cards of other States.",
    hi="दूसरे राज्यों के कार्डों को दिए गए अनाज के बदले दुकान को बाद में अतिरिक्त अनाज मिलता है।",
    bn="অন্য রাজ্যের কার্ডে দেওয়া শস্যের জন্য দোকান পরে বাড়তি শস্য পায়।",
)
REFUSED = Text(
    en="Refused, or given less? Call {number}, toll free.",
    hi="मना किया या कम दिया? {number} पर निःशुल्क फ़ोन करें।",
    bn="না দিলে বা কম দিলে? {number} নম্বরে বিনামূল্যে ফোন করুন।",
)
