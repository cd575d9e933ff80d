"""Sentences damaged on purpose, and outputs that went wrong on purpose, drawn from a seed."""
import base64, random

KINDS_OF_INPUT = ("repeated", "truncated", "other language", "garbage")
KINDS_OF_OUTPUT = ("looped", "truncated", "copied", "other language", "other sentence", "garbage")


def repeated(draw, sentence):
    """A phrase of one to five words of the sentence, or characters where it has no spaces, 6 to 30 times."""
    spaced = " " in sentence
    units = sentence.split() if spaced else list(sentence)
    count = draw.randint(1, min(5, len(units)))
    begin = draw.randint(0, len(units) - count)
    joint = " " if spaced else ""
    return joint.join(units[begin:begin + count] * draw.randint(6, 30))


def looped_output(draw, sentence):
    """The sentence as far as a random place, then the last one to four words over and over."""
    spaced = " " in sentence
    units = sentence.split() if spaced else list(sentence)
    end = draw.randint(1, len(units))
    count = draw.randint(1, min(4, end))
    joint = " " if spaced else ""
    return joint.join(units[:end] + units[end - count:end] * draw.randint(4, 20))


def truncated(draw, sentence):
    """The first 25 to 70 % of the characters."""
    return sentence[:max(1, int(len(sentence) * draw.uniform(0.25, 0.7)))].rstrip()


def random_characters(draw, length):
    letters = "abcdefghijklmnopqrstuvwxyz" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;-_+*#/()" * draw.randint(0, 1)
    return "".join(draw.choice(letters) for _ in range(length)).strip() or "x"


def garbage(draw, sentence, foreign):
    """Of about the sentence's length: random characters, base64, mojibake of a foreign sentence, shuffled letters, control
    pictures."""
    kind = draw.randrange(5)
    length = max(12, len(sentence))
    if kind == 0:
        return random_characters(draw, length)
    if kind == 1:
        return base64.b64encode(bytes(draw.randrange(256) for _ in range(length * 3 // 4))).decode()
    if kind == 2:
        return foreign.encode("utf-8").decode("cp1252", errors="replace")
    if kind == 3:
        letters = list(sentence)
        draw.shuffle(letters)
        return "".join(letters).strip()
    return "".join(draw.choice("{}[]<>|\\/~^%$#@!*&=+;:") for _ in range(length))


def damaged_input(kind, draw, sentence, foreign):
    if kind == "repeated":
        return repeated(draw, sentence)
    if kind == "truncated":
        return truncated(draw, sentence)
    return foreign if kind == "other language" else garbage(draw, sentence, foreign)


def damaged_output(kind, draw, source, target, foreign, other):
    if kind == "looped":
        return looped_output(draw, target)
    if kind == "truncated":
        return truncated(draw, target)
    if kind == "copied":
        return source
    if kind == "other sentence":
        return other
    return foreign if kind == "other language" else garbage(draw, target, foreign)
