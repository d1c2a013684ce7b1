"""Windows, forms, tables and tiles: what the person sees and touches."""
