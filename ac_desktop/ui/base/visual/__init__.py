"""The visual system: colors, sizes, the style sheet, and the kinds of buttons."""
