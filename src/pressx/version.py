"""The version of pressx, in the one place that the build, the records and the command read."""

VERSION = "0.1.0"
