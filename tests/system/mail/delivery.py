"""What `send` delivers: to servers that behave, that refuse, that break off; each mail once."""
import os
import pathlib
import shutil
import signal
import stat
import subprocess
import threading
import time

import company
from messages import latest, manifest, parse, run
from servers import Breaking, Inbox, Server, certificate, context

_published = {}
SECRET = "pa55word-that-stands-nowhere"


def published(program, work, names=("North", "South", "East"), mail=""):
    """A run of its own; made once for each kind and copied."""
    kind = (names, mail)
    if kind not in _published:
        made = company.make(work.parent / f"published{len(_published)}", list(names), mail=mail,
                            formats="[eml]")
        run(program, made)
        _published[kind] = made
    folder = work / "company"
    shutil.copytree(_published[kind].parent, folder, symlinks=True)
    return folder / _published[kind].name


def send(program, config, server, *words, code=0, sets=(), env=None):
    """With the settings of the config and a server in place of its own."""
    command = [program, "send", str(latest(config)), "--config", str(config), "--set",
               f"mail.smtp={server if isinstance(server, str) else server.url}"]
    for one in sets:
        command += ["--set", one]
    done = subprocess.run(command + list(words), capture_output=True, text=True,
                          env={**os.environ, **(env or {})})
    assert code is None or done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return done


def ledger(config):
    lines = (config.parent / "out" / "sent.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def files(config):
    return {mail["to"]: (latest(config) / mail["path"]).read_bytes()
            for mail in manifest(config)["mails"]}


def assert_received(inbox, config, addresses=None):
    """Each once, from the sender, to one recipient, byte by byte the run's file."""
    wanted = files(config)
    addresses = sorted(wanted if addresses is None else addresses)
    assert sorted(to for _, (to,), _ in inbox.mails) == addresses, [m[1] for m in inbox.mails]
    for sender, (to,), data in inbox.mails:
        assert sender == "ops@example.com" and data == wanted[to]


def each_once(program, work):
    config = published(program, work)
    inbox = Inbox()
    with Server(inbox) as server:
        table = send(program, config, server, "--dry-run").stdout
        assert inbox.mails == [] and not (config.parent / "out" / "sent.tsv").exists()
        assert [line.split("\t")[:3] for line in table.splitlines()[1:]] == [
            ["to send", f"team T{i}", f"s{i}@example.com"] for i in range(3)]
        done = send(program, config, server)
        assert done.stdout.splitlines() == [f"sent\tteam T{i}\ts{i}@example.com" for i in range(3)]
        assert_received(inbox, config)
        assert [parse(mail[2])["to"].addresses[0].addr_spec for mail in inbox.mails] == [
            f"s{i}@example.com" for i in range(3)]
        assert [line[1] for line in ledger(config)] == ["sending", "sent"] * 3
        assert stat.S_IMODE((config.parent / "out" / "sent.tsv").stat().st_mode) == 0o600
        assert send(program, config, server).stdout == "" and len(inbox.mails) == 3
        # the same run once more gives the same bytes: still nothing to send
        run(program, config)
        assert send(program, config, server).stdout == "" and len(inbox.mails) == 3
        assert "sent before\tteam T0" in send(program, config, server, "--dry-run").stdout
        # one team's numbers change: that mail alone is another
        deals = config.parent / "deals.csv"
        deals.write_text(deals.read_text(encoding="utf-8").replace(
            "S1,Won,2000", "S1,Won,2500"), encoding="utf-8")
        run(program, config)
        send(program, config, server)
        assert "s1@example.com" in {mail[1][0] for mail in inbox.mails[3:]}


def from_the_run_alone(program, work):
    """Without a config: what the manifest says is enough where no files are needed."""
    inbox = Inbox()
    with Server(inbox, user=("ops", SECRET)) as server:
        config = published(program, work, mail=f"smtp: {server.url}\nuser: ops\n"
                                               "password_env: MAIL_PASSWORD")
        done = subprocess.run([program, "send", str(latest(config))], capture_output=True,
                              text=True, env={**os.environ, "MAIL_PASSWORD": SECRET})
        assert done.returncode == 0, done.stderr
        assert_received(inbox, config)
        done = subprocess.run([program, "send", str(latest(config)), "--set", "mail.retries=1"],
                              capture_output=True, text=True)
        assert done.returncode == 2 and "[send.set]" in done.stderr
        assert_no_secret(config, done)


def testers(program, work):
    config = published(program, work)
    inbox = Inbox()
    with Server(inbox) as server:
        send(program, config, server, "--to", "tess@example.com", "--samples", "2")
        assert [mail[1] for mail in inbox.mails] == [("tess@example.com",)] * 2
        send(program, config, server, "--to", "tess@example.com")
        assert len(inbox.mails) == 5 and not (config.parent / "out" / "sent.tsv").exists()
        for to in ("tess@evil.example", "no address", "tess@example.com\r\nX: y"):
            send(program, config, server, "--to", to, code=2)
        assert len(inbox.mails) == 5


def refused(program, work):
    config = published(program, work)
    inbox = Inbox(refuse=lambda to, n: "550 5.1.1 no such user" if to[1] == "1" else None)
    with Server(inbox) as server:
        done = send(program, config, server, code=7)
        assert_received(inbox, config, ["s0@example.com", "s2@example.com"])
        assert "team T1 to s1@example.com: 550 5.1.1 no such user [send.refused]" in done.stderr
        assert ledger(config)[3][1] == "failed" and "no such user" in ledger(config)[3][5]
        inbox.refuse = None
        assert send(program, config, server).stdout == "sent\tteam T1\ts1@example.com\n"
        assert_received(inbox, config)
    config = published(program, work / "stop")
    inbox = Inbox(refuse=lambda to, n: "550 no" if to[1] == "1" else None)
    with Server(inbox) as server:
        done = send(program, config, server, code=7, sets=["mail.stop_on_failure=yes"])
        assert_received(inbox, config, ["s0@example.com"])
        assert "team T2 to s2@example.com: not tried any more [send.not_sent]" in done.stderr


def put_off(program, work):
    config = published(program, work)
    inbox = Inbox(refuse=lambda to, n: "451 4.7.1 greylisted" if n < 3 else None)
    with Server(inbox) as server:
        done = send(program, config, server, sets=["mail.retries=2"])
        assert_received(inbox, config)
        assert set(inbox.attempts.values()) == {3} and "trying again in 0 s" in done.stderr
    config = published(program, work / "ever")
    inbox = Inbox(refuse=lambda to, n: "451 later" if to[1] == "0" else None)
    with Server(inbox) as server:
        done = send(program, config, server, code=7, sets=["mail.retries=2"])
        assert inbox.attempts == {"s0@example.com": 3, "s1@example.com": 1, "s2@example.com": 1}
        assert "team T0 to s0@example.com: 451 later [send.not_sent]" in done.stderr


def broken_off(program, work):
    """Before the data a mail is not there and comes again; behind its end nobody knows, and it does
    not. In the middle it depends on what the line had swallowed already: it is never there twice."""
    config = published(program, work)
    with Breaking(["greet", "ehlo", "mail", "rcpt", "data"]) as server:
        send(program, config, server, sets=["mail.retries=9"])
        assert server.places == []
        assert sorted(to for to, _ in server.mails) == sorted(files(config))
        assert all(data == files(config)[to] for to, data in server.mails)
    config = published(program, work / "unsure")
    with Breaking(["end"]) as server:
        done = send(program, config, server, code=7, sets=["mail.retries=3"])
        assert "team T0 to s0@example.com" in done.stderr and "[send.unsure]" in done.stderr
        assert sorted(to for to, _ in server.mails) == ["s1@example.com", "s2@example.com"]
        done = send(program, config, server, code=7)
        assert "whether it arrived is not known [send.unsure]\n  hint: --resend" in done.stderr
        assert len(server.mails) == 2
        assert "may have arrived\tteam T0" in send(program, config, server, "--dry-run").stdout
        send(program, config, server, "--resend")
        assert sorted(to for to, _ in server.mails) == sorted(files(config))
        assert send(program, config, server, "--resend").stdout == ""
    config = published(program, work / "middle")
    with Breaking(["middle"]) as server:
        send(program, config, server, code=None, sets=["mail.retries=3"])
        send(program, config, server, "--resend")
        assert sorted(to for to, _ in server.mails) == sorted(files(config))


def killed(program, work):
    """The program dies while a server has the mail and has not answered: the next sending does not
    repeat it; TERM waits for the answer."""
    for number, code, left in ((signal.SIGKILL, -9, ["s1@example.com", "s2@example.com"]),
                               (signal.SIGTERM, 143, ["s2@example.com"])):
        config = published(program, work / number.name)
        there, go_on = threading.Event(), threading.Event()

        def hold(to):
            if to == "s1@example.com" and not there.is_set():
                there.set()
                go_on.wait(20)

        inbox = Inbox(hold=hold)
        with Server(inbox) as server:
            process = subprocess.Popen(
                [program, "send", str(latest(config)), "--config", str(config), "--set",
                 f"mail.smtp={server.url}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert there.wait(20)
            command = pathlib.Path(f"/proc/{process.pid}/cmdline").read_bytes()
            assert b"password" not in command
            done = send(program, config, server, code=1)
            assert "another process is sending [send.busy]" in done.stderr
            process.send_signal(number)
            if number == signal.SIGTERM:
                go_on.set()
            process.communicate(timeout=20)
            go_on.set()
            assert process.returncode == code, process.returncode
            assert ledger(config)[-1][1] == ("sending" if number == signal.SIGKILL else "sent")
            while len(inbox.mails) < 2:  # the server takes what the dead client had sent
                time.sleep(0.01)
            inbox.mails.clear()
            send(program, config, server, code=7 if number == signal.SIGKILL else 0)
            assert sorted(to for _, (to,), _ in inbox.mails) == left[-1:]


def torn_ledger(program, work):
    """What a crash left of a line tells nothing and spoils nothing."""
    config = published(program, work)
    inbox = Inbox()
    with Server(inbox) as server:
        send(program, config, server)
        path = config.parent / "out" / "sent.tsv"
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:5]) + lines[5][:40])
        send(program, config, server, code=7)
        assert len(inbox.mails) == 3
        send(program, config, server, "--resend")
        assert len(inbox.mails) == 4 and ledger(config)[-1][1] == "sent"
        assert send(program, config, server).stdout == ""


def tampered(program, work):
    config = published(program, work)
    inbox = Inbox()
    with Server(inbox) as server:
        for mail in manifest(config)["mails"][:1]:
            path = latest(config) / mail["path"]
            data = path.read_bytes()
            for changed in (data.replace(b"s0@", b"e0@"), data + b"\r\n", data[:-1], b""):
                path.write_bytes(changed)
                done = send(program, config, server, code=7)
                assert f"{mail['path']}: error: not what the run wrote" in done.stderr
            path.unlink()
            assert "No such file" in send(program, config, server, code=7).stderr
            path.symlink_to("/etc/passwd")
            send(program, config, server, code=7)
            path.unlink()
            path.write_bytes(data)
        # any file of the run, not its mails alone
        rows = next(latest(config).glob("teams/*/rows.csv"))
        rows.write_bytes(rows.read_bytes() + b"x")
        assert "rows.csv: error: not what the run wrote" in send(
            program, config, server, code=7).stderr
        assert inbox.mails == [] and inbox.attempts == {}
        for text in (b"{", b"[]", b'{"files": [{"path": "../x", "bytes": 1, "sha256": "0"}]}'):
            (latest(config) / "manifest.json").write_bytes(text)
            send(program, config, server, code=1)
        send(program, config.parent / "nowhere" / "sefpack.yaml", server, code=1)
        assert inbox.attempts == {}


def assert_no_secret(config, *done):
    for one in done:
        assert SECRET not in one.stdout + one.stderr
    for path in (config.parent / "out").rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path


def passwords(program, work):
    config = published(program, work)
    secret = config.parent / "secret"
    secret.write_text(SECRET + "\n", encoding="utf-8")
    by_file = ["mail.user=ops", "mail.password_file=" + str(secret)]
    by_name = ["mail.user_env=MAIL_USER", "mail.password_env=MAIL_PASSWORD"]
    env = {"MAIL_USER": "ops", "MAIL_PASSWORD": SECRET}
    inbox = Inbox()
    with Server(inbox, user=("ops", SECRET)) as server:
        for mode in (0o644, 0o640, 0o604, 0o620):
            secret.chmod(mode)
            done = send(program, config, server, sets=by_file, code=4)
            assert "others than its owner can read or write it [send.secret]" in done.stderr
        secret.chmod(0o600)
        done = send(program, config, server, sets=by_name, code=4)
        assert "MAIL_USER [send.secret]" in done.stderr
        wrong = send(program, config, server, sets=by_name, code=7,
                     env={**env, "MAIL_PASSWORD": "wrong-" + SECRET})
        assert "[send.server]" in wrong.stderr and inbox.mails == []
        assert "team T2 to s2@example.com: not tried any more [send.not_sent]" in wrong.stderr
        good = send(program, config, server, sets=by_file)
        assert_received(inbox, config)
        tester = send(program, config, server, "--to", "tess@example.com", sets=by_name, env=env)
        assert_no_secret(config, done, wrong, good, tester)
        # a run does not name its files
        run(program, config, "--set", "mail.user=ops", "--set", f"mail.password_file={secret}",
            "--set", f"mail.smtp={server.url}")
        done = subprocess.run([program, "send", str(latest(config))], capture_output=True, text=True)
        assert done.returncode == 2 and "[send.config]" in done.stderr
        assert str(secret) not in (latest(config) / "manifest.json").read_text(encoding="utf-8")


def encryption(program, work):
    config = published(program, work, names=("North",))
    right, wrong = certificate(work, "127.0.0.1"), certificate(work, "elsewhere.example")
    required, ca = "mail.tls=required", "mail.ca_file="
    inbox = Inbox()

    def fails(server, *sets):
        done = send(program, config, server, sets=sets, code=7)
        assert "[send.server]" in done.stderr and inbox.mails == [], done.stderr
        return done.stderr

    with Server(inbox) as server:  # no STARTTLS where it is required
        assert "STARTTLS" in fails(server, required)
    with Server(inbox, starttls=context(*wrong), must_tls=True) as server:
        assert "certificate" in fails(server, required, ca + str(wrong[0]))
    with Server(inbox, starttls=context(*right), must_tls=True) as server:
        assert "certificate" in fails(server, required)  # nobody vouches for it
        fails(server, required, ca + "/nowhere.pem")
        send(program, config, server, sets=[required, ca + str(right[0])])
        assert_received(inbox, config)
    (config.parent / "out" / "sent.tsv").unlink()
    inbox.mails.clear()
    with Server(inbox, secure=context(*wrong)) as server:
        assert "certificate" in fails(server, ca + str(wrong[0]))
    with Server(inbox, secure=context(*right)) as server:
        assert "certificate" in fails(server)
        send(program, config, server, sets=[ca + str(right[0])])
        assert_received(inbox, config)


def out_of_reach(program, work):
    config = published(program, work)
    with Server(Inbox()) as server:
        url = server.url
    done = send(program, config, url, code=7, sets=["mail.retries=2"])
    assert [line[1] for line in ledger(config)] == ["sending", "failed"] * 3
    assert {line[3] for line in ledger(config)} == {"s0@example.com"}  # one try a round
    assert done.stderr.count("[send.not_sent]") == 3
    inbox = Inbox()
    with Server(inbox) as server:
        send(program, config, server)
        assert_received(inbox, config)


def nowhere_to_send(program, work):
    config = company.make(work / "company", ["A", "B", "C"], formats="[eml]",
                          addresses={1: "s1@evil.example", 2: ""})
    run(program, config, code=7)
    inbox = Inbox()
    with Server(inbox) as server:
        done = send(program, config, server, code=7)
        assert_received(inbox, config, ["s0@example.com"])
        assert done.stderr.count("[send.undelivered]") == 2
        # what a run allowed, a config may allow no more
        other = send(program, config, server, "--dry-run", sets=["mail.allow=[other.example]"])
        assert "outside the allowed domains\tteam T0" in other.stdout
        config = company.make(work / "none", ["A"], formats="[html]")
        run(program, config)
        assert "[send.no_mails]" in send(program, config, server).stderr


TESTS = [each_once, from_the_run_alone, testers, refused, put_off, broken_off, killed, torn_ledger,
         tampered, passwords, encryption, out_of_reach, nowhere_to_send]
