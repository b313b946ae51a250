"""What makes and checks the documents; no part of the installed program."""
