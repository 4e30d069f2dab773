"""Reading notices and what people want to hear of."""
