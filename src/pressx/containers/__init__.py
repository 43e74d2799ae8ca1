"""Containers: files that hold several inputs. Each module yields the members of one kind, one in memory at a time."""
