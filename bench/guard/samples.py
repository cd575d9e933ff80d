"""Text for the guard's measurements: files read whole, samples drawn from a seed."""
import gzip, lzma


def lines_of(path, limit=None):
    opened = {"xz": lzma.open, "gz": gzip.open}.get(path.rsplit(".", 1)[-1], open)
    with opened(path, "rt", encoding="utf-8", newline="\n") as file:
        lines = []
        for line in file:
            lines.append(line.rstrip("\n"))
            if len(lines) == limit:
                break
    return lines


def pairs_of(paths, limit=None):
    """The pairs of SOURCE and TARGET files; those with a blank side are left out."""
    pairs = zip(*(lines_of(path, limit) for path in paths))
    return [pair for pair in pairs if all(side.strip() for side in pair)]


def drawn(draw, items, count):
    """So many of them, none twice; all where there are not as many."""
    return draw.sample(items, min(count, len(items)))
