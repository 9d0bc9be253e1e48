"""What is the article in a text, and what stands around it."""
