"""The words a member agrees to before eKYC. Change a word, and it is a new version."""

from rasad.policy.rows import Text

VERSION = "ekyc-2026-11"
TEXTS: dict[str, tuple[Text, ...]] = {
    "ekyc-2026-11": (
        Text(
            en="I give my Aadhaar number and my finger of my own will, so that this ration card is linked with them.",
            hi="मैं अपनी इच्छा से अपना आधार नंबर और उँगली की छाप दे रहा/रही हूँ, ताकि यह राशन कार्ड उनसे जुड़ जाए।",
            bn="আমি নিজের ইচ্ছায় আমার আধার নম্বর ও আঙুলের ছাপ দিচ্ছি, যাতে এই রেশন কার্ড তার সঙ্গে যুক্ত হয়।",
        ),
        Text(
            en="UIDAI is asked for my name; it is compared with the card and not kept.",
            hi="यूआईडीएआई से मेरा नाम पूछा जाता है; उसे कार्ड से मिलाया जाता है, रखा नहीं जाता।",
            bn="ইউআইডিএআই-কে আমার নাম জিজ্ঞাসা করা হয়; কার্ডের সঙ্গে মিলিয়ে দেখা হয়, রাখা হয় না।",
        ),
        Text(
            en="My number is kept under lock, my finger nowhere. If I say no, my family gets its ration all the same.",
            hi="मेरा नंबर ताले में रखा जाता है, उँगली की छाप कहीं नहीं। मना करने पर भी मेरे परिवार को राशन मिलेगा।",
            bn="আমার নম্বর তালাবদ্ধ থাকে, আঙুলের ছাপ কোথাও নয়। না বললেও আমার পরিবার রেশন পাবে।",
        ),
    )
}


def text(version: str = VERSION) -> tuple[Text, ...]:
    """The sentences of a version. Raises KeyError for one that never was."""
    return TEXTS[version]
