"""The learned extractor: an encoder tags cues, and each cue finds its own source and content."""
