"""Every import: listed, looked into and undone, and the files imported last."""
