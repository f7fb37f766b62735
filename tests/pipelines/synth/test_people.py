"""Nobody real: numbers of the test range, villages and mobiles nobody has; and the shapes of the north."""

from rasad.values import check_digit


def share(ask, what: str, table: str) -> float:
    return float(ask(f"select avg(({what})::int) from {table}")[0][0])


def test_every_number_is_of_the_test_range(ask) -> None:
    numbers = [
        row[0] for row in ask("select aadhaar from members union all select aadhaar from register_members")
    ]
    given = [number for number in numbers if number is not None]
    assert {(len(number), number[:4]) for number in given} == {(12, "9999")}
    wrong = sum(not check_digit.is_valid(number) for number in given)
    assert 0 < wrong < 0.02 * len(given)


def test_a_number_is_one_persons_but_for_mistakes(ask) -> None:
    people = """
        select aadhaar, person from register_members join truth_register using (card_number, line)
        where aadhaar is not null
        union select aadhaar, person from members join truth_people using (source, reference, line)
        where aadhaar is not null
    """
    several = [
        count for (count,) in ask(f"select count(*) from ({people}) group by aadhaar having count(*) > 1")
    ]
    # Seven families an operator typed his own number for; two people of the register typed as one.
    assert set(several) == {2, 7}
    assert len(several) < 0.002 * len(ask(people))


def test_two_people_with_one_number_are_on_apl_cards(ask) -> None:
    twice = (
        "select aadhaar from register_members where aadhaar is not null group by aadhaar having count(*) > 1"
    )
    cards = f"from register_members join register_cards using (card_number) where aadhaar in ({twice})"
    assert ask(f"select distinct category {cards}") == [("APL",)]


def test_codes_and_mobiles_are_nobodys(ask) -> None:
    assert ask(
        "select distinct code[:2] from register_places where kind in ('village', 'ward') order by 1"
    ) == [
        ("90",),
        ("95",),
    ]
    assert ask("select distinct mobile[:2], length(mobile) from families where mobile is not null") == [
        ("66", 10)
    ]


def test_places_hang_together_by_real_codes(ask) -> None:
    named = ask("select code, name, name_hi from register_places where kind = 'district' order by code")
    assert named == [("58", "Ambala", "अम्बाला"), ("604", "Nuh", "नूंह"), ("67", "Karnal", "करनाल")]
    orphans = """
        from register_places p where parent_code <> '' and not exists (
            from register_places q where (q.kind, q.code) = (p.parent_kind, p.parent_code))
    """
    assert ask(orphans) == []


def test_cards_and_shops_stand_in_places_that_exist(ask) -> None:
    for table in ("register_cards", "register_shops"):
        assert ask(f"from {table} anti join register_places on code = place") == []
    assert ask("from register_cards anti join register_shops on number = shop_number") == []
    closed = "select number from register_shops where open_until is not null"
    assert ask(f"from register_cards where shop_number in ({closed})") == []


def test_families_are_of_the_size_of_card_families(ask) -> None:
    sizes = "(select count(*) as size from register_members group by card_number)"
    assert 3.4 < ask(f"select avg(size) from {sizes}")[0][0] < 4.2
    assert 0.07 < share(ask, "size = 1", sizes) < 0.14
    assert ask(f"select max(size) from {sizes}") == [(10,)]


def test_one_word_names_and_shared_surnames_are_common(ask) -> None:
    assert 0.22 < share(ask, "name not like '% %'", "register_members") < 0.34
    last = "list_last(string_split({}, ' '))"
    same = f"{last.format('name')} = {last.format('guardian_name')}"
    assert 0.18 < share(ask, same, "register_members") < 0.26


def test_spelling_strays_between_source_and_register(ask) -> None:
    pairs = """(
        select m.name as there, r.name as here
        from members m join truth_people using (source, reference, line)
        join truth_register t using (person) 
        join register_members r on (r.card_number, r.line) = (t.card_number, t.line)
        where m.source = 'mmpsy')"""
    assert 0.55 < share(ask, "there = here", pairs) < 0.85


def test_sources_write_as_they_do(ask) -> None:
    hindi = "name > 'ऀ'"
    assert 0.2 < share(ask, hindi, "sources_local_committee_members") < 0.48
    assert share(ask, hindi, "sources_mmpsy_members") < 0.06
    assert share(ask, "name = upper(name)", "sources_saral_members") == 1.0
    assert share(ask, "aadhaar is null", "sources_mmpsy_members") < 0.15
    assert 0.5 < share(ask, "aadhaar is null", "sources_cm_twitter_members") < 0.85
    assert 0.15 < share(ask, "mobile is null", "sources_local_committee_families") < 0.35


def test_birthdays_are_often_unknown_and_ages_round(ask) -> None:
    assert 0.25 < share(ask, "born_on is null", "register_members") < 0.35
    assert 0.02 < share(ask, "birth_year is null", "register_members") < 0.08
    first = "month(born_on) = 1 and day(born_on) = 1"
    assert 0.25 < share(ask, first, "(from register_members where born_on is not null)") < 0.40
    told = "(from sources_local_committee_members where age between 25 and 90)"
    assert share(ask, "age % 5 = 0", told) > 0.45


def test_mess_is_typed_but_impossible(ask) -> None:
    assert ask("select count(*) > 0 from members where age < 0 or age > 120") == [(True,)]
    assert ask("select count(*) > 0 from members where born_on > date '2020-05-15'") == [(True,)]


def test_some_places_are_unknown_or_nowhere(ask) -> None:
    assert 0.005 < share(ask, "place is null", "families") < 0.08
    assert 0 < share(ask, "place = '99999999'", "families") < 0.03


def test_shops_can_take_the_tokens_with_some_to_spare(ask) -> None:
    room = ask("select sum(capacity) from register_shops where open_until is null")[0][0]
    tokens = ask("select count(*) from truth_rows where outcome = 'token'")[0][0]
    assert 1.28 < room / tokens < 1.30
