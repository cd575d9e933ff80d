#!/usr/bin/env python3
"""What the guard costs on clean text: runs of translate with and without it in turn.

    bench/guard/cost.py --translate build/release/apps/translate --model models/en-de --text TEXT.en [--rounds 7] [--core 1]

Printed: CPU seconds of both (median), and the ratio with / without, median (least to greatest) of the rounds.
"""
import argparse, os, statistics, subprocess, sys, tempfile


def cpu_seconds(arguments, option, folder):
    output = os.path.join(folder, "output")
    command = ["taskset", "-c", str(arguments.core), arguments.translate, "--model", arguments.model, "--threads", "1", "--quiet",
               "--input", arguments.text, "--output", output, "--restart", option, *arguments.options.split()]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit("failed: " + " ".join(command))
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--translate", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--text", required=True)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--core", type=int, default=1)
    parser.add_argument("--options", default="", help="more options for translate")
    arguments = parser.parse_args()
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(arguments.rounds):
            order = ["--guard", "--no-guard"] if number % 2 == 0 else ["--no-guard", "--guard"]
            seconds = {option: cpu_seconds(arguments, option, folder) for option in order}
            rounds.append((seconds["--guard"], seconds["--no-guard"]))
    ratios = sorted(guarded / plain for guarded, plain in rounds)
    print(f"with {statistics.median(guarded for guarded, _ in rounds):.2f} s, "
          f"without {statistics.median(plain for _, plain in rounds):.2f} s, "
          f"ratio {statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})")


if __name__ == "__main__":
    main()
