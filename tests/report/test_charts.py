"""Charts: they say what was found, draw the document's numbers, and nothing runs into anything."""

import itertools
import math
from xml.etree import ElementTree

import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle, StepPatch
from matplotlib.text import Text
from PIL import Image

from sim.codes import CAUSES
from sim.report.charts import CHARTS, draw_all
from sim.report.charts.bill import bill
from sim.report.charts.causes import losses_by_cause
from sim.report.charts.dashboard import dashboard_and_true_view
from sim.report.charts.day import days
from sim.report.charts.labels import Point, spots
from sim.report.charts.lettering import shown, width, wrapped
from sim.report.charts.sheet import house_style, write
from sim.report.charts.tradeoff import cost_and_abandonment, cost_and_customers
from sim.report.export import in_silence
from tests.report import handmade
from tests.report.handmade import DAYS, document, strategy, study

YEAR = 365 / DAYS
AWKWARD = (
    "in-house, staffed for 3 % of $_^x_2$ contacts",
    "<script>alert('x')</script>",
    "outsourced_to_a_cheaper_site_with_a_very_long_name_that_goes_on_and_on_and_on",
    'a\\frac{1}{2}$ & "b"',
    "_",
    "$",
    "% -- of 100 %",
    "外包\n\x1b[31moutsourced",
)


@pytest.fixture(autouse=True)
def in_house_style():
    with house_style():
        yield


def drawn(page):
    """The words of a page as they are drawn, each text once."""
    return {text.get_text().replace("\n", " ") for text in page.figure.findobj(Text)} - {""}


def title(page):
    return " ".join(page.figure.texts[0].get_text().split())


def lines(axes):
    """The curves of axes as lists of (x, y)."""
    return [list(zip(*line.get_data(), strict=True)) for line in axes.get_lines()]


def without(one, *measures):
    kept = tuple(m for m in one.measures if m.measure not in measures)
    return one.model_copy(update={"measures": kept})


def replaced(one, **figures):
    """A strategy whose measures of the whole have other means, by name with underscores."""
    named = {name.replace("_", " "): mean for name, mean in figures.items()}
    return one.model_copy(
        update={
            "measures": tuple(
                m.model_copy(update={"mean": named[m.measure], "low": None, "high": None})
                if m.measure in named and m.row_kind == "total" and m.interval is None
                else m
                for m in one.measures
            )
        }
    )


def over_everything(one):
    """A strategy that loses 20,000 customers over every cause."""
    changed = (
        m.model_copy(update={"mean": 20_000.0}) if m.row_kind == "cause" else m
        for m in one.measures
    )
    return one.model_copy(update={"measures": tuple(changed)})


# What the titles say


def test_a_title_tells_what_the_cheapest_saves_and_what_that_costs_in_customers():
    page = cost_and_customers(study(2))
    assert title(page) == (
        "Lean saves $410,000 a year in operating cost against in-house but loses 890 more customers"
    )


def test_a_title_tells_of_the_best_too_if_it_is_another_than_the_cheapest():
    page = cost_and_abandonment(study(6))
    assert title(page) == (
        "Outsourced saves $1.11 m a year in operating cost against in-house but its abandonment is "
        "6.7 points higher; do-over costs $410,000 more to operate but its abandonment is 3 points "
        "lower"
    )


def test_a_title_turns_with_the_numbers():
    better = document(strategy("base"), strategy("other", 4.0e6, 0.02, 900.0))
    assert "saves $210,000" in title(cost_and_customers(better))
    assert "and loses 310 fewer customers" in title(cost_and_customers(better))
    worse = document(strategy("base"), strategy("other", 4.4e6, 0.09, 1900.0))
    assert "costs $190,000 a year more to operate than base" in title(cost_and_customers(worse))
    assert "and loses 690 more customers" in title(cost_and_customers(worse))


def test_intervals_that_hold_zero_are_not_told_as_findings():
    unsure = study(6, noise=2.0)
    expected = "cannot be told apart, neither in operating cost nor in"
    assert expected in title(cost_and_abandonment(unsure))
    assert expected in title(cost_and_customers(unsure))
    assert "cannot be told apart" in title(bill(unsure))
    assert "no alternative can be told apart" in title(losses_by_cause(unsure))
    for chart in (cost_and_abandonment, cost_and_customers, bill, losses_by_cause):
        words = title(chart(unsure))
        assert not any(verb in words for verb in ("saves", "fewer", "more", "higher", "lower"))


def test_one_replication_is_said_to_be_one_and_has_no_bars():
    single = study(2, noise=None, spread=None, runs=1)
    page = cost_and_abandonment(single)
    assert title(page).startswith("In a single replication, lean saves")
    assert any("one replication, so no intervals" in text for text in drawn(page))
    bars = [line for line in lines(page.figure.axes[0]) if len({*line}) > 1]
    assert all({x for x, _ in line} == {0, 1} or {y for _, y in line} == {0, 1} for line in bars)


def test_the_bill_tells_if_what_is_cheap_to_operate_is_dear_in_all():
    assert title(bill(study(6))) == (
        "Outsourced saves $1.11 m a year in operating cost, but with the customers lost counted it "
        "costs $515,000 a year more than in-house; do-over costs $206,000 a year less than in-house"
    )


def test_the_bill_of_one_strategy_tells_where_the_money_goes():
    assert (
        title(bill(study(1)))
        == "In-house costs $5.14 m a year in all: pay 61 % and customers lost 16 %"
    )


def test_the_causes_tell_who_loses_most_more_and_over_what():
    assert title(losses_by_cause(study(6))) == (
        "Outsourced loses 3,320 customers a year to service, 2,110 more than in-house; the largest "
        "cause is waiting (34 %)"
    )


def test_the_dashboard_chart_tells_the_pair_that_is_furthest_apart():
    far = replaced(strategy("base"), cost_per_contact=2.0, cost_per_resolved_issue=9.0)
    assert title(dashboard_and_true_view(document(far))) == (
        "Base on the dashboard: cost per contact $2.00. As its customers live it: cost per "
        "resolved issue $9.00"
    )
    near = strategy("base", spread=0.9)
    assert "cannot be told apart" in title(dashboard_and_true_view(document(near)))


def test_the_day_tells_when_service_is_worst_unless_it_is_even():
    (page,) = days(study(1))
    assert title(page) == (
        "In-house on an average Monday: the service level falls to 63 % at 11:00, with a mean wait "
        "of 2.5 min"
    )
    base = strategy("base")
    even = tuple(
        m.model_copy(update={"mean": 0.8, "low": 0.7, "high": 0.9})
        if m.measure == "service level"
        else m
        for m in base.measures
    )
    (page,) = days(document(base.model_copy(update={"measures": even})))
    assert "the intervals cannot be told apart in service level" in title(page)


def test_a_day_is_named_as_its_intervals_are_labelled():
    base = strategy("base")
    for days_counted, label, name in (
        (7, "Mon", "on Monday:"),
        (14, "week 2 Mon", "on Monday of week 2:"),
        (28, "2026-03-02", "on Monday 2026-03-02:"),
        (73, "Mon", "on an average Monday:"),
    ):
        relabelled = tuple(
            m.model_copy(update={"interval": m.interval and m.interval.replace("Mon", label)})
            for m in base.measures
        )
        changed = {"measures": relabelled, "counted_days": days_counted}
        (page,) = days(document(base.model_copy(update=changed)))
        assert name in title(page)


# What is drawn are the document's numbers


def test_every_strategy_is_a_point_with_both_its_intervals():
    shown_document = study(6)
    page = cost_and_customers(shown_document)
    curves = lines(page.figure.axes[0])
    for one in shown_document.strategies:
        cost = one.measure("operating cost per year", row="total")
        lost = one.measure("customers lost, expected", row="total")
        at = (pytest.approx(cost.mean), pytest.approx(lost.mean * YEAR))
        assert [at] in curves
        assert [(cost.low, at[1]), (cost.high, at[1])] in curves
        up = [(at[0], pytest.approx(end * YEAR)) for end in (lost.low, lost.high)]
        assert up in curves


def test_a_bar_of_the_bill_adds_up_to_its_total_less_what_is_deducted():
    shown_document = study(6)
    axes = bill(shown_document).figure.axes[0]
    boxes = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    for nth, one in enumerate(shown_document.strategies):
        middle = 6 - nth - 0.5
        of_row = [box for box in boxes if box.get_y() < middle < box.get_y() + box.get_height()]
        sums = [box.get_width() if box.get_x() >= 0.0 else -box.get_width() for box in of_row]
        total = one.measure("total economic cost per year", row="total")
        assert sum(sums) == pytest.approx(total.mean)
        assert [(total.mean, middle)] in lines(axes)
        assert [(total.low, middle), (total.high, middle)] in lines(axes)
        lost = sum(i.present_value for i in one.bill if i.what == "customers lost") * YEAR
        (box,) = (box for box in of_row if box.get_label() == "customers lost")
        assert box.get_width() == pytest.approx(lost)


def test_a_deduction_stands_left_of_zero_and_is_not_hidden_among_other_items():
    boxes = bill(study(4)).figure.axes[0].patches
    malus = [box for box in boxes if box.get_label() == "malus" and box.get_width() > 0.0]
    assert [box.get_x() for box in malus] == [pytest.approx(-0.05 * 3.1e6)]


def test_small_items_are_drawn_as_one_and_nothing_is_left_out():
    labels = {box.get_label() for box in bill(study(6)).figure.axes[0].patches}
    assert "other operating items" in labels
    assert "margin lost" not in labels


def test_bars_by_cause_are_the_customers_lost_by_cause():
    shown_document = study(3)
    page = losses_by_cause(shown_document)
    heads = [text.get_text().replace("\n", " ").replace("- ", "-") for text in page.figure.texts]
    panels = dict(zip([head for head in heads if head in _HEADS], page.figure.axes, strict=True))
    for cause, head in (("wait", "Waiting"), ("memory", "Earlier bad service")):
        bars = [one for one in panels[head].containers if isinstance(one, BarContainer)]
        lost = [
            one.measure("customers lost, expected", "cause", cause).mean * YEAR
            for one in shown_document.strategies
        ]
        assert [bar.patches[0].get_width() for bar in bars] == pytest.approx(lost)
    assert "The team's manner" not in panels, "nobody is lost over it"


_HEADS = {
    "All causes",
    "How the issue ended",
    "Waiting",
    "Calling again",
    "Being passed on",
    "Failed self-service",
    "The team's manner",
    "Earlier bad service",
}


def test_panels_by_cause_are_on_one_scale():
    panels = losses_by_cause(study(3)).figure.axes
    scales = [
        (axes.get_xlim()[1] - axes.get_xlim()[0]) / axes.get_position().width for axes in panels
    ]
    assert scales == pytest.approx([scales[0]] * len(scales))


def test_the_day_draws_each_interval_with_gaps_where_nothing_came():
    base = strategy("base")
    at_nine = ("service level", "Mon 09:00")
    gap = tuple(m for m in base.measures if (m.measure, m.interval) != at_nine)
    (page,) = days(document(base.model_copy(update={"measures": gap})))
    offered, agents, wait, level = page.figure.axes
    monday = {m.interval: m for m in base.measures if m.measure == "offered" and m.interval}
    (_, curve) = [patch for patch in offered.patches if isinstance(patch, StepPatch)]
    opening = [monday[f"Mon {half // 2:02d}:{half % 2 * 30:02d}"].mean for half in range(16, 40)]
    assert list(curve.get_data().values) == pytest.approx(opening)
    assert list(curve.get_data().edges) == [8.0 + half / 2 for half in range(25)]
    floor, busy = [p for p in agents.patches if isinstance(p, StepPatch)][1::2]
    assert floor.get_data().values[6] == 32.0
    handling = next(
        m.mean for m in base.measures if (m.measure, m.interval) == ("handling hours", "Mon 11:00")
    )
    assert busy.get_data().values[6] == pytest.approx(2 * handling)
    values = [p for p in level.patches if isinstance(p, StepPatch)][1].get_data().values
    assert [index for index, value in enumerate(values) if math.isnan(value)] == [2]
    seconds = next(
        m.mean for m in base.measures if (m.measure, m.interval) == ("mean wait", "Mon 11:00")
    )
    minutes = [p for p in wait.patches if isinstance(p, StepPatch)][1].get_data().values[6]
    assert minutes == pytest.approx(seconds / 60)


def test_all_strategies_are_shown_on_the_same_day_and_scale():
    pages = days(study(3))
    assert [page.name for page in pages] == ["day-1-in-house", "day-2-lean", "day-3-handle-time"]
    limits = [[axes.get_ylim() for axes in page.figure.axes] for page in pages]
    assert limits[0] == limits[1] == limits[2]


def test_both_views_are_drawn_at_their_figures():
    page = dashboard_and_true_view(study(2))
    joined = [(0.051, 1.5), (1.7 * 0.051, 1.5)]
    panel = next(axes for axes in page.figure.axes if joined in lines(axes))
    fills = {
        line.get_xdata()[0]: line.get_markerfacecolor()
        for line in panel.get_lines()
        if line.get_marker() == "o"
    }
    assert fills[0.051] == fills[0.083] == "white"
    assert fills[1.7 * 0.051] == fills[1.7 * 0.083] != "white"


# What is not there is not drawn


def test_without_customers_there_is_no_chart_of_losses_and_the_bill_is_what_it_costs_to_operate():
    nobody = document(strategy("base", lost=None), strategy("lean", 3.8e6, 0.08, lost=None))
    assert losses_by_cause(nobody) is None
    assert cost_and_customers(nobody) is None
    assert cost_and_abandonment(nobody) is not None
    assert title(bill(nobody)) == "Lean saves $410,000 a year in operating cost against base"


def test_a_bill_of_one_item_says_so_and_names_no_share_of_nothing():
    def billed(**amounts):
        one = strategy("base", lost=None)
        items = [
            one.bill[0].model_copy(update={"what": what, "present_value": amount})
            for what, amount in amounts.items()
        ]
        return title(bill(document(one.model_copy(update={"bill": tuple(items)}))))

    assert billed(pay=355e3, overtime=600.0).endswith("a year, nearly all of it pay")
    assert billed(pay=355e3).endswith("a year, all of it pay")
    assert billed(pay=340e3, overtime=15e3).endswith("a year in all: pay 96 % and overtime 4 %")


def test_what_the_document_does_not_hold_is_skipped(tmp_path):
    bare = strategy("base").model_copy(update={"measures": (), "bill": ()})
    assert draw_all(document(bare), tmp_path, in_silence) == ()
    assert list(tmp_path.iterdir()) == []


def test_one_strategy_is_no_trade_off():
    assert cost_and_abandonment(study(1)) is None
    assert cost_and_customers(study(1)) is None


def test_costs_in_different_currencies_are_not_set_against_each_other():
    abroad = strategy("abroad", 3.8e6).model_copy(update={"currency": "INR"})
    mixed = document(strategy("base"), abroad)
    assert cost_and_abandonment(mixed) is None
    assert bill(mixed) is None
    assert losses_by_cause(mixed) is not None
    assert "What does it cost?" not in drawn(dashboard_and_true_view(mixed))


def test_a_strategy_without_one_of_its_figures_is_left_out_of_the_chart_of_it():
    gone = replaced(strategy("gone", 3.0e6), abandonment=None)
    page = cost_and_abandonment(
        document(strategy("base"), strategy("lean", 3.8e6), gone, noise=0.1)
    )
    assert "lean" in drawn(page)
    assert "gone" not in drawn(page)


def test_service_that_keeps_more_customers_than_it_loses_is_drawn_left_of_zero():
    kept = document(strategy("base", lost=-300.0), strategy("more", lost=-500.0))
    page = losses_by_cause(kept)
    assert page.figure.axes[0].get_xlim()[0] < -500.0
    assert "−500" in drawn(page)


# Names and room


def overlaps(page):
    """Pairs of texts of a page that overlap by more than a point, and texts that run out of it."""
    page.figure.draw_without_rendering()
    dots = page.figure.dpi / 72.0
    texts = [
        (text.get_text(), text.get_window_extent())
        for text in page.figure.findobj(Text)
        if text.get_text().strip() and text.get_visible()
    ]
    sheet = page.figure.bbox
    found = [
        text
        for text, box in texts
        if box.x0 < 0 or box.y0 < 0 or box.x1 > sheet.x1 or box.y1 > sheet.y1
    ]
    for (one, a), (other, b) in itertools.combinations(texts, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        up = min(a.y1, b.y1) - max(a.y0, b.y0)
        if across > dots and up > dots:
            found.append((one, other))
    return found


@pytest.mark.parametrize(("number", "names"), [(1, AWKWARD), (2, handmade.NAMES), (8, AWKWARD)])
def test_no_text_runs_into_another_or_out_of_the_sheet(number, names):
    crowded = study(number, names=names)
    pages = [page for chart in CHARTS if (page := chart(crowded))]
    for page in [*pages, *days(crowded)[:1]]:
        assert overlaps(page) == [], page.name


def test_wide_intervals_leave_labels_in_the_sheet():
    wide = study(8, names=AWKWARD, spread=0.5, noise=2.0)
    for page in (chart(wide) for chart in CHARTS):
        assert overlaps(page) == [], page.name


def test_losses_of_millions_fit_into_their_panels():
    crowd = [strategy("base", lost=1_234_000.0), strategy("lean", lost=8_765_000.0)]
    page = losses_by_cause(document(*(over_everything(one) for one in crowd)))
    assert len(page.figure.axes) == 1 + len(CAUSES)
    assert overlaps(page) == []
    for axes in page.figure.axes:
        ends = [text.get_window_extent().x1 for text in axes.texts]
        assert max(ends) <= axes.bbox.x1


def test_names_are_drawn_as_they_are_written():
    page = bill(study(8, names=AWKWARD))
    texts = drawn(page)
    for name in ("<script>alert('x')</script>", 'a\\frac{1}{2}$ & "b"', "_", "$", "% -- of 100 %"):
        assert name in texts
    assert all(text.get_parse_math() is False for text in page.figure.findobj(Text))


def test_a_hostile_name_is_only_text_in_an_svg(tmp_path):
    _, svg = write(cost_and_customers(study(8, names=AWKWARD)), tmp_path)
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.parse(svg).iter()}
    assert "script" not in tags
    assert {"svg", "path", "g"} <= tags


def test_files_of_days_have_plain_and_different_names():
    names = [page.name for page in days(study(3, names=("../$", "../^", "a b.toml")))]
    assert names == ["day-1", "day-2", "day-3-a-b-toml"]


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.floats(0.2, 8.5), st.floats(0.2, 4.2), st.integers(1, 30)),
        min_size=1,
        max_size=8,
    )
)
def test_labels_never_overlap_wherever_the_points_are(points):
    found = spots([Point(x, y, "n" * letters) for x, y, letters in points], 8.7, 4.3)
    boxes = [spot.box for spot in found]
    assert len(boxes) == len(points)
    assert all(one.overlap(other) == 0.0 for one, other in itertools.combinations(boxes, 2))
    assert all(box.left >= 0 and box.right <= 8.7 for box in boxes)
    assert all(box.bottom >= 0 and box.top <= 4.3 for box in boxes)


@given(st.text(max_size=120), st.floats(0.5, 4.0))
def test_a_wrapped_line_is_never_wider_than_its_room(text, room):
    told = wrapped(shown(text, longest=120), room, 9.0, lines=3)
    assert len(told.split("\n")) <= 3
    assert all(width(line, 9.0) <= room for line in told.split("\n"))


# Files


def test_the_same_document_gives_the_same_bytes_whatever_the_settings_of_the_user(tmp_path):
    lean = without(strategy("lean", 3.8e6, 0.08, 2100.0), "offered")
    shown_document = document(strategy("base"), lean.model_copy(update={"currency": "USD"}))
    first = draw_all(shown_document, tmp_path / "first", in_silence)
    with matplotlib.rc_context({"font.size": 20, "axes.facecolor": "red", "svg.hashsalt": "mine"}):
        second = draw_all(shown_document, tmp_path / "second", in_silence)
    assert [path.name for path in first] == [path.name for path in second]
    assert len(first) == 2 * (len(CHARTS) + 2)
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
    assert sorted((tmp_path / "first").iterdir()) == sorted(first), "no drafts are left"


def test_files_tell_no_date_and_no_program(tmp_path):
    png, svg = write(bill(study(1)), tmp_path)
    with Image.open(png) as image:
        assert "Software" not in image.info
        assert image.size[0] == 1600
    text = svg.read_text(encoding="utf-8").lower()
    assert "dc:date" not in text
    assert "created with" not in text


def test_other_numbers_give_other_bytes(tmp_path):
    one, other = study(1), document(strategy("in-house", cost=4.3e6))
    first, second = (
        write(bill(shown_document), tmp_path)[0].read_bytes() for shown_document in (one, other)
    )
    assert first != second


def test_drawing_leaves_the_settings_of_the_user_as_they_were(tmp_path):
    before = dict(matplotlib.rcParams)
    bill_alone = strategy("bare").model_copy(update={"measures": ()})
    assert [path.name for path in draw_all(document(bill_alone), tmp_path, in_silence)] == [
        "bill.png",
        "bill.svg",
    ]
    assert dict(matplotlib.rcParams) == before


def test_it_is_told_how_many_charts_are_drawn(tmp_path):
    told = []
    files = draw_all(document(strategy("base")), tmp_path, lambda done, of: told.append((done, of)))
    assert told == [(done, len(files) // 2) for done in range(len(files) // 2)]
