"""Turns the project into what people install: a bundle without Python, packages of each system, and a release."""
