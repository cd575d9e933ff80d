"""Sentences damaged on purpose, as input and as output, drawn from a seed. Every function takes a random.Random first."""
import base64


def units_of(sentence):
    """Words, or characters where there are no spaces; and what joins them."""
    return (sentence.split(), " ") if " " in sentence else (list(sentence), "")


def repeated(draw, sentence):
    """A phrase of one to five words, 6 to 30 times, nothing else."""
    units, joint = units_of(sentence)
    count = draw.randint(1, min(5, len(units)))
    begin = draw.randint(0, len(units) - count)
    return joint.join(units[begin:begin + count] * draw.randint(6, 30))


def looped(draw, sentence):
    """The beginning, then its last one to four words 4 to 20 times."""
    units, joint = units_of(sentence)
    end = draw.randint(1, len(units))
    count = draw.randint(1, min(4, end))
    return joint.join(units[:end] + units[end - count:end] * draw.randint(4, 20))


def truncated(draw, sentence):
    """The first 25 to 70 % of the characters."""
    return sentence[:max(1, int(len(sentence) * draw.uniform(0.25, 0.7)))].rstrip()


def hole(draw, sentence):
    """A third of the words or more left out of the middle, both ends kept."""
    units, joint = units_of(sentence)
    cut = max(1, int(len(units) * draw.uniform(0.35, 0.6)))
    begin = draw.randint(1, max(1, len(units) - cut - 1))
    return joint.join(units[:begin] + units[begin + cut:])


def random_letters(draw, sentence):
    return "".join(draw.choice("abcdefghijklmnopqrstuvwxyz    ") for _ in range(max(12, len(sentence)))).strip() or "x"


def base64_bytes(draw, sentence):
    return base64.b64encode(draw.randbytes(max(12, len(sentence) * 3 // 4))).decode()


def shuffled(draw, sentence):
    """The sentence's own characters in another order."""
    characters = list(sentence)
    draw.shuffle(characters)
    return "".join(characters).strip()


def symbols(draw, sentence):
    return "".join(draw.choice("{}[]<>|\\/~^%$#@!*&=+;:") for _ in range(max(12, len(sentence))))


def mojibake(_, sentence):
    """UTF-8 read as Windows-1252; the sentence has to have characters that suffer from it."""
    return sentence.encode("utf-8").decode("cp1252", errors="replace")


GARBAGE = {"random letters": random_letters, "base64": base64_bytes, "shuffled letters": shuffled, "symbols": symbols}


def number_changed(draw, sentence):
    """One digit becomes another; None where there is none."""
    places = [place for place, character in enumerate(sentence) if character.isascii() and character.isdigit()]
    if not places:
        return None
    place = draw.choice(places)
    other = draw.choice([digit for digit in "123456789" if digit != sentence[place]])
    return sentence[:place] + other + sentence[place + 1:]
