"""Tables of made-up people for the matcher, drawn with a fixed seed."""

import random

import pyarrow as pa

GIVEN = [
    "Sunita",
    "Anita",
    "Kavita",
    "Geeta",
    "Ramesh",
    "Suresh",
    "Mahesh",
    "Rajesh",
    "Mukesh",
    "Naresh",
    "Dinesh",
    "Pawan",
    "Vikram",
    "Ashok",
    "Balbir",
    "Gurmeet",
    "Farida",
    "Shabana",
    "Imran",
    "Aslam",
    "Tapan",
    "Swapan",
    "Bimal",
    "Nirmal",
    "Kamal",
    "Shyamal",
    "Purnima",
    "Jharna",
    "Mamata",
    "Chandana",
    "Tulsi",
    "Lalita",
    "Savitri",
    "Kaushalya",
    "Hemlata",
    "Nirmala",
    "Sarita",
    "Babita",
    "Pushpa",
    "Rekha",
    "Yashpal",
    "Dharampal",
    "Rampal",
    "Jaipal",
    "Satpal",
    "Krishan",
    "Bishan",
    "Roshan",
    "Mohan",
    "Sohan",
    "Rohan",
    "Jagdish",
    "Harish",
    "Girish",
    "Manish",
    "Satish",
    "Paramjit",
    "Surjit",
    "Baljit",
    "Ranjit",
    "Amarjit",
    "Kuljit",
    "Daljit",
]
SURNAMES = [
    "Sharma",
    "Verma",
    "Yadav",
    "Dahiya",
    "Malik",
    "Hooda",
    "Phogat",
    "Sangwan",
    "Dhillon",
    "Sandhu",
    "Gill",
    "Brar",
    "Sidhu",
    "Goyal",
    "Mittal",
    "Bansal",
    "Jain",
    "Saini",
    "Kashyap",
    "Prajapati",
    "Rohilla",
    "Kaushik",
    "Vashisht",
    "Bhardwaj",
    "Punia",
    "Nain",
    "Khatri",
    "Chauhan",
    "Tomar",
    "Rathore",
    "Ansari",
    "Qureshi",
    "Khan",
    "Saifi",
    "Mallick",
    "Mondal",
    "Biswas",
    "Ghosh",
    "Bose",
    "Sarkar",
    "Pramanik",
    "Haldar",
    "Naskar",
    "Sardar",
    "Bera",
    "Maity",
    "Jana",
    "Patra",
    "Mahato",
    "Murmu",
]
VILLAGES = [
    f"{first}{last}" for first in ("Kher", "Ran", "Man", "Bas", "Dab") for last in ("i", "ia", "pur", "garh")
]
DRIFT = (("ee", "i"), ("i", "ee"), ("sh", "s"), ("v", "w"), ("a", "aa"), ("j", "z"))


def drifted(draw, word):
    """A word as another office spells it."""
    old, new = draw.choice(DRIFT)
    at = word.lower().find(old, 1)
    return word[:at] + new + word[at + len(old) :] if at > 0 else word


def person(draw, shared_surname):
    """One made-up person; in a region where surnames are shared most have one of two."""
    surname = draw.choice(("Das", "Roy")) if draw.random() < shared_surname else draw.choice(SURNAMES)
    return {
        "name": f"{draw.choice(GIVEN)} {surname}",
        "guardian": f"{draw.choice(GIVEN)} {surname}",
        "sex": draw.choice("MF"),
        "born": f"{draw.randint(1940, 2010)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
        "place": draw.choice(VILLAGES),
        "mobile": f"66{draw.randint(0, 99_999_999):08}" if draw.random() < 0.4 else None,
    }


def again(draw, one):
    """The same person as another office writes her down."""
    told = dict(one)
    if draw.random() < 0.3:
        told["name"] = " ".join(drifted(draw, word) for word in one["name"].split())
    if draw.random() < 0.2:
        told["name"] = told["name"].split()[0]
    if draw.random() < 0.3:
        told["guardian"] = drifted(draw, one["guardian"])
    if draw.random() < 0.3:
        told["born"] = f"{one['born'][:4]}-01-01"
    return told


def table(rows, prefix):
    """People as a table; `person` tells who."""
    return pa.Table.from_pylist([{"person": f"{prefix}{at}", **one} for at, one in enumerate(rows)])


def link(*, people=3_000, doubles=900, shared_surname=0.0, seed=7):
    """Two tables; the first `doubles` of the left are people of the right."""
    draw = random.Random(seed)
    right = [person(draw, shared_surname) for _ in range(people)]
    left = [again(draw, one) for one in right[:doubles]]
    left += [person(draw, shared_surname) for _ in range(doubles)]
    return table(left, "l"), table(right, "r")


COLUMNS = {name: name for name in ("person", "name", "guardian", "sex", "born", "place", "mobile")}
