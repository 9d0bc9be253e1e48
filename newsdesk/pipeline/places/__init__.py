"""Places in text: the gazetteer of countries with what belongs to them, and which words only look like it."""
