"""The recipe of the entity model: `python -m training --help` in the folder `models/`."""
