"""The parts that every pane and dialog is made of, painted in the visual system."""
