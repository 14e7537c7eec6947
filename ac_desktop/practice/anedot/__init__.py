"""The stand-in Anedot: its transaction API on this computer, with made-up donations."""
