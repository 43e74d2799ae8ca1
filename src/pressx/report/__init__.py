"""Report: releases with what was found in them, as one HTML page that needs nothing else."""
