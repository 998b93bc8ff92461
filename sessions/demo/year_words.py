"""Which words fill a busy year? Few, in both languages: they are there to be looked past."""

FIRST = ("Amira", "Bas", "Chantal", "Dirk", "Esra", "Floor", "Gijs", "Hanna", "Ivo", "Joke")
LAST = ("Aydın", "Brouwer", "Claessen", "Dijkstra")
SAID = {
    "nl": (
        "De eerste twee zinnen hardop gezegd, en toen bleef het stil.",
        "Ik merk dat ik ja zeg voordat ik heb nagedacht.",
        "Rob vragen wat hij van mij verwacht, en het opschrijven.",
        "Op dinsdag een uur zonder telefoon werken.",
        "Kleiner beginnen. Eén gesprek, en dan kijken.",
        "Wat van een ander is, laat ik bij die ander.",
        "Hardop oefenen hielp meer dan erover praten.",
    ),
    "en": (
        "Said the first two sentences out loud, and then it stayed silent.",
        "I notice that I say yes before I have thought.",
        "Ask Rob what he expects of me, and write it down.",
        "Work an hour on Tuesday without a telephone.",
        "Begin smaller. One talk, and then look.",
        "What is somebody else’s I leave with them.",
        "Practising out loud helped more than talking about it.",
    ),
}
THEMES = {
    "nl": (
        ("Hoe zeg ik nee zonder uitleg?", ("Eén keer per week nee zeggen", "Na het gesprek naar huis op tijd")),
        ("Wat wil ik met de volgende stap?", ("Drie mensen spreken die het werk doen", "Een brief op papier")),
        ("Hoe leid ik dit overleg?", ("Iedereen komt aan het woord", "Het overleg eindigt met wie wat doet")),
    ),
    "en": (
        ("How do I say no without explaining?", ("Say no once a week", "Home in time after the talk")),
        ("What do I want of the next step?", ("Talk to three people who do the work", "A letter on paper")),
        ("How do I lead this meeting?", ("Everyone gets to speak", "The meeting ends with who does what")),
    ),
}


def words_in(language):
    """Names, sentences and themes for a year in `language`."""
    themes = [{"question": question, "goals": goals} for question, goals in THEMES[language]]
    return {"coach": "Yara van den Berg", "address": "yara", "first": FIRST, "last": LAST, "said": SAID[language], "themes": themes}
