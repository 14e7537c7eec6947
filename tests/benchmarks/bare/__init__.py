"""The least that any program could do: short scripts that use nothing of ours, each run in a process of its own."""
