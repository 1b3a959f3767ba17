"""The reference page of measures: every figure, from the catalogue's own definitions."""

from collections.abc import Iterator, Sequence

from sim.accounting.definitions import VIEWS, Measure, Quantile
from sim.accounting.definitions.agents import AGENT_MEASURES
from sim.accounting.definitions.contacts import CONTACT_MEASURES, SERVICE_MEASURES
from sim.accounting.definitions.customers import CUSTOMER_MEASURES
from sim.accounting.definitions.issues import FAILURE_MEASURES, ISSUE_MEASURES
from sim.accounting.definitions.money import MONEY_MEASURES
from sim.accounting.definitions.waits import ERROR, WAIT_MEASURES
from sim.codes import CAUSES, CLOSINGS, OPEN, WHYS
from sim.report.reference.markdown import GENERATED, table

INTRODUCTION = f"""\
# Measures: every figure, exactly

These are the names that stand on the screen, in `measures.csv`, `days.csv`, `intervals.parquet` and
`results.json`; `--definitions` prints the same words below any result. Which of them to look at
first is told in [how to read a result](../how-to/read-the-bill.md).

- **Estimates.** Every figure comes from the replications of a run and has a 95 % interval
  (Student's t; Woodruff's for quantiles). A *ratio* is a ratio of means: what all replications
  counted above the line over what all counted below it, so that a quiet day weighs less than a busy
  one; where nothing was counted below it there is no figure, neither 0 nor 100 %. A *quantile* is
  one of the waits of all replications together, from a histogram, {ERROR} of theirs.
- **Rows.** `total`, and where it says so a row for each `queue`, `team`, `reason` or `segment` of
  the scenario; for each `closing`, that is way to close ({", ".join(CLOSINGS[:OPEN])});
  for each `cause` of leaving ({", ".join(CAUSES)});
  for each `kind` of contact ({", ".join(WHYS)}).
- **What is counted.** Rows of queues and teams count *legs*; total, reason and segment count
  *contacts*. A contact is abandoned if the customer hung up on any leg, else handled once answered;
  its wait adds up its legs, and its service level is that of the first one. It belongs to the day
  and the interval in which it arrived; agent time to those in which it is spent; closings and
  leavers to when they happen. Nothing of the warm-up is counted.
- **Days and intervals** are told by date for up to 62 counted days, beyond that as averages by
  weekday.
- **Times** are in seconds in files; the screen shows minutes, hours or days if they read better.
"""

GROUPS: tuple[tuple[str, Sequence[Measure | Quantile]], ...] = (
    ("Contacts", CONTACT_MEASURES),
    ("Service", SERVICE_MEASURES),
    ("Quantiles of waits", WAIT_MEASURES),
    ("Agents", AGENT_MEASURES),
    ("Issues", ISSUE_MEASURES),
    ("Failure demand", FAILURE_MEASURES),
    ("Customers", CUSTOMER_MEASURES),
    ("Money", MONEY_MEASURES),
)


def measures_page() -> str:
    """The page as Markdown."""
    parts = [GENERATED, "", INTRODUCTION.rstrip()]
    for title, measures in GROUPS:
        parts += ["", f"## {title}", "", *_table(measures)]
    parts += ["", "## The dashboard view and the true view", ""]
    parts += ["The same days, told by contact and by issue, side by side.", ""]
    parts += table(
        ["question", "as a dashboard sees it", "as customers live it"],
        [[view.question, view.dashboard, view.true] for view in VIEWS],
    )
    return "\n".join(parts) + "\n"


def _table(measures: Sequence[Measure | Quantile]) -> Iterator[str]:
    yield from table(
        ["measure", "unit", "estimator", "what it is", "rows", "by day and interval"],
        (
            [
                f"**{measure.name}**",
                measure.unit,
                measure.estimator.removesuffix(" of means"),
                measure.definition + (f" ({measure.note})" if measure.note else ""),
                ", ".join(measure.rows),
                ", ".join(measure.intervals) or "–",
            ]
            for measure in measures
        ),
    )
