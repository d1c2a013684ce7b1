"""The book on disk: tables, two doors, news, undo, day sums, migrations, backup, keys, audit."""
