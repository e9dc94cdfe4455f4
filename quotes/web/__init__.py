"""The local page: read, search, check and correct what is stored. Run by `quotes serve`."""
