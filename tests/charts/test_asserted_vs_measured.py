"""The general chart: what shares an axis, what stands beside it, what the sentence says."""

from __future__ import annotations

import pytest

from charts.asserted_vs_measured import draws
from charts.comparison import FAMILIES, comparisons, scale_kind
from science.vocabulary import QUANTITIES
from tests.charts.examples import claimed, day, fact, subject_of


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("family", FAMILIES, ids=str)
def test_a_family_has_one_unit_and_one_kind(family: str) -> None:
    _, quantities = FAMILIES[family]
    assert len({(QUANTITIES[key].unit, QUANTITIES[key].kind) for key in quantities}) == 1


def test_no_quantity_is_of_two_families() -> None:
    named = [key for _, keys in FAMILIES.values() for key in keys]
    assert len(named) == len(set(named))


def test_speeds_in_different_frames_share_an_axis_and_say_which_they_are() -> None:
    drawing = draws(
        subject_of(
            fact("far", "excess_speed", 58.0),
            fact("mars", "relative_speed", 86.0, subject="Mars"),
            asserted=(claimed("heliocentric_speed", 60.0, "approx"),),
        )
    )
    assert drawing is not None
    layout = drawing.figure["layout"]
    assert "xaxis2" not in layout
    labels = " ".join(layout["yaxis"]["ticktext"])
    assert "Relative speed, Mars" in labels
    assert "Speed far from the Sun" in labels


def test_quantities_of_different_units_get_panels_of_their_own() -> None:
    drawing = draws(
        subject_of(
            fact("mass", "nucleus_mass", 1e12),
            fact("r", "nucleus_radius", 1.3),
            fact("r2", "nucleus_radius", 0.4),
        )
    )
    assert drawing is not None
    titles = {
        axis["title"]["text"] for name, axis in drawing.figure["layout"].items() if name.startswith("xaxis")
    }
    assert {spaced(title) for title in titles} == {"Nucleus radius (km)", "Nucleus mass (kg)"}


def test_a_value_the_claim_does_not_cite_is_hollow_and_says_so_in_the_table() -> None:
    rows = (fact("cited", "nucleus_radius", 1.3), fact("other", "nucleus_radius", 0.4))
    drawing = draws(subject_of(*rows, asserted=(claimed("nucleus_radius", 23.0),), cited=("cited",)))
    assert drawing is not None
    symbols = {trace["marker"]["symbol"] for trace in drawing.figure["data"] if "marker" in trace}
    assert symbols == {"diamond", "circle", "circle-open"}
    assert [row.key for row in drawing.rows if "not cited" in row.cells[0]] == ["other"]


def test_a_superseded_value_stays_out_unless_the_claim_cites_it() -> None:
    old = fact("old", "nucleus_mass", 3.3e13, superseded_by="new")
    new = fact("new", "nucleus_mass", 2e12)
    beside = comparisons(
        subject_of(old, new, asserted=(claimed("nucleus_mass", 1e13, "gt"),), cited=("new",))
    )
    assert [row.key for row in beside[0].cited + beside[0].others] == ["new"]
    both = draws(subject_of(old, new, asserted=(claimed("nucleus_mass", 1e13, "gt"),)))
    assert both is not None
    assert any("superseded" in row.cells[3] for row in both.rows)


def test_another_body_stands_beside_only_if_the_claim_cites_that_body() -> None:
    own = fact("own", "nucleus_radius", 1.3)
    other = fact("other", "nucleus_radius", 0.5, body="2I", limit="upper")
    found = comparisons(subject_of(own, other, cited=("own",)))
    assert [row.key for row in found[0].others] == []


def test_the_sentence_gives_the_claimed_and_the_recorded_number() -> None:
    drawing = draws(
        subject_of(
            fact("hst", "nucleus_radius", 1.3, plus=0.2, minus=0.2, observatory="HST"),
            fact("limit", "nucleus_radius", 2.8, limit="upper", observatory="HST", subject="albedo 0.04"),
            asserted=(claimed("nucleus_radius", 23.0),),
        )
    )
    assert drawing is not None
    assert spaced(drawing.finding) == (
        "The claim puts the nucleus radius at 23 km; recorded: 1.3 ± 0.2 km (HST) and an upper limit of 2.8 km "
        "(Albedo 0.04); an upper limit is not a measurement of absence."
    )


def test_a_claim_with_a_number_and_no_evidence_says_that_nothing_stands_beside_it() -> None:
    drawing = draws(subject_of(asserted=(claimed("signal_period", 22.0),)))
    assert drawing is not None
    assert spaced(drawing.finding) == (
        "The claim puts the period of a signal at 22 s; the evidence it cites has no number to set beside it."
    )


def test_dates_share_one_axis_in_universal_time() -> None:
    drawing = draws(
        subject_of(
            fact("found", "discovery_epoch", value_time="2025-07-01"),
            asserted=(claimed("discovery_epoch", None, value_time="2017"),),
        )
    )
    assert drawing is not None
    axis = drawing.figure["layout"]["xaxis"]
    assert axis["type"] == "date"
    assert axis["title"]["text"].endswith("(UTC)")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1.0, 2.0), "linear"),
        ((1.0, 500.0), "log"),
        ((-1.0, 500.0), "linear"),
        ((0.0, 1.0, 2.0), "linear"),
        ((0.0, 1.0, 500.0), "log"),
    ],
)
def test_the_axis_is_logarithmic_where_positive_values_spread_widely(
    values: tuple[float, ...], expected: str
) -> None:
    rows = [fact(str(value), "axis_ratio", value) for value in values]
    assert scale_kind((), rows) == expected


def test_a_month_is_drawn_as_long_as_it_is() -> None:
    drawing = draws(
        subject_of(
            fact("mars", "close_approach_epoch", value_time="2025-10-03T04:36:54Z", subject="Mars"),
            asserted=(claimed("close_approach_epoch", None, "approx", value_time="2025-10"),),
        )
    )
    assert drawing is not None
    bar = next(trace for trace in drawing.figure["data"] if trace["meta"]["role"] == "asserted")
    assert (bar["mode"], bar["x"]) == ("lines", ["2025-10-01", "2025-10-31"])
    assert "month or year" in drawing.caption


def test_rows_that_would_share_a_label_get_their_day() -> None:
    rows = [
        fact(
            f"e{number}",
            "solar_elongation",
            20.0 + number,
            subject="seen from L2",
            observed_from=day(f"2025-10-0{number}"),
        )
        for number in (3, 7)
    ]
    drawing = draws(subject_of(*rows))
    assert drawing is not None
    assert {spaced(text.split("<br>")[0]) for text in drawing.figure["layout"]["yaxis"]["ticktext"]} == {
        "Seen from L2, 3 Oct 2025",
        "Seen from L2, 7 Oct 2025",
    }


def test_angles_are_never_drawn_on_a_logarithmic_axis() -> None:
    assert (
        scale_kind((), [fact("a", "solar_elongation", 2.6), fact("b", "solar_elongation", 124.0)]) == "linear"
    )


def test_values_that_would_crowd_the_chart_stand_in_the_table() -> None:
    rows = [fact(f"r{number}", "nucleus_radius", 1.0 + number / 10) for number in range(30)]
    drawing = draws(subject_of(*rows, asserted=(claimed("nucleus_radius", 23.0),), cited=("r0",)))
    assert drawing is not None
    assert len(drawing.figure["layout"]["yaxis"]["ticktext"]) == 14
    assert len(drawing.rows) == 31
    assert "Further numbers stand in the table" in drawing.caption
