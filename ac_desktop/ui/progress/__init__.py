"""How the relay goes: counts, rate, time left and pace."""
