"""The studio: everything a trainer or an office does, in the browser on their own machine."""
