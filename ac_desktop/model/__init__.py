"""What the words mean: pure values and rules, without input, output or a clock of their own."""
