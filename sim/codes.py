"""The integer codes that stand for words inside the program, and the words that they stand for.

A code is an index into its tuple of words. Codes are written to logs, so their order is never
changed: new words go to the end.
"""

CLOSINGS = (
    "resolved",
    "unresolved",
    "gave_up",
    "refused",
    "silent",
    "preempted",
    "lapsed",
    "open",
)
"""How an issue closes (MODEL.md section 5); `open` is the state at the horizon."""
RESOLVED, UNRESOLVED, GAVE_UP, REFUSED, SILENT, PREEMPTED, LAPSED, OPEN = range(8)

OUTCOMES = (
    "closed",
    "blocked",
    "hung_up_in_menu",
    "abandoned",
    "dropped",
    "handled",
    "waiting",
    "in_menu",
)
"""What came of a leg; `waiting` and `in_menu` are states at the horizon."""
CLOSED, BLOCKED, HUNG_UP_IN_MENU, ABANDONED, DROPPED, HANDLED, WAITING, IN_MENU = range(8)

RESULTS = ("none", "resolved", "unresolved", "refused", "transferred")
"""What came of a talk; `none` while it lasts, and where there was no talk."""
NO_RESULT, SOLVED, UNSOLVED, TURNED_DOWN, TRANSFERRED = range(5)

WHYS = ("first", "avoidable", "redial", "repeat", "transfer", "incident", "message", "retry")
"""Why a leg exists: `first` is value demand, all others are failure demand."""
FIRST, AVOIDABLE, REDIAL, REPEAT, TRANSFER, INCIDENT, MESSAGE, RETRY = range(8)

CAUSES = ("closing", "wait", "repeats", "transfers", "self_service", "team", "memory")
"""What a decision to leave is blamed on: the terms of the log odds, in this order."""

DEPARTURES = ("joined", "base", "service", "unavoidable")
"""What a row of the customers' log says."""
JOINED, LEFT_BASE, LEFT_SERVICE, LEFT_UNAVOIDABLE = range(4)

SELF_SERVICE = ("not_tried", "failed", "contained", "falsely_contained")
"""What came of the one try at self-service of an issue."""
NOT_TRIED, FAILED, CONTAINED, FALSELY_CONTAINED = range(4)

RECOVERIES = ("none", "within_window", "late", "not_reached", "pending")
"""What recovery did for a bad closing; `pending` is a decision still owed at the horizon."""
NO_RECOVERY, IN_WINDOW, LATE, NOT_REACHED, PENDING = range(5)

OUTREACH = ("message", "false_alarm", "recovery")
"""What a row of the outreach log is about: a message to a customer hit, one to a customer who was
not, or a customer reached after a bad closing."""
MESSAGE_SENT, FALSE_ALARM, RECOVERY_CALL = range(3)

WAITS = ("answered", "abandoned")
"""The two histograms of a row: of waits that an answer ended, and of those of the abandoned and
dropped."""

PAID_FOR = (
    "paid hours",
    "handled minutes",
    "minutes of talk",
    "contacts handled",
    "issues resolved",
)
"""What a vendor may be paid for."""

RULES = ("counted", "excluded", "met", "answered")
"""How a service level treats those who abandon within its threshold (MODEL.md section 9)."""
COUNTED, EXCLUDED, MET, ANSWERED = range(4)

EVENTS = (
    "opening or closing",
    "staffing change",
    "end of talk",
    "end of after-call work",
    "decision to leave",
    "base leaving or joining",
    "message",
    "abandonment",
    "route condition",
    "menu done",
    "redial or return",
    "issue arises",
)
"""Kinds of events in the order in which those of one instant happen (MODEL.md section 10)."""
(
    HOURS,
    STAFFING,
    TALK_ENDS,
    WORK_ENDS,
    DECISION,
    BASE,
    MESSAGE_GOES,
    ABANDONMENT,
    ROUTE_OPENS,
    MENU_DONE,
    CALLS_AGAIN,
    ARISES,
) = range(12)

# Purposes of draws: block of four times four, plus the lane. Numbers are fixed for ever: a number
# given to another purpose would change results that users have published.
# Of an issue (attempt 0, leg 0).
LEVEL, MOMENT, CUSTOMER, SEEKS_HELP = 0, 1, 2, 3
SELF_TRIED, SELF_CONTAINED, SELF_FALSE, CASE = 4, 5, 6, 7
LEAVES, DETECTED, REACHED_AFTER, PREEMPTED_BY = 8, 9, 10, 11
HIT, LAG, SENT_IN_ORDER, READS = 12, 13, 14, 15
SPEAKS_UP, FALSE_RECIPIENT, FALSE_OPENS, FALSE_SENT_IN_ORDER = 16, 17, 18, 19
SELLS = 20
# Of a contact (leg 0).
MENU_HANG_UP, CALLS_BACK, CALLS_BACK_AFTER, REOPENING = 32, 33, 34, 35
# Of a leg.
PATIENCE, TALK, AFTER_CALL, ROUTE = 48, 49, 50, 51
MISROUTED, RESOLVES, ESCALATED = 52, 53, 54
# Of a day, of a team on a day, of all days before the first; of a customer.
BUSYNESS, ABSENCE, BUSYNESS_BEFORE = 64, 65, 66
BASE_LEAVES, JOINS = 68, 69
