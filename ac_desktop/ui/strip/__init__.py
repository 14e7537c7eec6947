"""The connection strip: which connection, how it stands, its fuse, and the one button that relays or pauses."""
