"""Files taken in: staging, row hashes, column layouts, watched folders."""
