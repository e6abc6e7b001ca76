"""Made-up values without members: texts, numbers, times, bytes and documents."""

import datetime
import math
import string
import struct

PLAIN = string.ascii_letters + string.digits
# What has a meaning in a URL, a form, JSON or XML.
SIGNS = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
WIDE = "äéßøşñ한국어日本語Жд€‰\u00a0\u2028\u200d🎥🦀"
LINES = "\n\t"
# No XML parser keeps a carriage return, and XML has no place for the other control characters.

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
SECONDS = (0, 1, 86_399, 951_782_400, 1_000_000_000, 2_147_483_647, 2_147_483_648, 4_102_444_799)


def text(rng, style, where, low, high):
    """A text of a valid length. `where` says what it has to fit into besides."""
    most = min(low + rng.choice((1, 3, 8, 24)), high)
    if where in ("label", "host"):
        low, most = max(low, 1), max(most, 1)
    length = low if style == "empty" else rng.randint(min(low, most), max(low, most))
    # What goes into no body is all text that stands in one line.
    alphabets = [PLAIN, PLAIN + SIGNS]
    if where == "host":
        alphabets = [PLAIN]
    elif where in ("label", "query"):
        alphabets += [PLAIN + SIGNS + WIDE]
    elif where == "body":
        alphabets += [PLAIN + SIGNS + WIDE, PLAIN + SIGNS + WIDE + LINES]
    alphabet = alphabets[-1] if style == "unicode" else rng.choice(alphabets)
    made = "".join(rng.choice(alphabet) for _ in range(length))
    if where == "label":
        # On the way to the server `.` and `..` are steps, which our client does not send.
        made = "/".join(part or "x" if part.strip(".") else "x" for part in made.split("/"))
        made = made[:high] if len(made) > high else made
    if where == "header":
        # A header has no space at its ends (RFC 9110, §5.5).
        made = made[:1].replace(" ", "x") + made[1:-1] + made[1:][-1:].replace(" ", "x")
    return made


def whole(rng, low, high):
    """An integer, often at an edge."""
    edges = [
        n for n in (0, 1, -1, 7, low, high, 2**31 - 1, -(2**31), 2**53 + 1) if low <= n <= high
    ]
    return rng.choice(edges) if rng.random() < 0.5 else rng.randint(low, min(high, low + 10_000))


def real(rng, single, low, high, special):
    """A floating-point number. One of 32 bits has so few digits that it is the same in 64."""
    if special and low == -math.inf and high == math.inf and rng.random() < 0.1:
        return rng.choice((math.nan, math.inf, -math.inf))
    edges = [
        n
        for n in (0.0, 1.0, -1.5, 0.1, 1e-7, 123456.0, 1e16, 5e-324, low, high)
        if low <= n <= high
    ]
    edges = [n for n in edges if math.isfinite(n)] or [0.0]
    if rng.random() < 0.5:
        made = rng.choice(edges)
    else:
        bottom = low if math.isfinite(low) else -1e6
        top = high if math.isfinite(high) else bottom + 2e6
        made = rng.uniform(bottom, max(top, bottom))
    if not single:
        return made
    made = float(f"{made:.6g}")
    # Too small to be told from nothing.
    return made if struct.unpack("f", struct.pack("f", made))[0] != 0.0 else 0.0


def time(rng, style, fraction):
    """A time, with a fraction of a second of so many digits at the most."""
    seconds = rng.choice(SECONDS) if rng.random() < 0.5 else rng.randrange(4_102_444_800)
    made = EPOCH + datetime.timedelta(seconds=seconds)
    if fraction == 0 or style == "empty" or rng.random() < 0.5:
        return made
    step = 10 ** (6 - fraction)
    return made.replace(microsecond=rng.randrange(1, 1_000_000 // step) * step)


def blob(rng, style, low, high):
    length = low if style == "empty" else min(low + rng.choice((0, 1, 2, 3, 40)), high)
    return rng.randbytes(length)


def document(rng, depth=0):
    """Any JSON but null, which says of a member that it is not there; inside it is a value."""
    scalars = (
        None if depth else "null",
        True,
        False,
        0,
        -1,
        2**53 + 1,
        1.5,
        -1e-9,
        "",
        "text",
        'é/🎥\n"',
    )
    kind = rng.randrange(4) if depth < 3 else 0
    if kind < 2:
        return rng.choice(scalars)
    if kind == 2:
        return [document(rng, depth + 1) for _ in range(rng.randrange(4))]
    names = ("a", "B c", "", "é", "__type", "z")
    return {name: document(rng, depth + 1) for name in rng.sample(names, rng.randrange(4))}
