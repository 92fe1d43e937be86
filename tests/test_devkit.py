"""The parts of ./dev that can be wrong without anybody noticing."""

import re
import socket
import subprocess
import sys

import polib
import pytest

from devkit import apt_source, i18n_merge, install_log, odoo_tests, paths, ports, style
from devkit.commands.test import choose
from devkit.console import Failure
from devkit.server import OdooServer
from devkit.storage import Database

INSTALLATION = """\
2026-01-01 10:00:00,000 1 INFO db odoo.modules.loading: 1 module loaded
2026-01-01 10:00:01,000 1 WARNING db odoo.addons.order_process_cn: something is odd
  and goes on here
2026-01-01 10:00:02,000 1 INFO db odoo.modules.loading: going on
Traceback (most recent call last):
  File "x.py", line 1
2026-01-01 10:00:03,000 1 INFO db odoo.modules.loading: done
"""

TEST_RUN = """\
1 ERROR db odoo.addons.sale.tests.test_a: FAIL: TestA.test_one
1 ERROR db odoo.addons.sale.tests.test_a: ERROR: TestA.test_two (state='draft')
1 ERROR db odoo.addons.sale.tests.test_a: ERROR: TestA.test_two (state='sale')
1 ERROR db odoo.tests.suite: ERROR: setUpClass (odoo.addons.stock.tests.test_b.TestB)
1 ERROR db odoo.tests.result: 1 failed, 3 error(s) of 40 tests when loading database
"""


def test_log_findings_include_warnings_and_tracebacks():
    found = install_log.findings(INSTALLATION, {"WARNING"})
    assert [[line.strip()[:10] for line in entry.splitlines()] for entry in found] == [
        ["2026-01-01", "and goes o"],
        ["Traceback ", 'File "x.py'],
    ]
    assert len(install_log.findings(INSTALLATION, {"ERROR"})) == 1


def test_server_is_judged_up_to_the_order_to_stop(tmp_path):
    """Requests that Odoo cuts off while it stops are no errors of theirs."""
    server = OdooServer(Database("nowhere"), log=tmp_path / "log")
    entry = "2026-01-01 00:00:0{},000 1 ERROR nowhere odoo.http: {}\n"
    script = (
        "import signal, sys\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(print(sys.argv[2])))\n"
        "print(sys.argv[1], flush=True)\n"
        "print('ready', file=sys.stderr)\n"
        "signal.pause()\n"
    )
    words = [entry.format(1, "in time"), entry.format(2, "cut off")]
    with server.log.open("w") as log:
        server.process = subprocess.Popen(
            [sys.executable, "-c", script, *words], stdout=log, stderr=subprocess.PIPE
        )
    with server.process.stderr as ready:
        ready.readline()
    server.stop()
    assert "cut off" in server.log.read_text()
    [problem] = server.problems()
    assert "in time" in problem


def test_failed_tests_are_read_by_name(tmp_path):
    run, failed = odoo_tests.read(TEST_RUN, tmp_path / "log")
    assert run == 40
    assert failed == [
        "sale TestA.test_one",
        "sale TestA.test_two",
        "stock TestB.setUpClass",
    ]


def test_known_failures_are_not_held_against_the_addon():
    outcome = odoo_tests.judge(40, ["sale A.a", "sale A.b"], {"sale A.a"})
    assert not outcome.ok and outcome.text.startswith("40 tests, 1 failed, 1 that")
    assert odoo_tests.judge(40, ["sale A.a"], {"sale A.a"}).ok
    assert not odoo_tests.judge(0, [], set()).ok


def test_broken_off_run_is_a_failure(tmp_path):
    with pytest.raises(Failure):
        odoo_tests.read("Traceback (most recent call last):\n", tmp_path / "log")


def test_arguments_choose_the_parts():
    assert list(choose([])) == ["style", "addon", "odoo-quick", "system"]
    assert list(choose(["--style"])) == ["style"]
    assert list(choose(["--addon", "-x"])) == ["addon"]
    assert list(choose(["tests/test_devkit.py::test_x"])) == ["system"]
    assert list(choose(["order_process_cn", "-k", "tests"])) == ["addon"]
    assert list(choose(["-k", "deposit"])) == ["addon", "system"]


def test_own_archive_is_kept_for_the_second_suite(monkeypatch, tmp_path):
    monkeypatch.setattr(apt_source, "ETC_APT", tmp_path)
    monkeypatch.setattr(apt_source, "codename", lambda: "bookworm")
    sources = tmp_path / "sources.list.d"
    sources.mkdir()
    (tmp_path / "sources.list").write_text(
        "deb [trusted=yes] mirror:/x bookworm main contrib\n"
    )
    assert apt_source._own_source(["bookworm", "sid"]) == (
        "odoo.list",
        "deb [trusted=yes] mirror:/x bookworm main contrib\n"
        "deb [trusted=yes] mirror:/x sid main contrib\n",
    )
    (sources / "debian.sources").write_text(
        "Types: deb deb-src\nURIs: mirror:/x\nSuites: bookworm bookworm-updates\n"
        "Components: main\nSigned-By: /key\n"
    )
    name, text = apt_source._own_source(["bookworm", "sid"])
    assert name == "odoo.sources"
    assert "Types: deb\n" in text and "Suites: bookworm sid\n" in text
    assert "Signed-By: /key\n" in text


def test_translations_survive_and_obsolete_ones_go(tmp_path):
    old, new = polib.POFile(), polib.POFile()
    old.append(polib.POEntry(msgid="Kept", msgstr="保留"))
    old.append(polib.POEntry(msgid="Gone", msgstr="过时"))
    old.save(str(tmp_path / "zh_CN.po"))
    for msgid in ("Kept", "New"):
        new.append(polib.POEntry(msgid=msgid))
    new.save(str(tmp_path / "exported.pot"))
    arguments = [str(tmp_path / "exported.pot"), str(tmp_path)]
    assert i18n_merge.main(arguments) == 1  # "New" is untranslated
    merged = polib.pofile(str(tmp_path / "zh_CN.po"))
    assert [(entry.msgid, entry.msgstr) for entry in merged] == [
        ("Kept", "保留"),
        ("New", ""),
    ]


def test_taken_port_is_noticed():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert not ports.is_free(other.getsockname()[1])


def test_hooks_before_a_commit_are_those_of_the_tests():
    """.pre-commit-config.yaml names the versions and exceptions that ./dev test has."""
    hooks = (paths.ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    pinned = (paths.ROOT / "devkit/requirements.txt").read_text(encoding="utf-8")
    for package in re.findall(r'"([\w-]+==[\w.]+)"', hooks):
        assert package in pinned.split(), f"{package} is not that of ./dev test"
    assert f"--disable={style.NOT_OURS}\n" in hooks
