"""The words a holder of another State's card agrees to. Change a word, and it is a new version.

`visitors.CONSENT_VERSION` names the version in force; a consent keeps version and language.
"""

from rasad.counter.visitors import CONSENT_VERSION
from rasad.policy.rows import Text

TEXTS: dict[str, tuple[Text, ...]] = {
    "2026-11": (
        Text(
            en="I give my Aadhaar number or my card number, and my finger, of my own will.",
            hi="मैं अपनी इच्छा से अपना आधार नंबर या कार्ड नंबर और अपनी उँगली की छाप दे रहा/रही हूँ।",
            bn="আমি নিজের ইচ্ছায় আমার আধার নম্বর বা কার্ড নম্বর এবং আঙুলের ছাপ দিচ্ছি।",
        ),
        Text(
            en="They are used for one thing: to ask UIDAI whether it is me, so that my family gets its ration here.",
            hi="इनका उपयोग केवल एक काम के लिए होगा: यूआईडीएआई से पूछना कि यह मैं ही हूँ, ताकि मेरे परिवार को यहाँ राशन मिले।",
            bn="এগুলি একটি কাজেই লাগবে: ইউআইডিএআই-কে জিজ্ঞাসা করা যে এ আমিই, যাতে আমার পরিবার এখানে রেশন পায়।",
        ),
        Text(
            en="My finger is sent to UIDAI sealed. It is kept neither here nor in this machine.",
            hi="मेरी उँगली की छाप बंद (सील) करके यूआईडीएआई को भेजी जाती है। वह न यहाँ रखी जाती है, न इस मशीन में।",
            bn="আমার আঙুলের ছাপ বন্ধ (সিল) করে ইউআইডিএআই-তে পাঠানো হয়। তা এখানে বা এই যন্ত্রে রাখা হয় না।",
        ),
        Text(
            en="I may say no. Then my own shop at home gives the ration.",
            hi="मैं मना कर सकता/सकती हूँ। तब राशन मेरे घर की अपनी दुकान से मिलेगा।",
            bn="আমি না বলতে পারি। তখন রেশন আমার নিজের এলাকার দোকান থেকে পাব।",
        ),
    )
}


def text(version: str = CONSENT_VERSION) -> tuple[Text, ...]:
    """The sentences of a version. Raises KeyError for one that never was."""
    return TEXTS[version]
