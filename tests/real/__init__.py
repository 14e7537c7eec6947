"""Checks that need a desktop's own services, named on pytest's command line where those are there (`.ci/run`)."""
