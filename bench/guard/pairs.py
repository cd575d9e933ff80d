#!/usr/bin/env python3
"""What the guard says about given pairs whose targets were damaged on purpose.

    bench/guard/pairs.py --judge build/release/bench/guard/judge_pairs --languages en zh --pairs TEXT.en.xz TEXT.zh.xz
    bench/guard/pairs.py --translate build/release/apps/translate --model models/en-de --languages en de --pairs TEXT.en.xz TEXT.de.xz

With judge_pairs the pairs are judged by their text alone; with a model, translate --score-only also judges by probability and
attention. --foreign gives sentences in other languages. *Caught* means that the target is suspect; for numbers, that one is missing.
"""
import argparse, json, os, random, subprocess, tempfile

import damage
from samples import drawn, lines_of, pairs_of


def judged_by_text(arguments, pairs):
    text = "".join(f"{source}\t{target}\n" for source, target in pairs)
    found = subprocess.run([arguments.judge, *arguments.languages], input=text.encode(), capture_output=True, check=True).stdout
    return [json.loads(line) for line in found.decode().splitlines()]


def judged_by_model(arguments, pairs):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("source", "target", "judged")]
        for side, path in enumerate(paths[:2]):
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(pair[side] + "\n" for pair in pairs)
        subprocess.run([arguments.translate, "--model", arguments.model, "--threads", "1", "--score-only", "--json", "--quiet",
                        "--input", paths[0], "--score", paths[1], "--output", paths[2]], check=True, stderr=subprocess.DEVNULL)
        with open(paths[2], encoding="utf-8") as file:
            return [json.loads(line)["findings"] for line in file]


def damaged(kind, draw, pair, others, foreign):
    source, target = pair
    if kind == "copied":
        return source, source
    if kind == "another sentence's":
        return source, draw.choice(others)[1]
    if kind == "another language":
        return source, draw.choice(foreign)
    if kind == "garbage":
        return source, draw.choice(list(damage.GARBAGE.values()))(draw, target)
    return source, {"looped": damage.looped, "truncated": damage.truncated, "hole in the middle": damage.hole,
                    "number changed": damage.number_changed}[kind](draw, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judge")
    parser.add_argument("--translate")
    parser.add_argument("--model")
    parser.add_argument("--languages", nargs=2, required=True)
    parser.add_argument("--pairs", nargs="+", required=True, help="SOURCE TARGET SOURCE TARGET …")
    parser.add_argument("--foreign", nargs="+", default=[])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", default="", help="print the undamaged pairs that are suspect (undamaged), or a kind's that are not")
    arguments = parser.parse_args()
    judged = judged_by_text if arguments.judge else judged_by_model
    draw = random.Random(arguments.seed)
    files = list(zip(arguments.pairs[::2], arguments.pairs[1::2]))
    pairs = [pair for paths in files for pair in drawn(draw, pairs_of(paths), arguments.count // len(files))]
    foreign = [line for path in arguments.foreign for line in drawn(draw, lines_of(path, 50000), 1000) if line.strip()]
    kinds = ["undamaged", "looped", "truncated", "hole in the middle", "copied", "another language", "another sentence's", "garbage",
             "number changed"]
    print("| target | pairs | suspect | | something missing | |\n|---|---|---|---|---|---|")
    for kind in kinds:
        chosen = pairs
        if kind == "another language" and not foreign:
            continue
        if kind != "undamaged":
            chosen = [damaged(kind, draw, pair, pairs, foreign) for pair in pairs]
            chosen = [pair for pair in chosen if pair[1] and pair[1].strip()]
        if kind == "number changed":  # only where it was there before
            chosen = [pair for pair in chosen if any(character.isdigit() for character in pair[0])]
        findings = judged(arguments, [(source.replace("\t", " "), target.replace("\t", " ")) for source, target in chosen])
        suspect = [any(finding["kind"] == "suspect" for finding in each) for each in findings]
        missing = sum(any(finding["kind"] == "missing" for finding in each) for each in findings)
        count = max(1, len(chosen))
        print(f"| {kind} | {len(chosen)} | {sum(suspect)} | {100 * sum(suspect) / count:.1f} % | {missing} | {100 * missing / count:.1f} % |")
        for pair, caught, each in zip(chosen, suspect, findings):
            if arguments.show == kind and caught == (kind == "undamaged"):
                print("-", *pair, each, sep="\n  ")


if __name__ == "__main__":
    main()
