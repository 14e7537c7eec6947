"""The office of a data folder: who works in it as whom, invitations to it, and its password."""
