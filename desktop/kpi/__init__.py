"""What the shop measures: a family of numbers a file."""
