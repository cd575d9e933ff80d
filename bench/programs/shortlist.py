#!/usr/bin/env python3
"""translate with and without a shortlist, on one core, taking turns.

    bench/programs/shortlist.py --program build/release/apps/translate --model models/en-de --input newstest2013.en
        [--shortlist on] [--precision int8] [--beam 4] [--rounds 5] [--core 0] [--no-guard]

Each round translates the file both ways, the order swapped from round to round. Printed: lines per CPU second of both (median), the
ratio within a round, and how many lines came out otherwise.
"""
import argparse, os, resource, statistics, subprocess, sys


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(done.stderr.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout.splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True, help="plain text, a sentence a line")
    parser.add_argument("--shortlist", default="on")
    parser.add_argument("--precision", default="int8")
    parser.add_argument("--beam", default="4")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--core", type=int)
    parser.add_argument("--no-guard", action="store_true", help="without second thoughts about doubtful sentences")
    arguments = parser.parse_args()
    if arguments.core is not None:
        os.sched_setaffinity(0, {arguments.core})
    command = [arguments.program, "--model", arguments.model, "--precision", arguments.precision, "--beam-size", arguments.beam,
               "--threads", "1", "--quiet", "--input", arguments.input] + ["--no-guard"] * arguments.no_guard
    seconds, outputs = {"off": [], arguments.shortlist: []}, {}
    for number in range(arguments.rounds):
        for way in sorted(seconds, reverse=number % 2 == 1):
            taken, outputs[way] = run(command + ["--shortlist", way])
            seconds[way].append(taken)
    ratios = sorted(off / on for off, on in zip(seconds["off"], seconds[arguments.shortlist]))
    lines = len(outputs["off"])
    others = sum(a != b for a, b in zip(outputs["off"], outputs[arguments.shortlist]))
    print(f"{lines} lines, beam {arguments.beam}, {arguments.precision}{', no guard' * arguments.no_guard}: "
          f"without {lines / statistics.median(seconds['off']):.1f} lines per CPU second, "
          f"with {lines / statistics.median(seconds[arguments.shortlist]):.1f}, "
          f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f}); {others} lines differ")


if __name__ == "__main__":
    main()
