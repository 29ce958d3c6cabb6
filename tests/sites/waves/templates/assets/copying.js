// snippets
