"""Which leaks do we plant in how words are kept, traced, typed and taken along?"""

from tests.mutations.planting import CANARIES, TAKEN, UNSAID, leak

WORDS = (
    leak(
        "no trace of a look",
        "coaching/traces.py",
        "Trace.objects.bulk_create(lines, ignore_conflicts=True)",
        "pass",
        "tests/coaching/test_sealed.py::test_looking_opens_and_traces",
        says="DoesNotExist|assert",
    ),
    leak(
        "words lie open in the column",
        "coaching/sealed.py",
        "return Box(name.encode() + nonce + AESGCM(key).encrypt(nonce, self.to_bytes(words), self._row(row)))",
        "return Box(name.encode() + nonce + self.to_bytes(words))",
        f"{CANARIES}::test_no_word_lies_open_in_the_database",
        says=r"item: .[a-z_]+: kanarie",
        more=(
            (
                "coaching/sealed.py",
                "return self.of_bytes(AESGCM(key).decrypt(bytes(box[2:14]), bytes(box[14:]), self._row(row)))",
                "return self.of_bytes(bytes(box[14:]))",
            ),
        ),
    ),
    leak(
        "a word in a log line",
        "trajectories/views/question.py",
        "    look([*wordings, *released], by=seat, at=at)\n",
        "    look([*wordings, *released], by=seat, at=at)\n"
        '    import logging\n    [logging.getLogger("trajectories").info("shown: %s", one.words) for one in wordings]\n',
        f"{CANARIES}::test_no_word_is_logged[fay]",
        says="shown: ",
    ),
    leak(
        "a word in the subject of a mail",
        "trajectories/models/releases.py",
        'url, when = reverse("trajectories:sponsor", args=[self.trajectory_id]), ',
        'url, when = reverse("trajectories:sponsor", args=[self.trajectory_id]) + "?" + self.words, ',
        f"{CANARIES}::test_no_word_is_mailed",
        says="kanarie",
        more=(
            (
                "coaching/letters/__init__.py",
                "        return subject, ",
                '        subject += pairs[0][1].partition("?")[2]\n        return subject, ',
            ),
        ),
    ),
    leak(
        "an autosave passes by the door",
        "trajectories/views/question.py",
        "    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)\n"
        '    window = Window(request, trajectory.seat_of(request.user).keeps("question", pk))\n'
        "    if window.autosave:\n        return window.keep()\n",
        '    window = Window(request, f"question:{pk}")\n'
        "    if window.autosave:\n        return window.keep()\n"
        "    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)\n",
        f"{UNSAID}::test_an_autosave_passes_the_door_too[POST trajectories:question running]",
        says="200",
    ),
    leak(
        "the key of another's window can be written in",
        "coaching/drafts.py",
        "    if (draft.author_id, draft.place) != (by.pk, place):\n        raise Http404\n",
        "",
        f"{UNSAID}::test_a_key_of_another_is_not_written_in",
        says="assert",
    ),
    leak(
        "words of one person kept under the next who logs in",
        "coaching/session_end.py",
        "return HttpResponse(status=403) if of_another(request) else None",
        "return None",
        "tests/coaching/test_session_end.py::test_a_page_of_another_keeps_nothing_here",
        says="assert",
    ),
    leak(
        "a browser may keep the page",
        "coaching/middleware.py",
        'response["Cache-Control"] = "no-store"',
        'response["Cache-Control"] = "private"',
        "tests/coaching/test_headers.py",
        says="no-store",
    ),
    leak(
        "a download takes along what only the client wrote",
        "trajectories/download/rows.py",
        "    rule = ~Q(trajectory__in=coached)\n",
        "    rule = ~Q(pk__in=[])\n",
        f"{TAKEN}::test_coaches_take_along_what_they_wrote_and_leave_the_clients_words[noor]",
        says="kanarie",
    ),
    leak(
        "a download takes along drafts of a place that is closed by now",
        "trajectories/download/rows.py",
        "if named[draft.pk] <= open_to_them]",
        "]",
        f"{TAKEN}::test_a_draft_comes_along_as_long_as_its_place_is_open",
        says="not in",
    ),
)
