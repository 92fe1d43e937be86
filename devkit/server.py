"""A live Odoo server on a database, as a process of its own."""

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from devkit import install_log, paths, ports, workspace
from devkit.console import Failure
from devkit.process import telling_lines
from devkit.storage import Database

# not through a proxy: the server is on this machine
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

START_SECONDS = 120
STOP_SECONDS = 20


class OdooServer:
    """Started by ``start()``, stopped by ``stop()`` or at the end of a with block.

    ``pdf`` chooses the build of wkhtmltopdf: patched or plain.
    """

    def __init__(
        self,
        database: Database,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        pdf: str = "patched",
        cron_threads: int = 0,
        options: Sequence[str] = (),
        log: Path | None = None,
    ):
        self.database = database
        self.port = port or ports.any_free()
        self.host = host
        self.pdf = pdf
        self.options = [f"--max-cron-threads={cron_threads}", *options]
        self.log = log or paths.LOGS / f"server-{database.name}.log"
        self.process: subprocess.Popen | None = None
        self._judged_bytes: int | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "OdooServer":
        """Return when the server answers; Failure with its log if it does not."""
        self._set_base_url()
        here = workspace.current()
        name = self.database.name
        command = here.odoo_command(
            *("-d", name, f"--db-filter=^{name}$", f"--http-port={self.port}"),
            *(f"--http-interface={self.host}", *self.options),
        )
        self._judged_bytes = None
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=here.environment(self.pdf),
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        if self.process is None:
            return
        # Odoo lets running requests go on for a second, then closes their
        # connections: what they log from here on says nothing about them
        self._judged_bytes = self.log.stat().st_size
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def problems(self) -> list[str]:
        """Errors and tracebacks in the log, up to the order to stop."""
        text = self.log.read_bytes()[: self._judged_bytes].decode(errors="replace")
        return install_log.findings(text, {"ERROR", "CRITICAL"})

    def __enter__(self) -> "OdooServer":
        return self if self.process else self.start()

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def _set_base_url(self) -> None:
        # wkhtmltopdf and links in mails use it; logins of admin may not change it
        url = self.url
        self.database.query(
            f"""
            DELETE FROM ir_config_parameter
             WHERE key IN ('web.base.url', 'web.base.url.freeze', 'report.url');
            INSERT INTO ir_config_parameter (key, value)
            VALUES ('web.base.url', '{url}'), ('web.base.url.freeze', 'True')"""
        )

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            stopped = self.process.poll() is not None
            if stopped or time.monotonic() > deadline:
                raise Failure(
                    "the Odoo server " + ("stopped" if stopped else "does not answer"),
                    log=self.log,
                    lines=telling_lines(self.log),
                )
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            # loads the registry, so that the first page is quick
            with _opener.open(f"{self.url}/web/login", timeout=60):
                return True
        except urllib.error.HTTPError as error:
            error.close()
            return False
        except OSError:
            return False
