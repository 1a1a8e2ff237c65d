"""People of a running system: made as at its command line, signed in as by hand."""

from click.testing import CliRunner
from playwright.sync_api import Page

from app import cli
from tests.system import System

PASSWORD = "shallow harbour 海风 42"


def users(system: System, *arguments: str) -> str:
    """Do what `python app.py users` does, beside the running system; give what it says."""
    given = ["--password-stdin"] if arguments[0] in ("add", "reset") else []
    command = ["users", *arguments, *given, "--data", str(system.data)]
    said = CliRunner().invoke(cli, command, input=PASSWORD + "\n", catch_exceptions=False)
    assert said.exit_code == 0, said.output
    return said.output


def sign_in(page: Page, address: str, login: str = "wang", password: str = PASSWORD) -> None:
    """Sign in on the way to a page."""
    page.goto(address)
    page.fill("#login-name", login)
    page.fill("#login-password", password)
    page.click("button[type=submit]:has-text('登录')")
