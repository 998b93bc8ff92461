"""How do tests of accounts make a person, and get in?"""

from coaching.models import Person

LOGIN, FORGOTTEN, SENTENCE = "/inloggen/", "/wachtwoord-vergeten/", "a long sentence to log in with"
NEW = "quite another sentence of mine"


def person(email="noor@example.org", **facts):
    return Person.objects.create_user(email, SENTENCE, **{"name": "Noor Jansen", "language": "en"} | facts)


def log_in(client, email="noor@example.org", password=SENTENCE, **facts):
    return client.post(LOGIN, {"email": email, "password": password}, **facts)


def known(client):
    return client.get("/still-here/").status_code == 204
