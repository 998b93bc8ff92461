"""A report as it could be: the words for the tests of the report, and variations on them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from trajectories.report.value import (
    Answer,
    Commitment,
    Goal,
    Lasting,
    Mark,
    Moment,
    OwnLevel,
    Party,
    Remark,
    ReportText,
    Voice,
)

CLIENT = Party(part="client", role="Klant", name="Youssef El Amrani", first_name="Youssef", function="teamleider", unit="Poli Interne")
SPONSOR = Party(part="sponsor", role="Opdrachtgever", name="Annelies de Wit", first_name="Annelies", function="clustermanager")
COACH = Party(part="coach", role="Coach", name="Marieke Hofstra", first_name="Marieke", function="interne coachpool")


def own(client, sponsor, coach):
    levels = (("client", client), ("sponsor", sponsor), ("coach", coach))
    return tuple(OwnLevel(part=part, level=level) for part, level in levels)


def voice(part, *answers):
    return Voice(part=part, answers=tuple(Answer(question=question, words=words) for question, words in answers))


MOMENTS = (
    Moment(kind="intake", on=date(2026, 9, 3)),
    Moment(kind="start", on=date(2026, 9, 10)),
    *[Moment(kind="session")] * 3,
    Moment(kind="mid", on=date(2026, 10, 29)),
    *[Moment(kind="session")] * 3,
    Moment(kind="closing", on=date(2026, 12, 17)),
    Moment(kind="follow_up", on=date(2027, 3, 18)),
)
GOALS = (
    Goal(
        number=1,
        title="Ik draag werk over en laat het dan ook los.",
        short="Werk overdragen en loslaten",
        now="Ik neem taken terug zodra het spannend wordt. Drie avonden per week werk ik door.",
        then="Het rooster en het dagoverleg zijn van het team.",
        start=-2,
        outcome=1,
        sentence="Lotte maakt het rooster. Rob leidt het dagoverleg. Ik werk nog één avond door, meestal uit gewoonte.",
        own=own(1, 1, 0),
    ),
    Goal(
        number=2,
        title="Ik voer het lastige gesprek op tijd.",
        short="Het lastige gesprek op tijd voeren",
        now="Ik spaar het op tot het jaargesprek en zeg het dan te voorzichtig.",
        then="Binnen een week zeg ik het, onder vier ogen.",
        start=-1,
        outcome=0,
        sentence="Twee gesprekken gevoerd, allebei binnen een week. Naar boven toe oefen ik nog.",
        own=own(1, -1, 0),
    ),
    Goal(
        number=3,
        title="Ik weet ’s ochtends wat de dag van míj vraagt.",
        short="Weten wat de dag van mij vraagt",
        now="Mijn mailbox bepaalt mijn dag.",
        then="Ik begin de dag met mijn eigen plan.",
        start=-2,
        outcome=0,
        sentence="Drie dingen op een briefje. Het vrije uur haal ik vier van de vijf dagen.",
        own=own(0, 0, 0),
    ),
)
VOICES = (
    voice(
        "client",
        (
            "Wat heeft het traject je gebracht?",
            "Ik hoef niet alles te zien om te weten dat het goed gaat. Dat klinkt klein. Het scheelt me drie avonden per week.",
        ),
        ("Wat maakte het verschil?", "Oefenen. Het gesprek met Rob heb ik drie keer hardop gedaan voordat het echt was."),
        ("Wat gun je jezelf nog?", "Eerder aan de bel trekken bij Annelies, als de planning klemt."),
    ),
    voice(
        "sponsor",
        (
            "Zijn de resultaten merkbaar op de werkvloer?",
            "Ik hoor dingen nu van Lotte en Rob, in plaats van via Youssef. Vorige week was hij vrij en merkte niemand het.",
        ),
        (
            "Wat droeg jij eraan bij?",
            "Het dagdeel zonder dienst kwam pas in november. Dat had eerder gekund. Sindsdien staat het vast.",
        ),
        ("Wat gun je je collega nog?", "Dat hij ook bij mij op tijd zegt wat niet gaat."),
    ),
    voice(
        "coach",
        (
            "Wat is er gedaan?",
            "Zes sessies, allemaal doorgegaan. Bij de tussenstand hebben we meer ruimte gemaakt voor het derde doel.",
        ),
        (
            "Wat werkte?",
            "Klein beginnen en het meteen doen. Youssef kwam bijna elke keer terug met iets wat hij echt had geprobeerd.",
        ),
        ("Wat geef je mee?", "Het briefje is van jou. Verander het gerust, zolang je het maar zelf schrijft."),
    ),
)
LASTING = (
    Lasting(
        who="Youssef",
        what="Ik vraag Lotte en Rob wat ik beter had kunnen laten liggen.",
        when="Eens per maand, voor het eerst op 14 januari",
    ),
    Lasting(who="Youssef en Annelies", what="In ons werkoverleg is de eerste vraag: waar klemt het?", when="Elke twee weken"),
    Lasting(who="Annelies", what="Het dagdeel zonder dienst blijft staan in het rooster van 2027.", when="Per 1 januari"),
    Lasting(who="Marieke", what="Ik ben er als je me belt, en ik plan de terugblik.", when="Tot en met 18 maart"),
)
THREE = ReportText(
    number="RD-2026-0007",
    language="nl",
    organisation="Zorggroep Merwestede",
    parties=(CLIENT, SPONSOR, COACH),
    closed_by=("client", "sponsor", "coach"),
    starts_on=date(2026, 9, 3),
    ends_on=date(2026, 12, 17),
    met_on=date(2026, 12, 17),
    sessions=6,
    minutes=60,
    follow_up_on=date(2027, 3, 18),
    question="Hoe geef ik mijn team ruimte, zonder zelf het overzicht te verliezen?",
    summary=(
        "In september nam ik alles terug wat spannend werd. Nu is het rooster van Lotte, voer ik gesprekken in de week dat "
        "het nodig is, en weet ik ’s ochtends wat de dag van míj vraagt. Wat ik niet had verwacht: mijn team is er rustiger "
        "van geworden. En ik ook."
    ),
    headline="Drie doelen, alle drie bereikt. Loslaten ging verder dan afgesproken.",
    quote="Ze deed het anders dan ik, en het klopte.",
    moments=MOMENTS,
    goals=GOALS,
    voices=VOICES,
    differences=(
        "Bij doel 2 zag Youssef meer vooruitgang dan Annelies. In het eindgesprek bleek waarom: naar zijn team lukt het, naar "
        "zijn leidinggevende nog niet. Samen stelden we het doel vast op ‘bereikt’, en maakten we over dat laatste een afspraak."
    ),
    lasting=LASTING,
    commitments=(Commitment(who="Annelies", what="Een dagdeel per week zonder dienst.", kept_on=date(2026, 11, 9)),),
    effort=(
        "Marieke heeft zich ingespannen om Youssef te helpen zijn vraag scherp te krijgen en zijn eigen antwoord te vinden. "
        "Een coach zegt inspanning toe, geen resultaat."
    ),
)
ENGLISH = replace(THREE, language="en")
TWO = replace(
    ENGLISH,
    question=None,
    parties=(CLIENT, COACH),
    closed_by=("client", "coach"),
    voices=(VOICES[0], VOICES[2]),
    goals=(GOALS[0],),
    headline="",
    quote="",
    differences="",
    commitments=(),
)
MANY = replace(
    ENGLISH,
    headline="",
    goals=(
        *GOALS,
        replace(
            GOALS[0],
            number=4,
            title="Verantwoordelijkheidsverdelingsoverleg zonder Arbeidsongeschiktheidsverzekeringsmaatschappijjargon",
            short="",
            outcome=None,
            sentence="",
        ),
        replace(
            GOALS[1],
            number=5,
            outcome=None,
            differently=(
                Remark(part="client", words="Het lukt me vaker dan niet."),
                Remark(part="sponsor", words="Naar mij toe zie ik het nog niet."),
                Remark(part="coach", words="Het is net begonnen."),
            ),
        ),
        replace(GOALS[2], number=6, outcome=-2, own=own(-1, None, -2)),
    ),
)


def marks(text, *, own_levels=True, **changes):
    """Everyone who closes signs `text`, a minute apart; `changes` are those of the coach's signature."""
    signed = [
        Mark(part=party.part, name=party.name, at=datetime(2026, 12, 17, 13, 48 + minute, tzinfo=UTC), own_levels=own_levels)
        for minute, party in enumerate(text.signers)
    ]
    return tuple(signed[:-1]) + (replace(signed[-1], **changes),)
