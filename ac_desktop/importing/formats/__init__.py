"""How files are read: text, workbooks, JSON and archives, as rows of cells."""
