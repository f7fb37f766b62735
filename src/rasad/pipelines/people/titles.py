"""Words in a name field that name nobody, or say whose child or wife a person is."""

# Words that stand in name fields and name nobody.
TITLES = frozenset(
    "shri shrimati smt sri sh mr mrs ms miss dr late lt sushri km ku kumari ji wife husband son daughter w/o s/o d/o"
    " wo so do c/o of alias urf shree sree shreemati shrimti srimati srimti sau mst mstt musammat musammaat mosammat"
    " mosammat mst. prof adv advocate er ca sardarni swargiya svargiya swa sva svarg sushree kum master mstr"
    " begam sahib saheb sahab h/o f/o m/o".split()
) - frozenset(["begam", "sahib", "saheb", "sahab", "sau"])
# Words most women and many men carry: they say little, and are often left out.
COMMON_SECONDS = frozenset(
    "devi kumar singh kaur bai rani bano begum khatun lal ram chand prasad bibi khatoon bewa".split()
)
SAME_NAME = {
    "md": "mohd", "mo": "mohd", "mohammad": "mohd", "mohammed": "mohd", "muhammad": "mohd", "mohamad": "mohd",
    "mohamed": "mohd", "muhammed": "mohd", "mohmmad": "mohd", "mohammd": "mohd", "mohamd": "mohd", "mhd": "mohd",
    "mahammad": "mohd", "mohommad": "mohd", "kr": "kumar", "kmr": "kumar", "sk": "sekh",
    "ch": "chaudhari", "chowdhury": "chaudhari", "choudhary": "chaudhari", "chaudhary": "chaudhari", "choudhury": "chaudhari",
    "chowdhary": "chaudhari", "chaudhuri": "chaudhari", "choudhuri": "chaudhari", "chaudhry": "chaudhari",
    "banerjee": "bandyopadhyay", "bandopadhyay": "bandyopadhyay", "bandyopadhyaya": "bandyopadhyay",
    "bandopadhyaya": "bandyopadhyay", "mukherjee": "mukhopadhyay", "mukhopadhyaya": "mukhopadhyay",
    "chatterjee": "chattopadhyay", "chattopadhyaya": "chattopadhyay", "sheikh": "sekh", "shekh": "sekh",
    "shaikh": "sekh", "seikh": "sekh", "saikh": "sekh", "datta": "dutta", "dutt": "dutta", "datt": "dutta",
}  # fmt: skip
# Behind these stands whose child, wife or widow a person is; in Roman letters, as each script is spoken.
RELATIONS = frozenset(
    "s/o d/o w/o c/o h/o f/o m/o wo so do co putra putri putr putar puttar suputra suputri suputr patni dharmpatni"
    " pita pati valad vald wald walad zauje jauje joje bin bint binte beva bewah vidhwa vidhva atmaj atmaja stri"
    " potra potri স্বামী জং পিং".split()
)
ALIASES = frozenset("alias urf urph uraph oraphe orophe aka nee".split())
# Words before a name that most men of a community carry.
BEFORE = frozenset(["mohd"])
