"""Compares ROUGE-1, 2, L and Lsum with the rouge-score package, row by row, and the stemmer with NLTK's, word by word.

    rouge_test.py SCORE_SUMMARIES [ROWS]     runs the comparison, on so many rows of each file (300; 0: all)
    rouge_test.py --stored                   prints the package's figures for tests/metrics/stored_rouge.h

Texts: odd ones made here, and where MYNAH_TEST_DATA names the folder of larger texts, the beginnings of its documents and the
stored outputs of published systems. Chinese is given to the package character by character.
"""
import itertools
import json
import lzma
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unicodedata

from nltk.stem.porter import PorterStemmer
from rouge_score import rouge_scorer, tokenizers

METRICS = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
STORED_ROWS = 200


class Characters(tokenizers.Tokenizer):
    """Words as the package cuts them; every other letter or digit alone."""

    def __init__(self):
        self._words = tokenizers.DefaultTokenizer(use_stemmer=True)

    def tokenize(self, text):
        tokens, run = [], ""
        for letter in text.lower() + " ":
            if letter in "abcdefghijklmnopqrstuvwxyz0123456789":
                run += letter
                continue
            tokens += self._words.tokenize(run)
            run = ""
            if unicodedata.category(letter) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nd"):
                tokens.append(letter)
        return tokens


def scorer(tokens):
    tokenizer = Characters() if tokens == "characters" else None
    return rouge_scorer.RougeScorer(METRICS, use_stemmer=True, tokenizer=tokenizer)


def tokens_for(name):
    return "characters" if "-zh" in name else "words"


def our_lines(program, what, lines):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "lines"
        path.write_bytes("".join(line + "\n" for line in lines).encode())
        done = subprocess.run([program, what, str(path)], stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return done.stdout.splitlines()


def odd_text(draw):
    words = ["the", "The", "running", "run", "runs", "stations", "don't", "U.S.", "1990s", "50", "caf\u00e9", "\u0130STANBUL",
             "\u212aelvin", "\u6f22\u5b57", "--", "``", "e-mail", "happily", "skies", "a", "", "\t", "\n", "\n\n", ".\n"]
    return " ".join(draw.choice(words) for _ in range(draw.randrange(30)))


def made_rows():
    draw = random.Random(1)
    for _ in range(400):
        yield {"summary": odd_text(draw), "references": [odd_text(draw) for _ in range(draw.randrange(1, 4))]}
    yield {"summary": "", "references": ["", "a b"]}
    yield {"summary": "\n\n", "references": ["?!", "word"]}


def rows_of(path):
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        yield from (json.loads(line) for line in file)


def beginning(document):
    return document[:300].replace(", ", ",\n")


def references_of(row):
    return row["references"] if "references" in row else [row["summary"]]


def beginnings(path, limit):
    for row in itertools.islice(rows_of(path), limit):
        yield {"summary": beginning(row["document"]), "references": references_of(row)}


def system_outputs(path, limit):
    references = path.with_name(path.name.split(".")[0] + ".jsonl.xz")
    for output, row in itertools.islice(zip(rows_of(path), rows_of(references)), limit):
        yield {"summary": output["summary"], "references": references_of(row)}


def files():
    folder = os.environ.get("MYNAH_TEST_DATA")
    if not folder:
        print("MYNAH_TEST_DATA is not set: compared on the texts made here only")
        return []
    return sorted((pathlib.Path(folder) / "summarization").glob("*/*.jsonl.xz"))


def texts(limit):
    yield "odd texts", "words", made_rows()
    yield "odd texts, characters", "characters", made_rows()
    for path in files():
        read = system_outputs if ".system-" in path.name else beginnings
        yield f"{path.parent.name}/{path.name}", tokens_for(path.parent.name), read(path, limit)


def compare_scores(program, limit):
    failures = 0
    for name, tokens, rows in texts(limit):
        rows = list(rows)
        package = scorer(tokens)
        sums = [[0.0, 0.0] for _ in METRICS]
        for number, (row, line) in enumerate(zip(rows, our_lines(program, tokens, map(json.dumps, rows)), strict=True)):
            scores = [package.score(reference, row["summary"]) for reference in row["references"]]
            expected = [score[metric].fmeasure for score in scores for metric in METRICS]
            found = [float(value) for value in line.split()]
            if len(found) != len(expected) or any(abs(f - e) > 1e-8 for f, e in zip(found, expected)):
                failures += 1
                print(f"{name}, row {number}:\n  expected {expected}\n  found    {found}")
            for metric, total in enumerate(sums):
                total[0] += max(expected[metric::len(METRICS)])
                total[1] += max(found[metric::len(METRICS)])
        means = ["/".join(f"{100 * total[side] / len(rows):.4f}" for total in sums) for side in (0, 1)]
        print(f"{name}: {len(rows)} rows, {means[0]} {'as' if means[0] == means[1] else 'but we find'} {means[1]}")
    return failures


def compare_stems(program):
    draw = random.Random(2)
    words = {"".join(draw.choice("aeioyybcdlnrstwxz1") for _ in range(draw.randrange(1, 9))) for _ in range(20000)}
    endings = "s es ies sses ed eed ied ing y ational tional enci izer bli alli fulli logi ization iveness aliti icate ful ness ion e ll"
    words |= {word + ending for word in itertools.islice(sorted(words), 500) for ending in endings.split()}
    for path in files()[::4]:
        for row in itertools.islice(rows_of(path), 200):
            words |= set(tokenizers.DefaultTokenizer(False).tokenize(row.get("document", row.get("summary", ""))))
    words = sorted(words)
    stemmer = PorterStemmer()
    wrong = [(word, stemmer.stem(word), stem) for word, stem in zip(words, our_lines(program, "stem", words), strict=True)
             if stemmer.stem(word) != stem]
    print(f"{len(words)} stems compared, {len(wrong)} different", *wrong[:20], sep="\n")
    return len(wrong)


def print_stored():
    for path in files():
        if not path.name.startswith(("dev.", "test.jsonl")):
            continue
        tokens = tokens_for(path.parent.name)
        package = scorer(tokens)
        best, mean, count = [0.0] * len(METRICS), [0.0] * len(METRICS), 0
        for row in beginnings(path, STORED_ROWS):
            scores = [package.score(reference, row["summary"]) for reference in row["references"]]
            for index, metric in enumerate(METRICS):
                values = [score[metric].fmeasure for score in scores]
                best[index] += max(values)
                mean[index] += sum(values) / len(values)
            count += 1
        lists = ["{" + ", ".join(f"{100 * value / count:.4f}" for value in values) + "}" for values in (best, mean)]
        print(f'    {{"{path.parent.name}/{path.name}", {STORED_ROWS}, {str(tokens == "characters").lower()}, {{{lists[0]}}}, {{{lists[1]}}}}},')


def main():
    if sys.argv[1] == "--stored":
        print_stored()
        return 0
    limit = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    failures = compare_stems(sys.argv[1]) + compare_scores(sys.argv[1], limit or None)
    print(f"{failures} different")
    return 1 if failures else 0


sys.exit(main())
