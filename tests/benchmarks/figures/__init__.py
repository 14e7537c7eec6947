"""The figures, one module each; a module gives its figure as `FIGURE`."""
