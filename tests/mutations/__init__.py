"""Would our tests notice a leak? Leaks of our own making, planted one by one in a copy of the tree: `python -m tests.mutations`."""
