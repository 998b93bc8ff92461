"""Which leaks do we plant in what pages, files and mails show?"""

from tests.mutations.planting import ACCESS, ENTERS, UNSAID, WALK, leak

PAGES = (
    leak(
        "403 for what is hidden",
        "trajectories/views/homes.py",
        "row = get_object_or_404(mine.with_seats(), pk=pk)",
        "row = mine.with_seats().filter(pk=pk).first()\n"
        "    if row is None:\n        from django.core.exceptions import PermissionDenied\n        raise PermissionDenied",
        f"{ENTERS}[GET trajectories:sponsor running]",
        says="403, not HIDDEN",
    ),
    leak(
        "what is hidden answers otherwise than what is missing",
        "trajectories/views/homes.py",
        "row = get_object_or_404(mine.with_seats(), pk=pk)",
        "list(Trajectory.objects.filter(pk=pk)[:1]) and list(Trajectory.objects.filter(pk=pk).with_seats())\n"
        "    row = get_object_or_404(mine.with_seats(), pk=pk)",
        f"{ACCESS}::test_missing_and_hidden_answer_alike[GET trajectories:sponsor running]",
        says="assert .*404",
    ),
    leak(
        "a word in the title",
        "templates/trajectories/question.html",
        '{% block title %}{% translate "The coaching question" %}{% endblock %}',
        "{% block title %}{{ current.words }}{% endblock %}",
        f"{UNSAID}::test_titles_and_names_of_files_hold_no_words_and_no_names",
        says="title of GET trajectories:question",
    ),
    leak(
        "a word in a hidden field",
        "trajectories/views/homes.py",
        '        "along": along,\n',
        '        "along": along,\n        "hint": look(row.questions.all()[:1], by=eyes, at=now()),\n',
        f"{ENTERS}[GET trajectories:sponsor running]",
        says="els: ENTER.*kanarie",
        more=(
            (
                "trajectories/views/homes.py",
                "from trajectories.doors import ",
                "from coaching.clock import now\nfrom coaching.traces import look\nfrom trajectories.doors import ",
            ),
            (
                "templates/trajectories/sponsor.html",
                '{% if along %}{% include "trajectories/sponsor/along.html"',
                '{% for one in hint %}<input type="hidden" name="hint" value="{{ one.words }}">{% endfor %}'
                '{% if along %}{% include "trajectories/sponsor/along.html"',
            ),
        ),
    ),
    leak(
        "a word in a comment",
        "templates/trajectories/match.html",
        "{% block main %}{% with client=trajectory.client.person %}",
        "{% block main %}<!-- {% for one in abouts %}{{ one.about }}{% endfor %} -->{% with client=trajectory.client.person %}",
        f"{ENTERS}[GET trajectories:match requested]",
        says="wim: ENTER.*kanarie",
        more=(
            (
                "trajectories/views/matching.py",
                '        "waits": waits_for(trajectory, standing, desk=True),\n',
                '        "waits": waits_for(trajectory, standing, desk=True),\n'
                '        "abouts": look(trajectory.requests.all(), by=request.user, at=now()),\n',
            ),
        ),
    ),
    leak(
        "a count of what somebody keeps for themselves",
        "templates/trajectories/sponsor.html",
        '{% if along %}{% include "trajectories/sponsor/along.html"',
        '<p hidden>{{ notes }}</p>{% if along %}{% include "trajectories/sponsor/along.html"',
        f"{UNSAID}::test_who_may_not_read_it_cannot_tell_that_it_is_there",
        says="els.*opdrachtgever",
        more=(
            (
                "trajectories/views/homes.py",
                '        "along": along,\n',
                '        "along": along,\n        "notes": sum(seat.notes.count() for seat in row.parts.all()),\n',
            ),
        ),
    ),
    leak(
        "the sponsor's page tells dates of sessions",
        "sessions/thread.py",
        "looks_in = seat.part in (COACH, CLIENT)",
        "looks_in = True",
        "tests/trajectories/test_thread.py::test_the_sponsor_counts_knots_and_no_more",
        says="assert not any",
    ),
    leak(
        "the sponsor reads every wording of the question",
        "trajectories/models/question.py",
        "    reads = {COACH: ALL, CLIENT: ALL}\n",
        '    reads = {COACH: ALL, CLIENT: ALL, "sponsor": ALL}\n',
        f"{WALK}::test_the_straight_way_leads_to_the_signatures_and_the_check_can_fail",
        says="sponsor, reads Question",
    ),
    leak(
        "what we say of who reads is not what the doors do",
        "trajectories/who_reads.yaml",
        "- models: [coaching_sessions.note, coaching_sessions.stall]",
        "- models: [coaching_sessions.note]",
        "tests/trajectories/test_who_reads.py",
        says="coaching_sessions.stall",
    ),
    leak(
        "a name in the name of a file",
        "trajectories/views/reports.py",
        """return pdf(row.pdf, f"{pgettext('file name', 'Closing-report')}-{row.number}")""",
        """return pdf(row.pdf, f"{row.trajectory.client.name}-{row.number}")""",
        f"{UNSAID}::test_titles_and_names_of_files_hold_no_words_and_no_names",
        says="file of GET trajectories:report",
    ),
    leak(
        "a name in the metadata of a PDF",
        "templates/report/report.html",
        "<title>{{ name }}</title>",
        '<title>{{ name }}</title><meta name="author" content="{{ client.name }}">',
        "tests/trajectories/test_report_pdf.py::test_the_file_is_tagged_and_named_neutrally",
        says="/Author",
    ),
)
