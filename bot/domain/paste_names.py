"""People's names as they stand in what is pasted: which words are one, and which of them is the family's."""

import re
import unicodedata

from bot.domain.paste_words import FILLERS, QUESTIONS, REFUSALS, words
from bot.domain.provisioning import Package

_TITLES = words(
    "dr mr mrs ms miss mx prof professor sir herr frau hr fr mme mlle monsieur madame sr sra srta dhr mevr ing "
    "dipl-ing mag don doña"
)
_PARTICLES = words(
    "van von vom zu zum zur der den de del della di da dos das du la le les ter ten te el al bin bint ibn y e i"
)
_DEGREES = re.compile(r",\s?(?:ph\.?d|mba|m\.?sc|b\.?sc|m\.?a|b\.?a|cpa|md|esq|jr|sr|ii|iii)\b.*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]{0,60}\)")
# What stands on the lines around a name, in capitals as well.
_NEVER = words(
    "gmbh ag kg ohg ug se inc incorporated ltd limited llc llp plc corp corporation company co bv nv sa sas sarl srl "
    "sl spa group gruppe holding holdings team department dept abteilung support sales service services helpdesk desk "
    "telecom telekom communications networks solutions systems technologies consulting bank university school "
    "hospital engineer engineering manager director officer head lead chief executive president vice assistant "
    "consultant specialist analyst developer architect administrator coordinator representative account senior "
    "junior customer client partner project product marketing finance accounting human resources operations office "
    "leiter leiterin geschäftsführer geschäftsführerin vertrieb einkauf verkauf buchhaltung directeur directrice "
    "responsable director directora gerente jefe jefa ventas comercial verkoop hoofd street st road rd avenue ave "
    "lane boulevard blvd square straße strasse platz rue calle plaza straat floor suite building room germany "
    "france spain netherlands austria switzerland usa uk deutschland españa nederland united states kingdom america "
    "regards best kind sincerely cheers viele grüße grüßen freundlichen mit cordialement saludos groeten vriendelijke "
    "met cordially yours warm good morning afternoon evening day guten tag morgen monday tuesday wednesday thursday "
    "friday saturday sunday phone mobile fax email e-mail tel conference meeting webex broadworks reseller forwarded "
    "original message sent iphone outlook confidential order request ticket approved urgent fyi re fw fwd aw wg"
) | {package.value for package in Package}
_COMMON = FILLERS | QUESTIONS | REFUSALS
_WITHIN = dict.fromkeys(map(ord, "-'’.·"))  # noqa: RUF001 - apostrophes as people paste them.
_ELIDED = re.compile(r"^[dl]['’](?=\w)")  # noqa: RUF001 - apostrophes as people paste them.
_MOST_WORDS = 6


def person(text: str, *, cased: bool = True) -> tuple[str, str] | None:
    """First and last name, when the text is a person's name and nothing else; ``cased`` demands capitals."""
    text = _DEGREES.sub("", _IN_BRACKETS.sub(" ", text)).strip(" .;:-\"'“”„")
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        return (given, family) if _all_names(given, cased=cased) and _all_names(family, cased=cased) else None
    words = _without_titles(text.split())
    if not _is_name(words, cased=cased):
        return None
    if _writes_family_first(words):
        return words[1], words[0]
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in _PARTICLES:
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def one_name(text: str, *, cased: bool = False) -> str | None:
    """The text as a first or a last name alone; None when it is no such thing."""
    words = _without_titles(_IN_BRACKETS.sub(" ", text).strip(" .,;:\"'“”").split())
    return " ".join(words) if _all_names(" ".join(words), cased=cased) else None


def runs(text: str) -> list[tuple[int, int]]:
    """Where in a text two or more capitalised words stand together, as those of a name do."""
    found: list[tuple[int, int]] = []
    start = end = count = 0
    for word in re.finditer(r"\S+", text):
        bare = word[0].strip(".,;:!?()\"'")
        name = _may_be_name(bare, cased=True)
        if name or (count and bare.casefold() in _PARTICLES):
            start, count = (start, count + 1) if count else (word.start() + word[0].index(bare), 1)
            end = word.start() + len(word[0].rstrip(".,;:!?)\"'"))
        if count and (not (name or bare.casefold() in _PARTICLES) or word[0][-1] in ",;:!?)"):
            found.append((start, end))
            count = 0
    if count:
        found.append((start, end))
    return [(start, end) for start, end in found if person(text[start:end])]


def _without_titles(words: list[str]) -> list[str]:
    while words and words[0].strip(".").casefold() in _TITLES:
        words = words[1:]
    return words


def _is_name(words: list[str], *, cased: bool) -> bool:
    proper = [word for word in words if word.casefold() not in _PARTICLES]
    if not (2 <= len(proper) <= 3 and len(words) <= _MOST_WORDS) or words[-1].casefold() in _PARTICLES:
        return False
    return all(_may_be_name(word, cased=cased) for word in proper)


def _all_names(text: str, *, cased: bool) -> bool:
    words = text.split()
    return 0 < len(words) <= 4 and all(
        word.casefold() in _PARTICLES or _may_be_name(word, cased=cased) for word in words
    )


def _may_be_name(word: str, *, cased: bool) -> bool:
    plain = word.strip(".").translate(_WITHIN)
    if not plain or len(word) > 30 or not all(unicodedata.category(c)[0] in "LM" for c in plain):
        return False
    if not cased and _capital(word):
        # A label says that it is a name, and there are people whose name is Head or Day.
        return True
    folded = word.strip(".").casefold()
    return (_capital(word) or not cased) and folded not in _COMMON and not (cased and folded in _NEVER)


def _capital(word: str) -> bool:
    """Begins with a capital, or with a letter of a script that has none."""
    first = _ELIDED.sub("", word)[:1]
    return first.isupper() or (first != "" and first.lower() == first.upper())


def _writes_family_first(words: list[str]) -> bool:
    names = [unicodedata.name(word[0], "") for word in words]
    return len(words) == 2 and all(name.startswith(("CJK UNIFIED", "HANGUL", "HIRAGANA")) for name in names)
