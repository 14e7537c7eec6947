"""Properties are proved at leisure: how fast a computer is proves nothing."""

from hypothesis import settings

settings.register_profile("at leisure", deadline=None)
settings.load_profile("at leisure")
