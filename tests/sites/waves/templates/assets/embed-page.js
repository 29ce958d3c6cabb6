// says how tall it is
