"""Terms: when a period of validity that is counted in months ends."""

import calendar
import datetime


def last_day(start: str, months: int) -> str | None:
    """The last day of a term of months that begins on a date; its last month where only the month is known.

    A term ends on the day before the day with the number of its first, or, where the last month has no
    such day, on the last day of that month (民法典 art. 202).

    >>> last_day("2015-01-01", 60), last_day("2016-02-29", 12), last_day("2015-03", 24), last_day("2015", 12)
    ('2019-12-31', '2017-02-28', '2017-02', None)
    """
    parts = [int(part) for part in start.split("-")]
    if len(parts) < 2:
        return None
    month = parts[0] * 12 + parts[1] - 1 + months
    if len(parts) == 2:
        return f"{(month - 1) // 12:04}-{(month - 1) % 12 + 1:02}"
    day = parts[2]
    longest = calendar.monthrange(month // 12, month % 12 + 1)[1]
    if day > longest:
        return datetime.date(month // 12, month % 12 + 1, longest).isoformat()
    ends = datetime.date(month // 12, month % 12 + 1, day) - datetime.timedelta(days=1)
    return ends.isoformat()
