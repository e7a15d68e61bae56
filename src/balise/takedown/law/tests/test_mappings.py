"""Each code of ours becomes the right one of theirs, in its own field, and what is lost is told."""

from dataclasses import replace
from enum import Enum

import pytest
from hypothesis import given, strategies as st
from tests.walks import of_each

from balise.takedown.law.rules.histories import DSA_CATEGORIES, DSA_KEYWORDS
from balise.takedown.law.rules.items import (
    FACTS,
    Act,
    AgeGroup,
    Answer,
    Commerciality,
    Item,
    Reality,
    Sex,
    SiteType,
    baseline,
    baseline_of,
    gravest,
    of_address,
    youngest,
)
from balise.takedown.law.rules.mappings import (
    DSA,
    INHOPE,
    IWF,
    NATIONAL,
    NCMEC,
    SCHEMES,
    XARF,
    Scheme,
    Table,
    loss,
    said,
)
from balise.takedown.law.rules.mappings.tables import LISTS, one_to_one
from balise.takedown.onward.exchange.rules.iccam.codes import ICCAM

ITEMS = st.builds(Item, **{name: st.sampled_from(codes) for name, codes in FACTS.items()})
TABLES = [
    pytest.param(scheme, table, id=f"{scheme.code}.{table.field}")
    for scheme in SCHEMES
    for table in scheme.tables
]
VALUES = [
    pytest.param(table, code, id=f"{scheme.code}.{table.field}.{code.name}")
    for scheme in SCHEMES
    for table in scheme.tables
    for code in table.theirs
]
WORST = Item(age=AgeGroup.PRE_PUBESCENT, sex=Sex.FEMALE, act=Act.CONTACT, reality=Reality.REAL)


class TestWhatSeveralItemsShow:
    def test_shows_the_youngest_before_one_who_looks_adult(self) -> None:
        some = [Item(age=AgeGroup.ADULT_LOOKING), Item(age=AgeGroup.INFANT)]
        assert youngest(some) is AgeGroup.INFANT
        assert youngest([Item(), some[0]]) is AgeGroup.ADULT_LOOKING
        assert (youngest([]), gravest([])) == (AgeGroup.UNKNOWN, Act.UNKNOWN)

    def test_shows_what_is_real_before_what_is_made(self) -> None:
        order = [Reality.DRAWN, Reality.GENERATED, Reality.UNKNOWN, Reality.REAL]
        for most in range(1, 5):
            whole = of_address([Item(reality=one) for one in order[:most]])
            assert whole is not None
            assert whole.reality is order[most - 1]

    def test_shows_what_is_known_of_its_site_and_of_money(self) -> None:
        known = Item(commerciality=Commerciality.FREE, site_type=SiteType.FORUM)
        whole = of_address([Item(), known])
        assert whole is not None
        assert (whole.commerciality, whole.site_type) == (Commerciality.FREE, SiteType.FORUM)
        nothing = of_address([Item(), Item()])
        assert nothing == Item()

    @pytest.mark.parametrize("unknown", ["age", "act", "reality"])
    def test_is_baseline_by_what_is_known_of_an_item(self, unknown: str) -> None:
        assert baseline(WORST).answer is Answer.YES
        one = replace(WORST, **{unknown: FACTS[unknown]("unknown")})  # type: ignore[arg-type]
        assert baseline(one).answer is Answer.UNKNOWN
        assert baseline(replace(one, reality=Reality.DRAWN)).answer is Answer.NO


class TestEveryTable:
    @of_each(("scheme", "table"), TABLES)
    def test_has_a_row_for_every_combination_of_ours(self, scheme: Scheme, table: Table) -> None:
        count = 1
        for name in table.reads:
            count *= len(LISTS[name])
        assert len(table.rows) == count
        assert {code for code in table.rows.values() if code is not None} <= set(table.theirs)

    @of_each(("table", "code"), VALUES)
    def test_goes_there_and_back_for_each_code_of_theirs(self, table: Table, code: Enum) -> None:
        rows = table.back(code)
        for row in rows:
            assert table.of(dict(zip(table.reads, row, strict=True))) is code
        unused = loss(Scheme("x", "x", "x", (table,))).tables[0].unused
        assert bool(rows) != (said(code) in unused)

    @of_each(("scheme", "table"), TABLES)
    def test_goes_there_and_back_for_each_code_of_ours(self, scheme: Scheme, table: Table) -> None:
        for row, code in table.rows.items():
            if code is not None:
                assert row in table.back(code)

    def test_forgets_no_code_of_ours(self) -> None:
        with pytest.raises(TypeError, match="field"):
            one_to_one("field", Sex, "sex", {Sex.FEMALE: Sex.FEMALE})


class TestFields:
    """A client that was read had two fields swapped, and three that could never say yes."""

    @given(ITEMS, st.data())
    def test_one_fact_moves_only_the_fields_that_read_it(
        self, item: Item, data: st.DataObject
    ) -> None:
        name = data.draw(st.sampled_from(list(FACTS)))
        code = data.draw(st.sampled_from(list(FACTS[name])))
        other = replace(item, **{name: code})  # type: ignore[arg-type]
        for scheme in SCHEMES:
            before, after = scheme.of(item), scheme.of(other)
            moved = {field for field in {*before, *after} if before.get(field) != after.get(field)}
            assert moved <= {table.field for table in scheme.tables if name in table.reads}

    @pytest.mark.parametrize(
        ("field", "fact"),
        [
            ("virtualContentCategorization", "reality"),
            ("userGeneratedContentCategorization", "self_generated"),
            ("childModelingCategorization", "child_modelling"),
            ("ageCategorization", "age"),
            ("genderCategorization", "sex"),
            ("sourceUrlCommerciality", "commerciality"),
            ("sourceUrlSiteType", "site_type"),
        ],
    )
    def test_of_iccam_read_the_fact_that_they_are_named_for(self, field: str, fact: str) -> None:
        assert ICCAM.table(field).reads == (fact,)

    @given(ITEMS)
    def test_yes_is_said_exactly_where_it_is_so(self, item: Item) -> None:
        said_of = ICCAM.of(item)
        for field, is_so in (
            ("virtualContentCategorization", item.reality in {Reality.DRAWN, Reality.GENERATED}),
            ("userGeneratedContentCategorization", item.self_generated is Answer.YES),
            ("childModelingCategorization", item.child_modelling is Answer.YES),
        ):
            assert said_of[field].value == int(is_so)
        annotations = NCMEC.of(item)
        assert annotations["generativeAi"].value == (
            "true" if item.reality is Reality.GENERATED else "false"
        )
        assert annotations["possibleSelfProduction"].value == (
            "true" if item.self_generated is Answer.YES else "false"
        )

    def test_of_the_three_yes_and_no_have_a_type_each(self) -> None:
        types = {table.theirs for table in ICCAM.tables}
        assert len(types) == len(ICCAM.tables)


class TestTheirCodes:
    def test_iccam_has_its_exact_ids_and_names(self) -> None:
        assert [said(code) for code in ICCAM.table("classification").theirs] == [
            "1 Baseline CSAM",
            "2 National CSAM",
            "4 Ignore",
        ]
        assert [said(code) for code in ICCAM.table("ageCategorization").theirs] == [
            "1 Not categorised",
            "2 Infant",
            "3 Pre-pubescent",
            "4 Pubescent",
        ]
        ids = [code.value for code in ICCAM.table("sourceUrlSiteType").theirs]
        assert ids == [*range(1, 12), 18, 20, 22, 23, 24]

    @pytest.mark.parametrize(
        ("age", "act", "industry"),
        [
            (AgeGroup.INFANT, Act.PENETRATION, "A1"),
            (AgeGroup.PRE_PUBESCENT, Act.FOCUS, "A2"),
            (AgeGroup.PUBESCENT, Act.CONTACT, "B1"),
            (AgeGroup.PUBESCENT, Act.POSING, "B2"),
            (AgeGroup.ADULT_LOOKING, Act.CONTACT, ""),
            (AgeGroup.PUBESCENT, Act.NONE, ""),
            (AgeGroup.UNKNOWN, Act.CONTACT, ""),
        ],
    )
    def test_ncmec_s_scale(self, age: AgeGroup, act: Act, industry: str) -> None:
        found = NCMEC.of(Item(age=age, act=act)).get("industryClassification")
        assert (found.value if found else "") == industry

    @pytest.mark.parametrize(
        ("act", "category"),
        [(Act.SADISM, "A"), (Act.CONTACT, "B"), (Act.FOCUS, "C"), (Act.NONE, "")],
    )
    def test_the_iwf_s_scale(self, act: Act, category: str) -> None:
        found = IWF.of(Item(age=AgeGroup.PUBESCENT, act=act)).get("category")
        assert (found.value if found else "") == category

    def test_xarf_says_baseline_where_it_is_and_else_ncmec_s_class(self) -> None:
        assert XARF.of(WORST)["classification"].value == "baseline"
        drawn = replace(WORST, reality=Reality.DRAWN)
        assert XARF.of(drawn)["classification"].value == "A1"
        assert "classification" not in XARF.of(Item())

    def test_the_dsa_s_words_are_in_its_schema(self) -> None:
        assert {code.value for code in DSA.table("category").theirs} <= DSA_CATEGORIES
        assert {code.value for code in DSA.table("category_specification").theirs} <= DSA_KEYWORDS
        generated = DSA.of(replace(WORST, reality=Reality.GENERATED))
        assert generated["category_specification"].value.endswith("DEEPFAKE")

    def test_inhope_s_headings(self) -> None:
        assert {said(code) for code in INHOPE.of(WORST).values()} == {
            "Pre-pubescent (3-13)",
            "Female",
        }


class TestBaseline:
    def test_is_yes_where_each_criterion_is_met(self) -> None:
        found = baseline(WORST)
        assert found.answer is Answer.YES
        assert [one.code for one in found.criteria] == ["real-child", "under-13", "severe"]

    @given(ITEMS)
    def test_is_never_yes_with_one_criterion_unmet(self, item: Item) -> None:
        found = baseline(item)
        met = {one.met for one in found.criteria}
        assert (found.answer is Answer.YES) == (met == {Answer.YES})
        assert (found.answer is Answer.NO) == (Answer.NO in met)

    @given(ITEMS, st.sampled_from(Answer))
    def test_decides_the_class_before_the_country_does(self, item: Item, national: Answer) -> None:
        found = ICCAM.of(item, national=national).get("classification")
        name = found.name if found else ""
        if baseline(item).answer is Answer.YES:
            assert name == "BASELINE"
        else:
            assert name == {"yes": "NATIONAL", "no": "IGNORE", "unknown": ""}[national]


class TestAnAddress:
    def test_takes_the_youngest_and_the_gravest_from_different_items(self) -> None:
        young = Item(age=AgeGroup.INFANT, act=Act.POSING, sex=Sex.MALE, reality=Reality.REAL)
        grave = Item(age=AgeGroup.PUBESCENT, act=Act.SADISM, sex=Sex.FEMALE, reality=Reality.REAL)
        whole = of_address([grave, young])
        assert whole is not None
        assert (whole.age, whole.act, whole.sex) == (AgeGroup.INFANT, Act.SADISM, Sex.BOTH)

    def test_makes_no_baseline_of_two_items_that_are_none(self) -> None:
        young = Item(age=AgeGroup.INFANT, act=Act.POSING, reality=Reality.REAL)
        grave = Item(age=AgeGroup.PUBESCENT, act=Act.SADISM, reality=Reality.REAL)
        assert baseline_of([young, grave]) is Answer.NO
        assert baseline_of([young, WORST]) is Answer.YES

    def test_is_said_without_mixing_two_items(self) -> None:
        young = Item(age=AgeGroup.INFANT, act=Act.POSING, reality=Reality.REAL)
        grave = Item(age=AgeGroup.PUBESCENT, act=Act.ANIMAL, reality=Reality.REAL)
        cruel = replace(grave, act=Act.SADISM)
        codes = ICCAM.of_address([young, grave], national=Answer.YES)
        assert codes["classification"].name == "NATIONAL"
        assert codes["ageCategorization"].name == "INFANT"
        ncmec = NCMEC.of_address([young, grave, cruel])
        assert ncmec["industryClassification"].value == "A2"
        assert ncmec["bestiality"].value == ncmec["physicalHarm"].value == "true"
        assert ICCAM.of_address([]) == {}

    @given(st.lists(ITEMS, min_size=1, max_size=5), st.sampled_from(Answer))
    def test_has_the_gravest_class_of_its_items(self, items: list[Item], national: Answer) -> None:
        for scheme in SCHEMES:
            whole = scheme.of_address(items, national=national)
            for table in scheme.tables:
                if table.by_item:
                    each = [scheme.of(item, national=national).get(table.field) for item in items]
                    order = [*table.theirs, None]
                    assert whole.get(table.field) == min(each, key=order.index)

    def test_of_nothing_is_nothing(self) -> None:
        assert of_address([]) is None
        assert (youngest([]), gravest([])) == (AgeGroup.UNKNOWN, Act.UNKNOWN)

    @given(st.lists(ITEMS, min_size=1, max_size=6))
    def test_does_not_depend_on_the_order(self, items: list[Item]) -> None:
        one, other = of_address(items), of_address(items[::-1])
        assert one is not None
        assert other is not None
        for name in ("age", "sex", "act", "reality", "self_generated", "child_modelling"):
            assert getattr(one, name) == getattr(other, name)
        assert one.age == youngest(items)
        assert one.act == gravest(items)

    @given(ITEMS)
    def test_of_one_item_is_that_item(self, item: Item) -> None:
        assert of_address([item]) == item
        assert Item.of_codes(item.codes()) == item


class TestLoss:
    def test_says_which_facts_no_field_carries(self) -> None:
        assert loss(ICCAM).unread == ()
        assert "sex" in loss(XARF).unread
        assert "site_type" in loss(NCMEC).unread

    def test_says_what_is_merged_unsaid_and_unused(self) -> None:
        by_field = {one.field: one for one in loss(ICCAM).tables}
        virtual = by_field["virtualContentCategorization"]
        assert virtual.merged == {
            "1 Yes": ("drawn", "generated"),
            "0 No": ("real", "unknown"),
        }
        assert by_field["sourceUrlSiteType"].unused == ("23 webpage",)
        bands = {one.field: one for one in loss(IWF).tables}["age"]
        assert "pre-pubescent" in bands.unsaid
        assert bands.unused == ("3-6", "7-10", "11-13", "14-15", "16-17")

    def test_of_a_field_that_loses_nothing_is_empty(self) -> None:
        sexes = {one.field: one for one in loss(ICCAM).tables}["genderCategorization"]
        assert (sexes.merged, sexes.unsaid, sexes.unused) == ({}, (), ())

    def test_knows_the_country_s_law_beside_the_facts(self) -> None:
        assert set(LISTS) - set(FACTS) == {NATIONAL}
        assert len(SiteType) == 15
