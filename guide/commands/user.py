"""``python -m guide user …``: the desk's accounts; the first administrator is made here."""

import argparse
import sys
from typing import Any

from guide.catalogue.accounts.links import link_of
from guide.catalogue.office import Office
from guide.catalogue.workflow.people import COMMAND_LINE, Role
from guide.command_line import DONE
from guide.commands.desk import office_of
from guide.settings import Settings


def add_user(commands: "argparse._SubParsersAction[Any]") -> None:
    """Put the command among the others."""
    user = commands.add_parser("user", help="accounts of the staff's desk")
    acts = user.add_subparsers(required=True, metavar="ACT", parser_class=type(user))
    add = acts.add_parser("add", help="a new account; prints the link through which its owner chooses a password")
    _name(add)
    add.add_argument("--role", choices=[role.value for role in Role], required=True, help="%(choices)s")
    add.add_argument("--email", help="where links may be sent, if mail is set up")
    add.set_defaults(run=_running(_add))
    for word, about, run in (
        ("reset", "a fresh link to choose a password with", _reset),
        ("close", "nobody signs in with it any more", _close),
        ("open", "a closed account again", _open),
    ):
        act = acts.add_parser(word, help=about)
        _name(act)
        act.set_defaults(run=_running(run))
    role = acts.add_parser("role", help="what an account may do from now on")
    _name(role)
    role.add_argument("role", choices=[each.value for each in Role])
    role.set_defaults(run=_running(_role))
    acts.add_parser("list", help="every account").set_defaults(run=_running(_list))


def _name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")


def _running(act: Any) -> Any:  # noqa: ANN401 (argparse takes any callable)
    def run(arguments: argparse.Namespace) -> int:
        settings = Settings.from_environment()
        with office_of(settings) as office:
            for line in act(office, settings, arguments):
                sys.stdout.write(f"{line}\n")
        return DONE

    return run


def _add(office: Office, settings: Settings, arguments: argparse.Namespace) -> list[str]:
    account, secret = office.accounts.add(COMMAND_LINE, arguments.name, Role(arguments.role), arguments.email)
    return [
        f"{account.name} ({account.role}) chooses a password here, within a week:",
        link_of(_base(settings), secret),
    ]


def _reset(office: Office, settings: Settings, arguments: argparse.Namespace) -> list[str]:
    account, secret = office.accounts.new_link(COMMAND_LINE, arguments.name)
    return [f"{account.name} chooses a new password here, within a week:", link_of(_base(settings), secret)]


def _close(office: Office, _settings: Settings, arguments: argparse.Namespace) -> list[str]:
    return [f"{office.accounts.change(COMMAND_LINE, arguments.name, active=False).name} is closed"]


def _open(office: Office, _settings: Settings, arguments: argparse.Namespace) -> list[str]:
    return [f"{office.accounts.change(COMMAND_LINE, arguments.name, active=True).name} is open"]


def _role(office: Office, _settings: Settings, arguments: argparse.Namespace) -> list[str]:
    account = office.accounts.change(COMMAND_LINE, arguments.name, role=Role(arguments.role))
    return [f"{account.name} is {account.role}"]


def _list(office: Office, _settings: Settings, _arguments: argparse.Namespace) -> list[str]:
    return [
        "\t".join((each.name, each.role, "open" if each.active else "closed", each.email or ""))
        for each in office.accounts.all()
    ]


def _base(settings: Settings) -> str:
    """The service's address, as far as one knows it here."""
    return settings.public_url or f"http://{settings.host}:{settings.port}"
