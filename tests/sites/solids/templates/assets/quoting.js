// quotes
