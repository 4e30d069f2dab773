"""Activities: meetings, forums, training, campaigns, visits and supervision, from the plan to the last follow-up."""
