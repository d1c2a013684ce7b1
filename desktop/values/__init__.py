"""What the shop counts in (money, days, shares) and how each is written and read."""
