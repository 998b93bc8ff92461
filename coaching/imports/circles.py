"""Who is above themselves? Circles in a chain of command or a tree of units."""


def circles(above, starts):
    """Every circle that can be reached from `starts` by following `above` (key -> key above, or None), each as a list of keys, once."""
    found, done = [], set()
    for start in starts:
        path, here = {}, start
        while here is not None and here not in done and here not in path:
            path[here] = len(path)
            here = above.get(here)
        if here is not None and here in path:
            found.append(list(path)[path[here] :])
        done.update(path)
    return found
