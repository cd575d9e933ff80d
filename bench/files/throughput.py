#!/usr/bin/env python3
"""Many small files against one large one, and two workers against one.

    bench/files/throughput.py TRANSLATE MODEL TEXT [--files 2000] [--lines 20] [--rounds 5] [-- OPTIONS FOR TRANSLATE]

The same lines, once as one file and once in --files files of --lines lines each; the runs alternate, and what is printed is the
median of the ratios. Needs two idle cores for the second figure.
"""
import argparse, os, shutil, statistics, subprocess, sys, tempfile, time


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("translate"), parser.add_argument("model"), parser.add_argument("text")
    parser.add_argument("--files", type=int, default=2000), parser.add_argument("--lines", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    split = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    arguments, options = parser.parse_args(sys.argv[1:split]), sys.argv[split + 1:]
    work = tempfile.mkdtemp(prefix="mynah-files-")
    lines = open(arguments.text, "rb").read().split(b"\n")[:-1]
    while len(lines) < arguments.files * arguments.lines:
        lines += lines
    os.makedirs(f"{work}/many")
    with open(f"{work}/one.txt", "wb") as one:
        for number in range(arguments.files):
            text = b"\n".join(lines[number * arguments.lines:(number + 1) * arguments.lines]) + b"\n"
            one.write(text)
            os.makedirs(f"{work}/many/{number % 20}", exist_ok=True)
            open(f"{work}/many/{number % 20}/{number}.txt", "wb").write(text)

    def seconds(source, threads):
        output = f"{work}/out"
        shutil.rmtree(output, ignore_errors=True)
        words = [arguments.translate, "--model", arguments.model, "--quiet", "--threads", str(threads), *options,
                 "--input", f"{work}/{source}", "--output", output + "/"]
        start = time.time()
        subprocess.run(words, check=True)
        return time.time() - start

    total = arguments.files * arguments.lines
    rounds = [(seconds("one.txt", 2), seconds("many", 2), seconds("one.txt", 1)) for _ in range(arguments.rounds)]
    one, many, alone = (statistics.median(column) for column in zip(*rounds))
    spread = lambda values: f"{statistics.median(values):.3f} ({min(values):.3f} to {max(values):.3f})"
    print(f"{total:,} lines; one file {total / one:.0f} lines/s, {arguments.files} files {total / many:.0f} lines/s, "
          f"one worker {total / alone:.0f} lines/s")
    print(f"many files against one: {spread([a / b for a, b, _ in rounds])}")
    print(f"two workers against one: {spread([c / a for a, _, c in rounds])}")
    shutil.rmtree(work)


main()
