"""The reference page of verification: every case, what is compared, and known from where."""

from sim.experiments.judging import FOUND, SIGMAS
from sim.experiments.known import CASES, Case, Claim
from sim.experiments.verify import FOLDER, FULL_PRECISION, FULL_TIMES_QUICK, QUICK_PRECISION
from sim.report.reference.markdown import GENERATED, table
from sim.scenario.load import load

QUICK, FULL = (f"{100.0 * precision:g} %" for precision in (QUICK_PRECISION, FULL_PRECISION))

INTRODUCTION = f"""\
# Verification: what the program is checked against

The command `verify` simulates the scenarios below and holds what comes out against known values:
with `--quick` within a minute, in full in ten. Every case is an ordinary scenario in
`scenarios/verification`: open it, run it, and change its numbers there or with `--set`, and the
known values follow. What the formulas do not know (a redial in Erlang A, say) is refused.

    python run.py verify --quick
    python run.py verify erlang-a day
    python run.py verify erlang-a --set teams.agents.agents=25
    python run.py run scenarios/verification/erlang-a.toml

**The verdict.** The difference between the simulated and the known value is measured in standard
errors, estimated from independent replications.

- It *disagrees* beyond {SIGMAS:g} standard errors; with few replications beyond the quantile of
  Student's t that is as improbable (1 in 16,000), such as 5.1 for 20 replications and 4.07 for 320.
- It is *too uncertain* if the standard error is above {QUICK} of the known value with `--quick`,
  and above {FULL} in full (of a share, of the smaller of it and what is left to 100 %): nothing is
  proved then, whatever the difference.
- Otherwise it *agrees*.

**Why {SIGMAS:g}.** There are some 300 comparisons. If each were judged by its 95 % interval,
fifteen would disagree without any fault. At {SIGMAS:g} standard errors one verification in fifty
tells a false alarm (Bonferroni's bound); another `--seed` shows whether it was one.

**What it would find.** A fault that moves a figure by (limit + {FOUND:g}) standard errors or more
is found with 95 % probability. At worst that is a fault of 14 % with `--quick` and of 2.9 % in
full; the column *Finds* says for each figure what it is. In full there are {FULL_TIMES_QUICK} times
as many replications, and the faults found are a quarter as large.

**What it cannot find.** What no formula knows: closing time, incidents, recovery, loyalty's memory,
contracts. Days worked out by hand and identities stand in for those (`tests/agreement`). Overflow
after a wait has no formula that is exact; it is worked out by hand as well.

Exit code: 0 if everything agrees, 1 if something disagrees, 3 if nothing disagrees but something is
too uncertain, 2 for wrong input, 130 after Ctrl-C. `--json` prints all of it as
[one document](json.md#verify---json).
"""


def verification_page() -> str:
    """The page as Markdown."""
    parts = [GENERATED, "", INTRODUCTION.rstrip(), "", "## The cases", ""]
    parts += table(
        ["case", "what it is", "compared", "known from"],
        [_row(case) for case in CASES],
    )
    return "\n".join(parts) + "\n"


def _row(case: Case) -> list[str]:
    scenario = load(FOLDER / f"{case.name}.toml").scenario
    claims = list(case.claims(scenario))
    compared = dict.fromkeys(map(_compared, claims))
    return [f"`{case.name}`", scenario.title, "; ".join(compared), case.source]


def _compared(claim: Claim) -> str:
    """A figure's name, with the kind of row, and whether it is one of many intervals."""
    _, kind, _, interval = next(claim.simulated.places())
    by = [f"by {kind}"] if kind != "total" else []
    by += ["by interval"] if interval is not None else []
    return " ".join([claim.simulated.name, *by])
