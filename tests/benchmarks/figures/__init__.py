"""The figures, one module each; a module has its figure as `FIGURE`."""
