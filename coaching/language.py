"""Which language do we speak? The person's own once we know them; before that, the browser's."""

from django.conf import settings
from django.utils import translation


def own_language(get_response):
    """Stands after AuthenticationMiddleware, as LocaleMiddleware's companion."""
    known = dict(settings.LANGUAGES)

    def speaking(request):
        language = getattr(request.user, "language", None)
        if language in known:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return speaking
