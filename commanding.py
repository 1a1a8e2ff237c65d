"""What the commands of `app.py` share: an expected error is one line, never a trace."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from operations.errors import OperationsError


def told(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a command of that name end with one line and code 2 where an expected error happens."""

    def make(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*args: Any, **options: Any) -> Any:
            try:
                return function(*args, **options)
            except OperationsError as error:
                click.echo(f"lianxin {name}: {error}", err=True)
                sys.exit(2)

        return run

    return make
