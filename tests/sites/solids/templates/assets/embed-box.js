// copies
