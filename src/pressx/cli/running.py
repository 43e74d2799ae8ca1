"""The options that say how a run over many inputs goes."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

BATCH = "Batch"


class Engine(StrEnum):
    """Who does the work."""

    LOCAL = "local"
    RAY = "ray"


Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, metavar="N", rich_help_panel=BATCH, help="Use N processes; one a core if not given."
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout", min=0.1, metavar="SECONDS", rich_help_panel=BATCH, help="Give up an input after this time."
    ),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", rich_help_panel=BATCH, help="Pass over what --output has of the inputs as they are now."),
]
Failures = Annotated[
    Path | None,
    typer.Option(
        "--failures", metavar="FILE", rich_help_panel=BATCH, help="Write the inputs that failed there, as JSON Lines."
    ),
]
EngineChoice = Annotated[
    Engine,
    typer.Option("--engine", rich_help_panel=BATCH, help="Run in processes of this machine, or as actors of Ray."),
]
Address = Annotated[
    str | None,
    typer.Option(
        "--address", metavar="HOST:PORT", rich_help_panel=BATCH, help="The Ray cluster; without it one is made here."
    ),
]


def check_engine(engine: Engine, address: str | None, timeout: float | None) -> None:
    """Refuse options that do not go together."""
    if engine is Engine.LOCAL and address is not None:
        raise typer.BadParameter("is the address of a Ray cluster: say --engine ray", param_hint="--address")
    if engine is Engine.RAY and timeout is not None:
        raise typer.BadParameter("is kept by the local engine alone", param_hint="--timeout")
