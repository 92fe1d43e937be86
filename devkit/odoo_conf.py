"""The configuration file of Odoo, written anew at every start."""

from devkit import files, paths
from devkit.odoo_tree import OdooTree
from devkit.postgres import Server

# Database names, ports and the like are given on the command line instead.
ALWAYS = {
    "data_dir": paths.DATA,
    "screenshots": paths.SCREENSHOTS,
    "http_interface": "127.0.0.1",
    "list_db": False,
    # one process with threads: no limits made for a farm of workers
    "workers": 0,
    "limit_memory_soft": 0,
    "limit_memory_hard": 0,
    "limit_time_real": 0,
    "limit_time_real_cron": 0,
    "limit_time_cpu": 0,
}


def write(tree: OdooTree, server: Server, bin_path: str) -> None:
    options = ALWAYS | {
        "addons_path": ",".join([*tree.addons, str(paths.ROOT)]),
        "bin_path": bin_path,
        "db_host": server.host,
        "db_port": server.port,
        "db_user": server.user,
        "db_password": server.password,
        "db_sslmode": server.sslmode,
        "pg_path": server.programs,
    }
    lines = [f"{name} = {value}" for name, value in options.items() if value != ""]
    files.write_private(paths.CONF, "\n".join(["[options]", *lines, ""]))
