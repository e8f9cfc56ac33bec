"""What people call the inputs of a subscriber, in five languages, and the words around them."""

import re
from dataclasses import dataclass

from bot.domain.form import folded

NAME = "name"
SENDER = "sender"
FAX = "fax"
# The value belongs to nobody's form: all of it, or only its first word.
SKIP = "skip"
SKIP_WORD = "skip word"


def words(text: str) -> frozenset[str]:
    """The words of a list that is too long to be written one by one."""
    return frozenset(text.split())


_LABELS = {
    "userId": "user id, user, broadworks user id, broadworks id, bw id, bw user, benutzer id, benutzerkennung, "
    "identifiant, id utilisateur, id de usuario, usuario, gebruikers id, gebruiker",
    "spEnterpriseId": "sp enterprise id, enterprise id, enterprise, sp, service provider, sp id, entreprise id",
    "firstName": "first name, first, given name, forename, vorname, prénom, prenom, nombre, voornaam, nome",
    "lastName": "last name, last, surname, family name, nachname, familienname, zuname, nom de famille, nom, "
    "apellido, apellidos, achternaam, cognome",
    NAME: "name, full name, display name, employee, subscriber, new user, new hire, vollständiger name, "
    "nom complet, nom et prénom, nombre completo, nombre y apellidos, naam, volledige naam, mitarbeiter",
    "email": "e mail, e mail address, mail, work e mail, adresse e mail, e mail adresse, courriel, mél, correo, "
    "correo electrónico, mailadres, e mailadres, e",
    "primaryPhoneNumber": "primary phone number, primary phone, primary, phone, telephone, tel, ph, number, "
    "direct, direct line, direct dial, ddi, did, work, work phone, business, business phone, office, office phone, "
    "landline, desk, desk phone, main, main phone, switchboard, telefon, rufnummer, festnetz, büro, zentrale, "
    "téléphone, tél, fixe, ligne directe, teléfono, telefono, tfno, fijo, oficina, telefoon, vast, kantoor, "
    "doorkiesnummer, t, p, o, d",
    "mobilePhoneNumber": "mobile phone number, mobile phone, mobile, cell, cell phone, cellular, mob, mobil, "
    "mobiltelefon, handy, portable, téléphone portable, tél portable, móvil, movil, teléfono móvil, celular, "
    "mobiel, gsm, natel, m, c",
    "extension": "extension, ext, extn, durchwahl, dw, nebenstelle, klappe, poste, extensión, anexo, interno, "
    "toestel, x",
    "package": "package, pkg, paket, forfait, paquete, pakket, license, licence, lizenz, licencia, licentie",
    "language": "language, lang, preferred language, sprache, langue, idioma, taal",
    "timezone": "time zone, tz, zeitzone, fuseau horaire, fuseau, zona horaria, huso horario, tijdzone",
    "provisioningId": "provisioning id, provisioning, pid",
    "template": "template, vorlage, modèle, plantilla, sjabloon",
    FAX: "fax, telefax, télécopie, f",
    SENDER: "from, von, expéditeur, remitente, afzender",
    SKIP: "to, cc, bcc, an, à, para, aan, web, website, company, firma, address, adresse, anschrift, title, position, "
    "department, abteilung, date, sent, gesendet, envoyé, enviado, verzonden, datum, location, customer, skype, sip, "
    "linkedin, requested by, ordered by, approved by, manager, betreff, subject, objet, asunto, onderwerp, time, home",
    SKIP_WORD: "order, ticket, case, po, ref, reference, account, invoice, vat, hrb, ust idnr, iban, customer no, "
    "kundennummer, siret, kvk, zip, plz, room, build, version",
}
_WHOSE = "manager|supervisor|billing|customer|requester|requestor|approver|assistant|helpdesk|support"
# A number behind one of these is that of the house rather than of the person.
OF_THE_HOUSE = frozenset({"main", "mainphone", "switchboard", "zentrale", "office", "o"})

NAMED = {folded(label): named for named, labels in _LABELS.items() for label in labels.split(", ")}
_SPELLED = {label for labels in _LABELS.values() for label in labels.split(", ")} | {
    # As the API itself writes them.
    "firstName",
    "lastName",
}
_NUMBERED = ("primaryPhoneNumber", "mobilePhoneNumber", "extension", FAX, SKIP_WORD)
_ADDRESSED = ("email", "userId")
# Without a colon, these are whom the address is of.
_PERSONS = {"user", "usuario", "gebruiker"}


def _any(labels: set[str]) -> str:
    ordered = sorted(labels, key=lambda label: (-len(label), label))
    return "|".join(re.escape(label).replace(r"\ ", "[ _-]?") for label in ordered)


def _of(*inputs: str, longer_than: int) -> set[str]:
    return {label for label in _SPELLED if NAMED[folded(label)] in inputs and len(label) > longer_than}


_NUMBER_WORD = r"(?:[ _-]?(?:number|nummer|num|no|nr|\#))?"
_MARK = re.compile(
    rf"""(?<![\w@+./-])
    (?P<whose>(?:{_WHOSE})(?:['’]?s)?\s)?
    (?:
      (?P<hard>{_any(_SPELLED)}){_NUMBER_WORD}\.?(?:\s?\((?P<kind>\w{{1,20}})\))?(?:\s{{0,2}}[:=：]|\s[-–—]\s)
    | (?P<number>{_any(_of(*_NUMBERED, longer_than=1) | {"x"})}){_NUMBER_WORD}\.?\s?(?=[+(\#]?\(?\d)
    | (?P<letter>[TPDMCFO])\.?\s(?=\+|\(?0\d|\(\d{{3}})
    | (?P<address>{_any(_of(*_ADDRESSED, longer_than=1) - _PERSONS)})\s(?=[<"(]?[^\s@]{{1,64}}@)
    )
    | (?<=\d{{4}})(?P<glued>x)(?=\d{{2,8}}\b)
    """,  # noqa: RUF001 - the dashes, the apostrophe and the wide colon are as people paste them.
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Label:
    """A label as it was pasted; a hard one has its colon, a soft one only stands before its value."""

    input: str
    said: str
    hard: bool


@dataclass(frozen=True)
class Piece:
    """A stretch of a line: what follows a label, or what follows none."""

    label: Label | None
    text: str


def pieces(line: str) -> list[Piece]:
    """The line, cut at its labels."""
    marks = list(_MARK.finditer(line))
    starts = [mark.start() for mark in marks] + [len(line)]
    found = [Piece(None, line[: starts[0]])]
    for mark, end in zip(marks, starts[1:], strict=True):
        found.append(Piece(_label(mark), line[mark.end() : end]))
    return [piece for piece in found if piece.label or piece.text.strip()]


def label_of(cell: str) -> str | None:
    """The input that a whole cell names, as the head of a column does."""
    named = folded(cell)
    for ending in ("", "number", "nummer", "no", "nr"):
        if named.endswith(ending) and (found := NAMED.get(named.removesuffix(ending))):
            return found
    return None


def _label(mark: re.Match[str]) -> Label:
    said = mark["hard"] or mark["number"] or mark["letter"] or mark["address"] or mark["glued"]
    # “Phone (mobile):” is about the mobile.
    named = NAMED.get(folded(mark["kind"] or "")) or NAMED[folded(said)]
    return Label(SKIP if mark["whose"] else named, " ".join(mark[0].split()), hard=bool(mark["hard"]))


# Words that make an order of a line; words that say the line wants something else; and words that say nothing.
ORDERS = words(
    "provision order add create setup set activate onboard enable new hire need needs register "
    "anlegen einrichten bestellen neuer neue neuen créer creer ajouter nouveau nouvelle crear añadir nuevo nueva alta "
    "aanmaken toevoegen nieuwe nieuw"
)
REFUSALS = words(
    "ask call reach tell speak spoke cannot can't fails failed failing broken error problem issue "
    "meeting join joined dial toll conference invited voicemail ring fyi "
    "remove delete reset cancel deprovision disable unlock deactivate terminate suspend status löschen entfernen "
    "kündigen supprimer résilier eliminar borrar baja verwijderen"
)
FILLERS = ORDERS | words(
    "please pls kindly for with and the a an as user subscriber employee colleague package pack license licence in on "
    "to of up thanks thank you hi hello hey dear team webex can could would we us here is are following below also "
    "her his their it line phone number account template enterprise language zone time starting from "
    "bitte für mit und den die das der benutzer nutzer teilnehmer mitarbeiter danke hallo paket einen eine ein im "
    "pour avec et le la les un une utilisateur merci bonjour svp s'il vous plaît forfait "
    "para con y el los usuario por favor gracias hola paquete voor met en het een gebruiker bedankt graag pakket "
    "ext at"
)
QUESTIONS = words(
    "how why what when where who which whose is are does do did has have had was were should wie warum was wann wo wer "
    "comment pourquoi quand cómo por qué cuándo hoe waarom wanneer"
)
COMMANDS = frozenset({"precheck", "pre-check", "help", "show", "cancel", "workspace", "mine"})
