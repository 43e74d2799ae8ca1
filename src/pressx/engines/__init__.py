"""Engines that run the extraction on more than one machine: Ray and Spark. Neither is needed for anything else."""
