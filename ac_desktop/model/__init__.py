"""The domain model: pure values and rules, without input, output or a clock."""
