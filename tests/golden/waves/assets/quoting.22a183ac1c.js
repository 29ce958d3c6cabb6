// snippets
// quotes
