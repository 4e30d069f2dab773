"""How well children were measured, by posyandu, recorder and month. Plain Python; the door is `api`."""
