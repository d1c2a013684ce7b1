"""The shop's verbs and rules: sell, return, win a deal, import."""
