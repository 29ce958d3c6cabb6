// from point to point
