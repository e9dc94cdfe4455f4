"""Fitting what the package ships, from annotated corpora; needs the extra `train`."""
