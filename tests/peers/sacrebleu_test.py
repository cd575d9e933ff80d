"""Compares BLEU, chrF and chrF++ with the sacrebleu package: the same two decimals, the same signature, the same detail.

    sacrebleu_test.py SCORE_LINES            runs the comparison
    sacrebleu_test.py SCORE_LINES --stored   prints the package's figures for tests/metrics/stored_scores.h

Texts: odd lines made here, and where MYNAH_TEST_DATA names the folder of larger texts, references that score_lines damaged.
"""
import gzip
import lzma
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from sacrebleu.metrics import BLEU, CHRF

CORPORA = {
    "multi30k": "translation/multi30k/test_2016_flickr.de.gz",
    "newstest2013.de": "translation/newstest2013/newstest2013.de-en.de.xz",
    "newstest2013.en": "translation/newstest2013/newstest2013.de-en.en.xz",
    "tatoeba.zh": "translation/tatoeba-en-zh/test.zh.xz",
}
TOKENIZATIONS = ["13a", "zh", "intl", "char", "none"]
VARIANTS = [("bleu", tokenize, case) for tokenize in TOKENIZATIONS for case in ("mixed", "lc")]
VARIANTS += [(metric, "13a", case) for metric in ("chrf", "chrf++") for case in ("mixed", "lc")]
CORPUS_VARIANTS = [variant for variant in VARIANTS if variant[1] == "13a" or variant[2] == "mixed"]


def reference_line(metric, tokenize, case, hypotheses, references):
    lowercase = case == "lc"
    if metric == "bleu":
        scorer = BLEU(tokenize=tokenize, lowercase=lowercase, force=True)
    else:
        scorer = CHRF(word_order=2 if metric == "chrf++" else 0, lowercase=lowercase)
    score = scorer.corpus_score(hypotheses, [references])
    return score.format(signature=str(scorer.get_signature())), score.score


def our_line(program, metric, tokenize, case, hypotheses, references):
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / name for name in ("hypotheses", "references")]
        for path, lines in zip(paths, (hypotheses, references)):
            path.write_bytes("".join(line + "\n" for line in lines).encode())
        command = [program, metric, tokenize, case] + [str(path) for path in paths]
        return subprocess.run(command, stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout.rstrip("\n")


def odd_lines(seed, count):
    """Lines of words, digits, marks and spaces of many scripts, with few enough symbols that n-grams repeat."""
    draw = random.Random(seed)
    symbols = list("aabbcc  AÄßİΣς.,,--'’\"„“«»!?&;:()[]{}<>|\\/@#$%^*_+=~`0123٣½ⅷ€£°§…–—‰№·،。，！？《》漢字汉ひカ한𠀀🙂\u00a0\u3000\u2009\u200b\u0301\u001c\t")
    symbols += ["&amp;", "&quot;", "&lt;", "&gt;", "&amp;lt;", "<skipped>", "1.5", "2,000", "3-4", "U.S.", "...", " the ", " der "]
    return ["".join(draw.choice(symbols) for _ in range(draw.randrange(40))) for _ in range(count)]


def damaged(seed, lines):
    draw = random.Random(seed)
    return ["".join(symbol for symbol in line if draw.random() > 0.1) + draw.choice(["", " a", ".", "漢"]) for line in lines]


def made_texts():
    for seed in range(12):
        references = odd_lines(seed, 20)
        yield f"odd lines, seed {seed}", damaged(seed, references), references
    sentence = "The quick brown fox jumps over the lazy dog."
    yield "identical", [sentence, "A b."], [sentence, "A b."]
    yield "all hypotheses empty", ["", ""], [sentence, sentence]
    yield "one hypothesis empty", ["", sentence], [sentence, sentence]
    yield "empty references", [sentence, "a"], ["", ""]
    yield "one empty reference", [sentence, sentence], ["", sentence]
    yield "everything empty", ["", ""], ["", ""]
    yield "only spaces", ["  ", " \t"], [sentence, " "]
    yield "one equal word", ["word"], ["word"]
    yield "one other word", ["word"], ["other"]
    yield "one short line", ["a b c"], ["a b d"]
    yield "no shared words", ["a b c d e"], ["v w x y z"]
    yield "far too short", ["The"], [sentence]


def corpus_texts(program):
    folder = os.environ.get("MYNAH_TEST_DATA")
    if not folder:
        print("MYNAH_TEST_DATA is not set: compared on the texts made here only")
        return
    for name, path in CORPORA.items():
        path = pathlib.Path(folder) / path
        with (gzip if path.suffix == ".gz" else lzma).open(path, "rt", encoding="utf-8", newline="\n") as file:
            references = file.read().removesuffix("\n").split("\n")
        done = subprocess.run([program, "corrupt", str(path)], stdout=subprocess.PIPE, check=True)
        hypotheses = done.stdout.decode().removesuffix("\n").split("\n")
        yield name, hypotheses, references


def compare(program):
    compared, failures = 0, 0
    for texts, variants in ((made_texts(), VARIANTS), (corpus_texts(program), CORPUS_VARIANTS)):
        for name, hypotheses, references in texts:
            for variant in variants:
                expected, _ = reference_line(*variant, hypotheses, references)
                found = our_line(program, *variant, hypotheses, references).replace("-mynah", "")
                compared += 1
                if found != expected:
                    failures += 1
                    print(f"{name}, {variant}:\n  expected {expected}\n  found    {found}")
    print(f"{compared} scores compared, {failures} different")
    return 1 if failures or not compared else 0


def print_stored(program):
    for name, hypotheses, references in corpus_texts(program):
        for metric, tokenize, case in CORPUS_VARIANTS:
            _, value = reference_line(metric, tokenize, case, hypotheses, references)
            print(f'    {{"{CORPORA[name]}", "{metric}", "{tokenize}", {str(case == "lc").lower()}, {value:.4f}}},')


def main():
    program = sys.argv[1]
    if sys.argv[2:] == ["--stored"]:
        print_stored(program)
        return 0
    return compare(program)


sys.exit(main())
