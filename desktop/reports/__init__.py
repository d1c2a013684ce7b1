"""Pages made of numbers, tables and figures: PDF, print, Excel."""
