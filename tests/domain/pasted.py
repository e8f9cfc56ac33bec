"""What people paste: what is meant for the form, with everything that is to be read of it, and what is chat."""

from dataclasses import dataclass

TEMPLATES = ("acme-basic", "acme")


@dataclass(frozen=True)
class Pasted:
    """A text, the region in which the bot is set up, and the guesses as ``input: text (why)``."""

    name: str
    text: str
    guesses: tuple[str, ...]
    region: str | None = None


ORDERS = (
    Pasted(
        "an order in one sentence",
        "Please provision Ann Agent, ann@example.com, standard, ext 51212 for Reseller1+acme, thanks",
        (
            "spEnterpriseId: Reseller1+acme (written like Reseller1+acme)",
            "firstName: Ann (after “provision”)",
            "lastName: Agent (after “provision”)",
            "email: ann@example.com (the only e-mail address)",
            "extension: 51212 (after “ext”)",
            "package: standard (the name of a package)",
        ),
    ),
    Pasted(
        "an order in few words",
        "provision standard for Ann Agent ann@example.com +1 240 555 1212 ext. 51212",
        (
            "firstName: Ann (after “for”)",
            "lastName: Agent (after “for”)",
            "email: ann@example.com (the only e-mail address)",
            "primaryPhoneNumber: +1 240 555 1212 (the only telephone number)",
            "extension: 51212 (after “ext.”)",
            "package: standard (the name of a package)",
        ),
        region="US",
    ),
    Pasted(
        "a German signature",
        "Ann Agent\n"
        "Senior Engineer\n"
        "Acme Telecom GmbH\n"
        "Tel: +49 30 1234567\n"
        "Mobil: +49 171 1234567\n"
        "Fax: +49 30 1234568\n"
        "ann.agent@example.com\n"
        "www.example.com",
        (
            "firstName: Ann (the first line)",
            "lastName: Agent (the first line)",
            "email: ann.agent@example.com (the only e-mail address)",
            "primaryPhoneNumber: +49 30 1234567 (after “Tel:”)",
            "mobilePhoneNumber: +49 171 1234567 (after “Mobil:”)",
            "template: Acme (the name of a template)",
        ),
    ),
    Pasted(
        "labels of which one is German",
        "Name: Agent, Ann\nE-Mail: ann@example.com\nDurchwahl: 512",
        (
            "firstName: Ann (after “Name:”)",
            "lastName: Agent (after “Name:”)",
            "email: ann@example.com (after “E-Mail:”)",
            "extension: 512 (after “Durchwahl:”)",
        ),
    ),
    Pasted(
        "a row with its head, as from a spreadsheet",
        "First name\tLast name\tEmail\tPhone\nAnn\tAgent\tann@example.com\t+1 240 555 1212",
        (
            "firstName: Ann (under “First name”)",
            "lastName: Agent (under “Last name”)",
            "email: ann@example.com (under “Email”)",
            "primaryPhoneNumber: +1 240 555 1212 (under “Phone”)",
        ),
        region="US",
    ),
    Pasted(
        "a row without its head",
        "Ann;Agent;ann@example.com;+1 240 555 1212;51212;premium",
        (
            "firstName: Ann (first column)",
            "lastName: Agent (second column)",
            "email: ann@example.com (third column)",
            "primaryPhoneNumber: +1 240 555 1212 (fourth column)",
            "extension: 51212 (fifth column)",
            "package: premium (sixth column)",
        ),
        region="US",
    ),
    Pasted(
        "a row with the family name first",
        "Agent,Ann,ann.agent@example.com,95547321@example.com,Reseller1+acme",
        (
            "userId: 95547321@example.com (fourth column)",
            "spEnterpriseId: Reseller1+acme (fifth column)",
            "firstName: Ann (second column)",
            "lastName: Agent (first column)",
            "email: ann.agent@example.com (third column)",
        ),
    ),
    Pasted(
        "typed fields",
        "firstName=Ann lastName=Agent email=ann@example.com userId=95547321@example.com package=standard",
        (
            "userId: 95547321@example.com (after “userId=”)",
            "firstName: Ann (after “firstName=”)",
            "lastName: Agent (after “lastName=”)",
            "email: ann@example.com (after “email=”)",
            "package: standard (after “package=”)",
        ),
    ),
    Pasted(
        "a forwarded chat line",
        "[12/05/2024, 10:33] Bob: New user Ann Agent ann@example.com ext 512",
        (
            "firstName: Ann (after “user”)",
            "lastName: Agent (after “user”)",
            "email: ann@example.com (the only e-mail address)",
            "extension: 512 (after “ext”)",
        ),
    ),
    Pasted(
        "a forwarded mail with labels",
        "From: Bob Boss <bob@example.com>\n"
        "To: orders@example.net\n"
        "Subject: new\n"
        "\n"
        "Name: Ann Agent\n"
        "Mail: ann@example.com\n"
        "Phone: +1 240 555 1212 x51212",
        (
            "firstName: Ann (after “Name:”)",
            "lastName: Agent (after “Name:”)",
            "email: ann@example.com (after “Mail:”)",
            "primaryPhoneNumber: +1 240 555 1212 (after “Phone:”)",
            "extension: 51212 (after “x”)",
        ),
        region="US",
    ),
    Pasted(
        "French labels",
        "Prénom : Zoë\n"
        "Nom : Dupont-Müller\n"
        "Tél. : +33 1 23 45 67 89\n"
        "Portable : 06 12 34 56 78\n"
        "Courriel : zoe@example.fr",
        (
            "firstName: Zoë (after “Prénom :”)",
            "lastName: Dupont-Müller (after “Nom :”)",
            "email: zoe@example.fr (after “Courriel :”)",
            "primaryPhoneNumber: +33 1 23 45 67 89 (after “Tél. :”)",
            "mobilePhoneNumber: 06 12 34 56 78 (after “Portable :”)",
        ),
        region="FR",
    ),
    Pasted(
        "a whole name under a French label",
        "Nom : Zoë Dupont\nTél : +33 1 23 45 67 89",
        (
            "firstName: Zoë (after “Nom :”)",
            "lastName: Dupont (after “Nom :”)",
            "primaryPhoneNumber: +33 1 23 45 67 89 (after “Tél :”)",
        ),
    ),
    Pasted(
        "German labels",
        "Vorname: Ann\nName: Agent\nTelefon: 030/1234567",
        (
            "firstName: Ann (after “Vorname:”)",
            "lastName: Agent (after “Name:”)",
            "primaryPhoneNumber: 030/1234567 (after “Telefon:”)",
        ),
        region="DE",
    ),
    Pasted(
        "labels above their values",
        "First name\nAnn\nLast name\nAgent\nE-mail\nann@example.com",
        (
            "firstName: Ann (after “First name:”)",
            "lastName: Agent (after “Last name:”)",
            "email: ann@example.com (after “E-mail:”)",
        ),
    ),
    Pasted(
        "a signature in one line",
        "Mr. Patrick O\u2019Neill <patrick@example.com> | M +44 7700 900123 | T +44 20 7946 0958",
        (
            "firstName: Patrick (before the address)",
            "lastName: O\u2019Neill (before the address)",
            "email: patrick@example.com (the only e-mail address)",
            "primaryPhoneNumber: +44 20 7946 0958 (after “T”)",
            "mobilePhoneNumber: +44 7700 900123 (after “M”)",
        ),
    ),
    Pasted(
        "a table of HTML",
        '<table><tr><td>Name</td><td>Ann Agent</td></tr><tr><td>Email</td><td><a href="mailto:'
        'ann@example.com">ann@example.com</a></td></tr></table>',
        (
            "firstName: Ann (after “Name:”)",
            "lastName: Agent (after “Name:”)",
            "email: ann@example.com (after “Email:”)",
        ),
    ),
    Pasted(
        "a list in Markdown",
        "**Name:** Ann Agent\n"
        "**User ID:** 95547321@example.com\n"
        "- Package: premium\n"
        "- Time zone: Europe/Berlin\n"
        "- Language: de_DE",
        (
            "userId: 95547321@example.com (after “User ID:”)",
            "firstName: Ann (after “Name:”)",
            "lastName: Agent (after “Name:”)",
            "package: premium (after “Package:”)",
            "language: de_DE (after “Language:”)",
            "timezone: Europe/Berlin (after “Time zone:”)",
        ),
    ),
    Pasted(
        "a name with its comma before the address",
        "Agent, Ann <ann@example.com>; +1 240 555 1212",
        (
            "firstName: Ann (before the address)",
            "lastName: Agent (before the address)",
            "email: ann@example.com (the only e-mail address)",
            "primaryPhoneNumber: +1 240 555 1212 (the only telephone number)",
        ),
        region="US",
    ),
    Pasted(
        "a Dutch signature",
        "Met vriendelijke groet,\n\nJan van der Berg\nVerkoop\nT: 020 123 4567\nM: 06 12345678\nE: jan@example.nl",
        (
            "firstName: Jan (a line of its own)",
            "lastName: van der Berg (a line of its own)",
            "email: jan@example.nl (after “E:”)",
            "primaryPhoneNumber: 020 123 4567 (after “T:”)",
            "mobilePhoneNumber: 06 12345678 (after “M:”)",
        ),
        region="NL",
    ),
    Pasted(
        "a Japanese signature",
        "山田 太郎\n電話 +81 3 1234 5678\nyamada@example.jp",
        (
            "firstName: 太郎 (the first line)",
            "lastName: 山田 (the first line)",
            "email: yamada@example.jp (the only e-mail address)",
            "primaryPhoneNumber: +81 3 1234 5678 (the only telephone number)",
        ),
    ),
    Pasted(
        "a polite question",
        "can you please add Ann Agent (ann.agent@example.com) with premium, template acme-basic?",
        (
            "firstName: Ann (after “add”)",
            "lastName: Agent (after “add”)",
            "email: ann.agent@example.com (the only e-mail address)",
            "package: premium (the name of a package)",
            "template: acme-basic (the name of a template)",
        ),
    ),
    Pasted(
        "an Outlook signature",
        "Ann Agent (she/her)\n"
        "Account Manager, Standard Bank\n"
        "O: (240) 555-1212 | C: (240) 555-1213 | ann@standardbank.example",
        (
            "firstName: Ann (the first line)",
            "lastName: Agent (the first line)",
            "email: ann@standardbank.example (the only e-mail address)",
            "primaryPhoneNumber: (240) 555-1212 (after “O:”)",
            "mobilePhoneNumber: (240) 555-1213 (after “C:”)",
        ),
        region="US",
    ),
    Pasted(
        "a signature with single letters",
        "Ann Agent\nAccount Director\nm: +1 240 555 1213\nw: www.example.com  e: ann@example.com",
        (
            "firstName: Ann (the first line)",
            "lastName: Agent (the first line)",
            "email: ann@example.com (after “e:”)",
            "mobilePhoneNumber: +1 240 555 1213 (after “m:”)",
        ),
        region="US",
    ),
    Pasted(
        "a Gmail signature",
        "-- \n"
        "Ann Agent | Sales Manager\n"
        "Example Inc. | 1 Main Street, Springfield, MD 20850\n"
        "Office: (240) 555-1212 ext. 51212 | Cell: (240) 555-1213\n"
        "ann.agent@example.com | www.example.com",
        (
            "firstName: Ann (the first line)",
            "lastName: Agent (the first line)",
            "email: ann.agent@example.com (the only e-mail address)",
            "primaryPhoneNumber: (240) 555-1212 (after “Office:”)",
            "mobilePhoneNumber: (240) 555-1213 (after “Cell:”)",
            "extension: 51212 (after “ext.”)",
        ),
        region="US",
    ),
    Pasted(
        "a German signature with its company",
        "Mit freundlichen Grüßen\n"
        "\n"
        "Dr. Jürgen Müller-Lüdenscheidt\n"
        "Leiter Vertrieb\n"
        "\n"
        "Beispiel GmbH · Hauptstraße 5 · 10117 Berlin\n"
        "Telefon +49 (0)30 1234-567 · Telefax +49 (0)30 1234-568\n"
        "Mobil 0171 1234567\n"
        "juergen.mueller@example.de\n"
        "HRB 123456, Amtsgericht Charlottenburg",
        (
            "firstName: Jürgen (a line of its own)",
            "lastName: Müller-Lüdenscheidt (a line of its own)",
            "email: juergen.mueller@example.de (the only e-mail address)",
            "primaryPhoneNumber: +49 (0)30 1234-567 (after “Telefon”)",
            "mobilePhoneNumber: 0171 1234567 (after “Mobil”)",
        ),
        region="DE",
    ),
    Pasted(
        "a French signature",
        "Cordialement,\n"
        "Marie-Claire Dupont\n"
        "Responsable commerciale\n"
        "Tél : 01 23 45 67 89 \u2013 Port. : 06 12 34 56 78\n"
        "mc.dupont@example.fr",
        (
            "firstName: Marie-Claire (a line of its own)",
            "lastName: Dupont (a line of its own)",
            "email: mc.dupont@example.fr (the only e-mail address)",
            "primaryPhoneNumber: 01 23 45 67 89 (after “Tél :”)",
            "mobilePhoneNumber: 06 12 34 56 78 (the number of a mobile)",
        ),
        region="FR",
    ),
    Pasted(
        "a Spanish signature",
        "Un saludo,\nAna García\nTeléfono: 912 34 56 78\nMóvil: 612 34 56 78\nCorreo: ana.garcia@example.es",
        (
            "firstName: Ana (a line of its own)",
            "lastName: García (a line of its own)",
            "email: ana.garcia@example.es (after “Correo:”)",
            "primaryPhoneNumber: 912 34 56 78 (after “Teléfono:”)",
            "mobilePhoneNumber: 612 34 56 78 (after “Móvil:”)",
        ),
        region="ES",
    ),
    Pasted(
        "Spanish labels",
        "Nombre: Ana\nApellidos: García López\nCorreo electrónico: ana@example.es\nPaquete: premium",
        (
            "firstName: Ana (after “Nombre:”)",
            "lastName: García López (after “Apellidos:”)",
            "email: ana@example.es (after “Correo electrónico:”)",
            "package: premium (after “Paquete:”)",
        ),
        region="ES",
    ),
    Pasted(
        "Dutch labels",
        "Voornaam: Jan\nAchternaam: de Vries\nMobiel: +31 6 12345678\nPakket: standard",
        (
            "firstName: Jan (after “Voornaam:”)",
            "lastName: de Vries (after “Achternaam:”)",
            "mobilePhoneNumber: +31 6 12345678 (after “Mobiel:”)",
            "package: standard (after “Pakket:”)",
        ),
        region="NL",
    ),
    Pasted(
        "an order that somebody else asked for",
        "Bob Boss asked: please set up Ann Agent with a softphone, her mail is ann@example.com, extension 4711",
        (
            "firstName: Ann (after “up”)",
            "lastName: Agent (after “up”)",
            "email: ann@example.com (the only e-mail address)",
            "extension: 4711 (after “extension”)",
            "package: softphone (the name of a package)",
        ),
    ),
    Pasted(
        "an order of a personnel department",
        "New hire: Ann Agent\nStarts: Monday\nE-mail: ann@example.com\nDesk phone: +1 240 555 1212\nLicense: Standard",
        (
            "firstName: Ann (after “New hire:”)",
            "lastName: Agent (after “New hire:”)",
            "email: ann@example.com (after “E-mail:”)",
            "primaryPhoneNumber: +1 240 555 1212 (after “Desk phone:”)",
            "package: Standard (after “License:”)",
        ),
    ),
    Pasted(
        "chat lines forwarded one by one",
        "12/05/24, 10:33 - Bob Smith: Name: Ann Agent\n"
        "12/05/24, 10:34 - Bob Smith: Phone: +1 240 555 1212\n"
        "12/05/24, 10:34 - Bob Smith: premium",
        (
            "firstName: Ann (after “Name:”)",
            "lastName: Agent (after “Name:”)",
            "primaryPhoneNumber: +1 240 555 1212 (after “Phone:”)",
            "package: premium (the name of a package)",
        ),
    ),
    Pasted(
        "a row with its head and semicolons",
        "email;name;phone\nann@example.com;Ann Agent;+1 240 555 1212",
        (
            "firstName: Ann (under “name”)",
            "lastName: Agent (under “name”)",
            "email: ann@example.com (under “email”)",
            "primaryPhoneNumber: +1 240 555 1212 (under “phone”)",
        ),
    ),
    Pasted(
        "a row with a quoted comma",
        '"Agent, Ann",ann@example.com,+1 240 555 1212',
        (
            "firstName: Ann (first column)",
            "lastName: Agent (first column)",
            "email: ann@example.com (second column)",
            "primaryPhoneNumber: +1 240 555 1212 (third column)",
        ),
    ),
    Pasted(
        "a row with everything in it",
        "95547321@example.com\tann@example.com\tAnn\tAgent\tReseller1+acme\tstandard\tAmerica/Los_Angeles\ten_US",
        (
            "userId: 95547321@example.com (first column)",
            "spEnterpriseId: Reseller1+acme (fifth column)",
            "firstName: Ann (third column)",
            "lastName: Agent (fourth column)",
            "email: ann@example.com (second column)",
            "package: standard (sixth column)",
            "language: en_US (eighth column)",
            "timezone: America/Los_Angeles (seventh column)",
        ),
    ),
    Pasted(
        "a row under a line of words",
        "please order:\nAnn;Agent;ann@example.com;basic",
        (
            "firstName: Ann (first column)",
            "lastName: Agent (second column)",
            "email: ann@example.com (third column)",
            "package: basic (fourth column)",
        ),
    ),
    Pasted(
        "labels parted by commas",
        "userId: 95547321@example.com, spEnterpriseId: Reseller1+acme, firstName: Ann, lastNam"
        "e: Agent, package: Softphone, tz: Europe/Berlin, lang: de",
        (
            "userId: 95547321@example.com (after “userId:”)",
            "spEnterpriseId: Reseller1+acme (after “spEnterpriseId:”)",
            "firstName: Ann (after “firstName:”)",
            "lastName: Agent (after “lastName:”)",
            "package: Softphone (after “package:”)",
            "language: de (after “lang:”)",
            "timezone: Europe/Berlin (after “tz:”)",
        ),
    ),
    Pasted(
        "a table of Markdown",
        "| Field | Value |\n|---|---|\n| First name | Ann |\n| Last name | Agent |\n| Email | ann@example.com |",
        (
            "firstName: Ann (after “First name:”)",
            "lastName: Agent (after “Last name:”)",
            "email: ann@example.com (after “Email:”)",
        ),
    ),
    Pasted(
        "two columns of CSV",
        "Name,Ann Agent\nEmail,ann@example.com\nPhone,+1 240 555 1212",
        (
            "firstName: Ann (after “Name:”)",
            "lastName: Agent (after “Name:”)",
            "email: ann@example.com (after “Email:”)",
            "primaryPhoneNumber: +1 240 555 1212 (after “Phone:”)",
        ),
    ),
    Pasted(
        "a user with both addresses",
        "User 95547321@example.com (Ann Agent, ann@example.com) needs premium",
        (
            "userId: 95547321@example.com (digits before the @)",
            "firstName: Ann (before the address)",
            "lastName: Agent (before the address)",
            "email: ann@example.com (the only e-mail address)",
            "package: premium (the name of a package)",
        ),
    ),
    Pasted(
        "three lines without labels",
        "Ann Agent\nann+webex@example.com\nReseller1+acme",
        (
            "spEnterpriseId: Reseller1+acme (written like Reseller1+acme)",
            "firstName: Ann (the first line)",
            "lastName: Agent (the first line)",
            "email: ann+webex@example.com (the only e-mail address)",
        ),
    ),
    Pasted(
        "a signature in capitals",
        "ANN AGENT\nTEL. 240-555-1212 FAX 240-555-1213\nANN@EXAMPLE.COM",
        (
            "firstName: ANN (the first line)",
            "lastName: AGENT (the first line)",
            "email: ANN@EXAMPLE.COM (the only e-mail address)",
            "primaryPhoneNumber: 240-555-1212 (after “TEL.”)",
        ),
        region="US",
    ),
    Pasted(
        "a mail of the person herself",
        "From: Agent, Ann <ann@example.com>\n"
        "Sent: Monday, May 12, 2025 10:33 AM\n"
        "To: Orders <orders@example.net>\n"
        "Subject: my new phone\n"
        "\n"
        "Please activate me with standard.\n"
        "\n"
        "Ann Agent\n"
        "+1 240 555 1212",
        (
            "firstName: Ann (a line of its own)",
            "lastName: Agent (a line of its own)",
            "email: ann@example.com (the only e-mail address)",
            "primaryPhoneNumber: +1 240 555 1212 (the only telephone number)",
            "package: standard (the name of a package)",
        ),
    ),
    Pasted(
        "a Russian signature",
        "Владимир Иванов\n\u0422\u0435л: +7 495 123-45-67\nivanov@example.ru",
        (
            "firstName: Владимир (the first line)",
            "lastName: Иванов (the first line)",
            "email: ivanov@example.ru (the only e-mail address)",
            "primaryPhoneNumber: +7 495 123-45-67 (the only telephone number)",
        ),
    ),
    Pasted(
        "an Arabic signature",
        "محمد علي\n+20 2 12345678\nm.ali@example.com.eg",
        (
            "firstName: محمد (the first line)",
            "lastName: علي (the first line)",
            "email: m.ali@example.com.eg (the only e-mail address)",
            "primaryPhoneNumber: +20 2 12345678 (the only telephone number)",
        ),
    ),
    Pasted(
        "somebody else's address",
        "Name: Ann Agent\nManager: Bob Boss\nManager email: bob@example.com\nEmail: ann@example.com",
        (
            "firstName: Ann (after “Name:”)",
            "lastName: Agent (after “Name:”)",
            "email: ann@example.com (after “Email:”)",
        ),
    ),
    Pasted(
        "an order with slashes",
        "provision: ann agent / ann@example.com / +1 240 555 1212 / standard",
        (
            "email: ann@example.com (the only e-mail address)",
            "primaryPhoneNumber: +1 240 555 1212 (the only telephone number)",
            "package: standard (the name of a package)",
        ),
    ),
    Pasted(
        "labels parted by spaces",
        "First: Ann  Last: Agent  Mail: ann@example.com  Ext: 51212  Enterprise: acme",
        (
            "spEnterpriseId: acme (after “Enterprise:”)",
            "firstName: Ann (after “First:”)",
            "lastName: Agent (after “Last:”)",
            "email: ann@example.com (after “Mail:”)",
            "extension: 51212 (after “Ext:”)",
        ),
    ),
    Pasted(
        "two columns with a tab",
        "Name\tAnn Agent\nPhone\t+1 240 555 1212\nTemplate\tacme-basic",
        (
            "firstName: Ann (after “Name:”)",
            "lastName: Agent (after “Name:”)",
            "primaryPhoneNumber: +1 240 555 1212 (after “Phone:”)",
            "template: acme-basic (after “Template:”)",
        ),
    ),
    Pasted(
        "a name with titles and a particle",
        "Prof. Dr. Ludwig van Beethoven\nDurchwahl: 27\nbeethoven@example.at",
        (
            "firstName: Ludwig (the first line)",
            "lastName: van Beethoven (the first line)",
            "email: beethoven@example.at (the only e-mail address)",
            "extension: 27 (after “Durchwahl:”)",
        ),
    ),
    Pasted(
        "an order with both addresses",
        "add ann@example.com, 95547321@example.com, Reseller1+acme, premium",
        (
            "userId: 95547321@example.com (digits before the @)",
            "spEnterpriseId: Reseller1+acme (written like Reseller1+acme)",
            "email: ann@example.com (the only e-mail address)",
            "package: premium (the name of a package)",
        ),
    ),
    Pasted(
        "a provisioning ID",
        "provisioning id: bGFzZGtqYWxza2Q6YXNkYXNk\nuser id: 95547321@example.com",
        (
            "userId: 95547321@example.com (after “user id:”)",
            "provisioningId: bGFzZGtqYWxza2Q6YXNkYXNk (after “provisioning id:”)",
        ),
    ),
    Pasted(
        "escaped HTML",
        "&lt;Ann Agent&gt; ann@example.com ext&nbsp;512 &amp; premium",
        (
            "email: ann@example.com (the only e-mail address)",
            "extension: 512 (after “ext”)",
            "package: premium (the name of a package)",
        ),
    ),
    Pasted(
        "labels behind a name",
        "John F. Kennedy <jfk@example.com>, mobile: +1 240 555 1213, primary: +1 240 555 1212",
        (
            "firstName: John F. (before the address)",
            "lastName: Kennedy (before the address)",
            "email: jfk@example.com (the only e-mail address)",
            "primaryPhoneNumber: +1 240 555 1212 (after “primary:”)",
            "mobilePhoneNumber: +1 240 555 1213 (after “mobile:”)",
        ),
    ),
    Pasted(
        "numbers without a country code",
        "Name: Ann Agent; Tel: 2405551212; Mobile: 2405551213",
        (
            "firstName: Ann (after “Name:”)",
            "lastName: Agent (after “Name:”)",
            "primaryPhoneNumber: 2405551212 (after “Tel:”)",
            "mobilePhoneNumber: 2405551213 (after “Mobile:”)",
        ),
    ),
    Pasted(
        "a mail forwarded by somebody else",
        "Sent from my iPhone\n"
        "\n"
        "Begin forwarded message:\n"
        "\n"
        "From: Bob Boss <bob@example.com>\n"
        "Date: 12 May 2025\n"
        "\n"
        "User: Ann Agent\n"
        "ID: 95547321@example.com\n"
        "Pkg: Basic",
        (
            "userId: 95547321@example.com (digits before the @)",
            "firstName: Ann (after “User:”)",
            "lastName: Agent (after “User:”)",
            "package: Basic (after “Pkg:”)",
        ),
    ),
    Pasted(
        "columns of spaces",
        "  Ann   Agent     ann@example.com     +1 240 555 1212",
        (
            "firstName: Ann (first column)",
            "lastName: Agent (second column)",
            "email: ann@example.com (third column)",
            "primaryPhoneNumber: +1 240 555 1212 (fourth column)",
        ),
    ),
    Pasted(
        "a signature without a name",
        "T: +44 20 7946 0958\n"
        "E: ann@example.co.uk\n"
        "\n"
        "This e-mail is confidential. If you are not the intended recipient please delete it.",
        (
            "email: ann@example.co.uk (after “E:”)",
            "primaryPhoneNumber: +44 20 7946 0958 (after “T:”)",
        ),
    ),
    Pasted(
        "a German mail with an order in it",
        "Hallo zusammen,\n"
        "\n"
        "bitte einen neuen Benutzer anlegen: Ann Agent, ann@example.com, Nebenstelle 512, Pake"
        "t standard.\n"
        "\n"
        "Danke\n"
        "Bob Boss",
        (
            "firstName: Ann (after “anlegen”)",
            "lastName: Agent (after “anlegen”)",
            "email: ann@example.com (the only e-mail address)",
            "extension: 512 (after “Nebenstelle”)",
            "package: standard (the name of a package)",
        ),
    ),
    Pasted(
        "a German head with Name for the last",
        "Name;Vorname;E-Mail;Telefon;Paket\nAgent;Ann;ann@example.com;+49 30 1234567;basic",
        (
            "firstName: Ann (under “Vorname”)",
            "lastName: Agent (under “Name”)",
            "email: ann@example.com (under “E-Mail”)",
            "primaryPhoneNumber: +49 30 1234567 (under “Telefon”)",
            "package: basic (under “Paket”)",
        ),
    ),
    Pasted(
        "a row of the API's own names",
        "\ufeffuserId,spEnterpriseId,firstName,lastName,email,primaryPhoneNumber,mobilePhoneNumber,"
        "extension,package,language,timezone,provisioningId\n"
        '95547321@example.com,"Reseller1+acme",Ann,"Agent, Jr.",ann@example.com,+12405551212,+'
        "12405551213,51212,standard,en_US,America/Los_Angeles,YWJjZA",
        (
            "userId: 95547321@example.com (under “userId”)",
            "spEnterpriseId: Reseller1+acme (under “spEnterpriseId”)",
            "firstName: Ann (under “firstName”)",
            "lastName: Agent (under “lastName”)",
            "email: ann@example.com (under “email”)",
            "primaryPhoneNumber: +12405551212 (under “primaryPhoneNumber”)",
            "mobilePhoneNumber: +12405551213 (under “mobilePhoneNumber”)",
            "extension: 51212 (under “extension”)",
            "package: standard (under “package”)",
            "language: en_US (under “language”)",
            "timezone: America/Los_Angeles (under “timezone”)",
            "provisioningId: YWJjZA (under “provisioningId”)",
        ),
    ),
    Pasted(
        "a mention and invisible characters",
        "<@personEmail:bot@example.net|Bot> provision Ann\u200b Agent\u00a0ann@\u200bexample.com ext 51212",
        (
            "firstName: Ann (after “provision”)",
            "lastName: Agent (after “provision”)",
            "email: ann@example.com (the only e-mail address)",
            "extension: 51212 (after “ext”)",
        ),
    ),
    Pasted(
        "a mention in a signature",
        "Thanks <@personEmail:bob@example.com|Bob>\nAnn Agent\nD +1 240 555 1212",
        (
            "firstName: Ann (a line of its own)",
            "lastName: Agent (a line of its own)",
            "primaryPhoneNumber: +1 240 555 1212 (after “D”)",
        ),
    ),
    Pasted(
        "a user ID without its domain",
        "User ID: 95547321\nName: O'Brien, Séan\nTemplate: acme-basic\nPlan: none",
        (
            "userId: 95547321 (after “User ID:”)",
            "firstName: Séan (after “Name:”)",
            "lastName: O'Brien (after “Name:”)",
            "template: acme-basic (after “Template:”)",
        ),
    ),
    Pasted(
        "labels that go against the looks",
        "email: 95547321@example.com\nuser id: ann@example.com",
        (
            "userId: ann@example.com (after “user id:”)",
            "email: 95547321@example.com (after “email:”)",
        ),
    ),
    Pasted(
        "a kind in brackets",
        "<p><b>Ann Agent</b><br>Sales</p><p>Phone (mobile): +1 240 555 1213<br/>Phone (work): "
        "+1 240 555 1212</p><style>p {color: red}</style>",
        (
            "firstName: Ann (the first line)",
            "lastName: Agent (the first line)",
            "primaryPhoneNumber: +1 240 555 1212 (after “Phone (work):”)",
            "mobilePhoneNumber: +1 240 555 1213 (after “Phone (mobile):”)",
        ),
    ),
    Pasted(
        "an address of the house",
        "new subscriber\nann.agent@example.com and info@example.com\nAnn Agent, +1 240 555 1212 / +1 240 555 1213",
        (
            "firstName: Ann (as in the e-mail address)",
            "lastName: Agent (as in the e-mail address)",
            "email: ann.agent@example.com (the only e-mail address)",
            "primaryPhoneNumber: +1 240 555 1212 (the first telephone number)",
        ),
    ),
    Pasted(
        "links of Markdown",
        "[Ann Agent](https://example.com/ann) · [ann@example.com](mailto:ann@example.com) · premium",
        (
            "firstName: Ann (the first line)",
            "lastName: Agent (the first line)",
            "email: ann@example.com (the only e-mail address)",
            "package: premium (the name of a package)",
        ),
    ),
    Pasted(
        "values that the checks will refuse",
        "Package: gold\nName: Ann Agent\nEmail: ann@example.com\nLanguage: English\nTime zone: CET",
        (
            "firstName: Ann (after “Name:”)",
            "lastName: Agent (after “Name:”)",
            "email: ann@example.com (after “Email:”)",
            "language: English (after “Language:”)",
            "timezone: CET (after “Time zone:”)",
        ),
    ),
)

CHAT = (
    "Hi Bob, could you give Ann Agent a ring? +1 240 555 1212 or ann.agent@example.com",
    "ann@example.com = 95547321@example.com?",
    "fyi ann@example.com moved to +1 240 555 1212",
    "status of 95547321@example.com ext 51212",
    "what's the extension of ann@example.com? 51212?",
    "Webex meeting: +1 240 555 1212, access code 4711, host ann@example.com",
    (
        "Join by phone\n+1-240-555-1212 US Toll\n"
        "Access code: 2552 121 2121\nJoin from a video system\nDial 25525555@example.webex.com"
    ),
    "ok, standard it is, tell bob@example.com",
    "Bob wrote: I will be at +1 240 555 1212 with ann@example.com until Friday",
    "# 4711 done\nann@example.com was fine\nstandard",
    "Can ann@example.com have premium?",
    "2024-05-12 10:33:01 ERROR 95547321@example.com extension 51212 timed out",
    "hello, can you call me at 5?",
    "precheck ann@example.com please",
    "call me at +1 240 555 1212 or ann@example.com?",
    "my number is +1 240 555 1212 and my email is ann@example.com",
    "you can reach me by phone +1 240 555 1212 or email ann@example.com",
    "Ticket 4711: user 95547321@example.com cannot log in, phone shows error 0x80 at ext 51212",
    "please reset the password for Ann Agent, ann@example.com",
    "help",
    "",
    "   ",
    "How do I create a user like ann@example.com with standard?",
    "Ann Agent called, +1 240 555 1212",
    "standard or premium?",
    "thanks!",
    "the meeting is at 10:30 in Europe/Berlin, standard room",
    "https://example.com/a?b=ann@example.com&phone=+12405551212",
    "provision workspace userId=95547321@example.com name=Room",
    "Hi all, the team meeting moves to +1 240 555 1212, code 4711, see you!",
    "who is ann@example.com with +1 240 555 1212?",
    "is 95547321@example.com on standard or premium?",
    "Thank you so much Ann Agent",
    "Ann Agent",
    "ann@example.com",
    "+1 240 555 1212",
    "standard",
    "Reseller1+acme, standard, 51212",
    "delete Ann Agent ann@example.com",
    "show request 12",
    "my requests",
    "a,b,c",
    "1;2;3",
    "name,email,phone",
    "The invoice 4711 over 2405551212 is due",
    "user 95547321@example.com cannot log in since Monday",
    "Why did request 12 fail for ann@example.com with standard?",
    "I spoke to Ann Agent on +1 240 555 1212 yesterday about her voicemail",
    "Error 200026 for ann@example.com: user already exists in Webex",
    "lunch at 12:30 with bob@example.com and ann@example.com?",
    "please remove ann@example.com, +1 240 555 1212, from premium",
    "C++ and a+b are fun, mail me at ann@example.com",
    "cancel",
    '{"code": 200026, "email": "ann@example.com"}',
    "precheck Ann Agent, ann@example.com, standard",
    "provision workspace\nName: Room\nPhone: +1 240 555 1212",
    "email;name;phone\nann@example.com;Ann Agent;+1 240 555 1212\nbob@example.com;Bob Boss;+1 240 555 1213",
    "hi, I'm Ann Agent, +1 240 555 1212",
    "Bob, please ask Ann Agent, ann@example.com, +1 240 555 1212 about it",
    "<@personEmail:ann@example.com|Ann> +1 240 555 1212",
)
