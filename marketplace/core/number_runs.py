"""Rows of digits in a text: their groups, what stands between, and what is said around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

_JOINT = r"(?: {1,2}+(?:[-/(] ?)?+|\.|[-/] ?+|\) ?+-?+|\()"
_RUN = re.compile(rf"(?<!\d)(?:\(?\+ ?)?+\d++(?:{_JOINT}\d++)*+")
_GROUP = re.compile(r"\d+")
NEAR = 48
"""How far before a number the words are read that say what it is."""
_WORDS = re.compile(r"[^\W\d_]+|§")
_SAID_AFTER = 16

_MONEY = r"kr|kroner|nok|sek|dkk|isk|eur|euro|usd|gbp|dollar|mnok"
_MONEY_BEFORE = re.compile(rf"(?:(?<!\w)(?:{_MONEY})[.:]? {{0,2}}|[€$£] ?)$", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(
    rf" {{0,2}}(?:[,.:]-|[€$£%]|,\d{{1,2}}(?!\d)"
    rf"|(?:{_MONEY}|tkr|mill|millioner|mrd|milliarder|tusen|prosent|kvm|m2|m²|tonn|kg|liter|kwh|mwh"
    r"|gwh|km|meter|minutter|timer|timeverk|årsverk|stk|personer|brukere|innbyggere|ansatte|elever"
    r"|deltakere|deltagere|besøk|besøkende|oppslag|visninger|treff|enheter|eksemplarer)(?!\w))",
    re.IGNORECASE,
)
_CALLING = re.compile(
    r"(?:ring\w*|opp?ring\w*|tlf\w*|telefon\w*|mob|mobil\w*|tel|phone|call|sms\w*|fax|faks|telefaks"
    r"|vipps\w*|whatsapp)",
    re.IGNORECASE,
)
_OTHER_KIND = re.compile(
    r"§|uke|uka|uken|uker|ukene|side|sider|trinn|klasse|rom|punkt|pkt|kapittel|kap|år|årene|dato"
    r"|klokka|kl|gnr|bnr|alder|budsjett|budsjettet|beløp|beløpet|sum|summen|pris|prisen|verdi"
    r"|verdien|kostnad|kostnaden|rammen|ramme|sak|saken|saker|konto|kontoen|kid|iban|isbn|issn|cpv"
    r"|omsetning|omsetningen|inntekt|inntekter|utgift|utgifter|tilskudd|støtte|bevilgning|honorar"
    r"|orgnr|org|faktura|ordre|bilag|prosjekt|vedtak|søknad|ref|referanse|postboks|versjon|id|doffin"
    r"|(?:konto|kid|org|organisasjons|foretaks|bedrifts|post|saks?|arkivsaks?|journal|arkiv"
    r"|prosjekt|ordre|bestillings|faktura|referanse|artikkel|vare|avtale|kontrakt|bilags?|lisens"
    r"|serie|måler|anleggs|dokument|løpe|kunde|medlems|tiltaks|rammeavtale|kunngjørings|søknads|vedtaks)-?"
    r"(?:nr|nummer|nummeret|numre|id)",
    re.IGNORECASE,
)
_PASSED_OVER = frozenset(
    {"er", "var", "ble", "blir", "nr", "nummer", "no", "ca", "på", "til", "med", "om"}
)
_WEB_ADDRESS = ("://", "www.")


@dataclass(frozen=True, slots=True)
class Run:
    """A row of groups of digits; `joints[i]` stands between the groups i and i + 1."""

    groups: Sequence[str]
    joints: Sequence[str]
    spans: Sequence[tuple[int, int]]
    rows: Sequence[range]
    """For each joint, the row of groups of two digits that are joined alike around it."""
    start: int
    """Where the first group begins, or what stands before it as part of the number."""
    abroad: bool
    """Begins with the sign of a country's number."""
    amount: bool
    calling: bool
    """What stands before speaks of telephones."""
    other_kind: bool
    """What stands before says that it is another kind of number."""

    def digits(self, first: int, end: int) -> str:
        return "".join(self.groups[first:end])

    def lengths(self, first: int, end: int) -> tuple[int, ...]:
        return tuple(map(len, self.groups[first:end]))

    def inside(self, first: int, end: int) -> set[str]:
        """What joins the groups from `first` to before `end`."""
        return set(self.joints[first : end - 1])

    def start_of(self, first: int) -> int:
        return self.spans[first][0] if first else self.start

    def is_whole(self, first: int, end: int) -> bool:
        return first == 0 and end == len(self.groups)


def runs_in(plain: str) -> Iterator[Run]:
    for match in _RUN.finditer(plain):
        spans = [(m.start(), m.end()) for m in _GROUP.finditer(plain, match.start(), match.end())]
        yield _run(plain, match.group(), match.start(), spans)


def _run(plain: str, written: str, start: int, spans: Sequence[tuple[int, int]]) -> Run:
    before = plain[max(0, start - NEAR) : start].rpartition("\n")[2]
    words = _WORDS.findall(before)
    after = plain[spans[-1][1] : spans[-1][1] + _SAID_AFTER]
    calling = any(_CALLING.fullmatch(word) for word in words[-4:])
    groups = [plain[first:end] for first, end in spans]
    joints = [plain[one[1] : other[0]].strip("()") for one, other in pairwise(spans)]
    return Run(
        groups=groups,
        joints=joints,
        spans=spans,
        rows=_rows_of_two(groups, joints),
        start=start,
        abroad="+" in written or written.lstrip("(").startswith("00"),
        amount=bool(_MONEY_BEFORE.search(before) or _AMOUNT_AFTER.match(after)),
        calling=calling,
        other_kind=_says_other_kind(before, words),
    )


def _rows_of_two(groups: Sequence[str], joints: Sequence[str]) -> list[range]:
    def alike(joint: int) -> str | None:
        return joints[joint] if len(groups[joint]) == len(groups[joint + 1]) == 2 else None

    rows: list[range] = []
    for joint, numbers in groupby(range(len(joints)), key=alike):
        row = list(numbers)
        here = range(row[0], row[-1] + 2 if joint is not None else row[0])
        rows += [here] * len(row)
    return rows


def _is_in_address(before: str) -> bool:
    word = "" if before[-1:].isspace() else (before.split() or [""])[-1].casefold()
    return any(sign in word for sign in _WEB_ADDRESS)


def _says_other_kind(before: str, words: list[str]) -> bool:
    glued = before[-1:].isalpha() and not _CALLING.fullmatch(words[-1])
    if glued or before[-1:] in {"_", "#"} or _is_in_address(before):
        return True
    while words and words[-1].casefold() in _PASSED_OVER:
        words = words[:-1]
    return bool(words) and bool(_OTHER_KIND.fullmatch(words[-1]))
