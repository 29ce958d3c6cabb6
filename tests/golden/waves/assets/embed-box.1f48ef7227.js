// snippets
// copies
