#!/usr/bin/env python3
"""What the guard says about 2,000 sentences, half of them damaged on purpose, translated by a model.

    bench/guard/inputs.py --translate build/release/apps/translate --model models/en-de --text TEXT.xz TEXT.xz \\
        --foreign fr=FRENCH.xz zh=CHINESE.xz de=GERMAN.xz [--sentences 2000] [--seed 1] [--show 20]

TEXT files are in the model's source language; the sample takes as many lines of each. *Caught* means that the report lists the
sentence as suspect after its second try. Damaged lines come in four kinds of the same size: repeated, truncated, in another language
(equal shares of --foreign), garbage (equal shares of its sorts).
"""
import argparse, collections, json, os, random, subprocess, tempfile

import damage
from samples import drawn, lines_of


def sample(arguments):
    """(kind, sort, line), clean ones first."""
    draw = random.Random(arguments.seed)
    clean, spoilt = [], []
    share = arguments.sentences // (2 * len(arguments.text))
    for path in arguments.text:
        lines = drawn(draw, [line for line in lines_of(path) if line.strip()], 2 * share)
        clean += [("clean", "", line) for line in lines[:share]]
        spoilt += lines[share:]
    draw.shuffle(spoilt)
    foreign = {name: [line for line in lines_of(path, 50000) if line.strip()] for name, path in arguments.foreign.items()}
    suffering = [line for lines in foreign.values() for line in lines if damage.mojibake(None, line) != line]
    damaged = []
    for number, line in enumerate(spoilt):
        kind, turn = number % 4, number // 4
        if kind == 0:
            damaged.append(("repeated", "", damage.repeated(draw, line)))
        elif kind == 1:
            damaged.append(("truncated", "", damage.truncated(draw, line)))
        elif kind == 2:
            name = list(foreign)[turn % len(foreign)]
            damaged.append(("another language", name, draw.choice(foreign[name])))
        else:
            sorts = [*damage.GARBAGE, "mojibake"]
            sort = sorts[turn % len(sorts)]
            broken = damage.mojibake(draw, draw.choice(suffering)) if sort == "mojibake" else damage.GARBAGE[sort](draw, line)
            damaged.append(("garbage", sort, broken))
    return clean + damaged


def translated(arguments, lines):
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "source"), os.path.join(folder, "target.json")
        with open(source, "w", encoding="utf-8") as file:
            file.writelines(line.replace("\r", " ") + "\n" for line in lines)
        subprocess.run([arguments.translate, "--model", arguments.model, "--input", source, "--output", target, "--json", "--quiet",
                        *arguments.options.split()], check=True, stderr=subprocess.DEVNULL)
        with open(target, encoding="utf-8") as file:
            return [json.loads(line) for line in file]


def verdict(line, output):
    findings = [finding for sentence in output["sentences"] for finding in sentence["findings"]]
    suspect = [finding["reason"] for finding in findings if finding["kind"] == "suspect"]
    missing = [finding["reason"] for finding in findings if finding["kind"] == "missing"]
    return {"suspect": suspect, "missing": missing, "retried": any(sentence["retried"] for sentence in output["sentences"]),
            "unchanged": output["text"].strip() == line.strip()}


def percent(part, whole):
    return f"{100 * part / whole:.1f} %"


def table(rows):
    groups = collections.OrderedDict()
    for (kind, sort, _), found in rows:
        for name in dict.fromkeys((kind, f"… {sort}" if sort else kind)):
            groups.setdefault((kind, name), []).append(found)
    order = sorted(groups, key=lambda group: (["clean", "repeated", "truncated", "another language", "garbage"].index(group[0]),
                                              group[1].startswith("…")))
    text = "| kind | lines | suspect | | of the rest, unchanged in the output | decoded again | something missing |\n"
    text += "|---|---|---|---|---|---|---|\n"
    for group in order:
        found = groups[group]
        suspect = [one for one in found if one["suspect"]]
        unchanged = sum(one["unchanged"] for one in found if not one["suspect"])
        text += (f"| {group[1]} | {len(found)} | {len(suspect)} | {percent(len(suspect), len(found))} | {unchanged} | "
                 f"{sum(one['retried'] for one in found)} | {sum(bool(one['missing']) for one in found)} |\n")
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--translate", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--text", nargs="+", required=True)
    parser.add_argument("--foreign", nargs="+", required=True, metavar="NAME=FILE")
    parser.add_argument("--sentences", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--options", default="--threads 1", help="more options for translate")
    parser.add_argument("--show", default="", help="print the clean lines that are suspect (clean), or the lines of a kind that are not")
    arguments = parser.parse_args()
    arguments.foreign = dict(pair.split("=", 1) for pair in arguments.foreign)
    lines = sample(arguments)
    outputs = translated(arguments, [line for _, _, line in lines])
    rows = [(line, verdict(line[2], output)) for line, output in zip(lines, outputs)]
    print(table(rows))
    for ((kind, sort, line), found), output in zip(rows, outputs):
        if arguments.show and arguments.show in (kind, sort) and bool(found["suspect"]) == (kind == "clean"):
            print("-", line, "→", output["text"], found["suspect"], sep="\n  ")


if __name__ == "__main__":
    main()
