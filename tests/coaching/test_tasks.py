"""Is what is done beside the page done after the commit, again when it fails, and not lost with the worker?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from coaching import outbox, queue, tasks
from coaching.clock import now
from coaching.models import Letter, Person
from coaching.outbox import deliver, post

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
seen, broken = [], []


@tasks.job
def note(words):
    if broken:
        broken.pop()
        raise ConnectionResetError("zwaluwstaart")
    seen.append(words)


def no_job(words):
    seen.append(words)


@pytest.fixture(autouse=True)
def afresh():
    seen.clear()
    broken.clear()


@pytest.fixture
def noor(db):
    return Person.objects.create_user("noor@example.org", "a long sentence", name="Noor Jansen", language="en")


@pytest.fixture
def clock(monkeypatch):
    """Time that a test can move."""
    moment = [now()]
    monkeypatch.setattr(tasks, "now", lambda: moment[0])
    monkeypatch.setattr(outbox, "now", lambda: moment[0])
    return lambda **more: moment.__setitem__(0, moment[0] + timedelta(**more))


@pytest.fixture
def with_worker(settings):
    settings.TASKS_BY = "worker"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work():
    """A worker takes what is ready, and ends."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_here_it_is_done_right_after_the_commit():
    with transaction.atomic():
        note.soon("a")
        assert seen == []
    assert seen == ["a"]


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_leaves_nothing_to_do():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note.soon("a")
        _ = 1 / 0
    assert seen == [] and tasks.do_waiting() == 0


def test_here_what_waits_is_done_after_the_first_answer_from_then_on(client, db, clock):
    with transaction.atomic():
        note.soon("a", not_before=tasks.now() + timedelta(seconds=30))
    transaction.get_connection().run_on_commit.pop()[1]()
    client.get("/inloggen/")
    assert seen == []
    clock(seconds=31)
    client.get("/inloggen/")
    assert seen == ["a"] and tasks.do_waiting() == 0


@pytest.mark.django_db(transaction=True)
def test_a_release_leaves_half_a_minute_later_with_the_next_page(client, noor, clock):
    at = tasks.now()
    post("something_shared", to=noor, at=at, not_before=at + timedelta(seconds=30))
    client.get("/inloggen/")
    assert mail.outbox == []
    clock(seconds=30)
    client.get("/inloggen/")
    assert len(mail.outbox) == 1
    assert deliver(at + DAY) == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_is_tried_again_later_each_time(clock, caplog):
    broken.extend([1] * len(tasks.PAUSES))
    note.soon("a")
    for pause in tasks.PAUSES:
        clock(seconds=pause.total_seconds() - 1)
        assert tasks.do_waiting() == 0
        clock(seconds=1)
        assert tasks.do_waiting() == 1
    assert seen == ["a"]
    assert "ConnectionResetError" in caplog.text and "zwaluwstaart" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_job_that_keeps_failing_is_given_up(clock, caplog):
    broken.extend([1] * 20)
    note.soon("a")
    for pause in tasks.PAUSES:
        clock(seconds=pause.total_seconds())
        tasks.do_waiting()
    assert "given up" in caplog.text and not tasks._waiting and len(broken) == 20 - 7


def test_only_jobs_are_carried_out():
    result = tasks.carry_out.enqueue("tests.coaching.test_tasks.no_job", ["a"], 0)
    assert result.status == TaskResultStatus.FAILED and seen == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_sees_a_job_only_after_the_commit(with_worker):
    with transaction.atomic():
        note.soon("a")
        assert seen == []
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note.soon("b")
        _ = 1 / 0
    assert seen == []
    work()
    assert seen == ["a"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_waits_for_the_moment(with_worker):
    note.soon("a", not_before=now() + HOUR)
    work()
    assert seen == []
    DBTaskResult.objects.update(run_after=now())
    work()
    assert seen == ["a"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_tries_again_later(with_worker):
    broken.append(1)
    note.soon("a")
    work()
    waits = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    assert MINUTE * 0.9 < waits.run_after - now() <= MINUTE and waits.args_kwargs["args"][2] == 1
    assert "zwaluwstaart" not in str(list(DBTaskResult.objects.values()))
    DBTaskResult.objects.ready().update(run_after=now())
    DBTaskResult.objects.filter(pk=waits.pk).update(run_after=now())
    work()
    assert seen == ["a"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_a_letter_and_asks_a_mail_server_again(with_worker, noor, monkeypatch):
    def refuse(*args, **facts):
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    letter = post("please_sign", to=noor, at=now())
    work()
    letter.refresh_from_db()
    assert letter.tries == 1 and not letter.sent_at
    monkeypatch.undo()
    again = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    assert again.run_after == letter.due_at
    DBTaskResult.objects.filter(pk=again.pk).update(run_after=now())
    Letter.objects.update(due_at=now())
    work()
    assert len(mail.outbox) == 1 and deliver(now() + DAY) == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_job_twice_is_one_letter(with_worker, noor):
    letter = post("please_sign", to=noor, at=now())
    outbox.send_letter.soon(str(letter.pk), now().isoformat())
    work()
    assert len(mail.outbox) == 1


def running(since, workers=1):
    facts = {"task_path": "coaching.tasks.carry_out", "backend_name": "default", "args_kwargs": {"args": [], "kwargs": {}}}
    facts |= {"exception_class_path": "", "traceback": "", "run_after": datetime(9999, 1, 1, tzinfo=UTC)}
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING, started_at=since, worker_ids=[str(n) for n in range(workers)], **facts
    )


@pytest.mark.django_db
def test_what_a_dead_worker_left_goes_back_in_the_queue(caplog):
    at = now()
    fresh, stuck, hopeless = running(at - MINUTE), running(at - HOUR), running(at - HOUR, workers=5)
    queue.free_stuck_tasks(at)
    states = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert states == {fresh.pk: "RUNNING", stuck.pk: "READY", hopeless.pk: "FAILED"}
    assert "in the queue again" in caplog.text and "given up" in caplog.text
    queue.free_stuck_tasks(at)
    assert dict(DBTaskResult.objects.values_list("pk", "status")) == states


@pytest.mark.django_db(transaction=True)
def test_a_stuck_job_is_done_after_all(with_worker):
    note.soon("a")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=now() - HOUR, worker_ids=["dead"])
    work()
    assert seen == []
    call_command("day")
    work()
    assert seen == ["a"]


@pytest.mark.django_db
def test_a_queue_that_stands_still_is_told_and_what_is_done_is_forgotten(with_worker, caplog):
    note.soon("a")
    note.soon("b", not_before=now() + DAY)
    queue.see_that_it_moves(now() + MINUTE)
    assert "worker" not in caplog.text
    queue.see_that_it_moves(now() + HOUR)
    assert "1 tasks have been waiting" in caplog.text
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=now())
    queue.forget_done_tasks(now() + 6 * DAY)
    assert DBTaskResult.objects.count() == 2
    queue.forget_done_tasks(now() + 8 * DAY)
    assert not DBTaskResult.objects.exists()
