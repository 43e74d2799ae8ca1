"""`python -m pressx` is `pressx`."""

from pressx.cli import main

main()
