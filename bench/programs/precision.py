#!/usr/bin/env python3
"""What a model loses in translation quality by being computed in int8: BLEU and chrF beside float32.

    bench/programs/precision.py --program build/release/apps/translate --model models/en-de --input test.en --reference test.de
        [--precision int8] [--beam 4] [--core 0]

Exits with 1 where BLEU falls by more than 0.2.
"""
import argparse, os, re, subprocess, sys, tempfile


def scores(arguments, precision):
    """BLEU and chrF as translate --score says them."""
    with tempfile.TemporaryDirectory() as folder:
        command = [arguments.program, "--model", arguments.model, "--precision", precision, "--beam-size", arguments.beam,
                   "--threads", "1", "--input", arguments.input, "--output", os.path.join(folder, "output"),
                   "--score", arguments.reference]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    found = [re.search(rf"^{name}\|.*? = ([0-9.]+)", done.stderr, re.MULTILINE) for name in ("BLEU", "chrF2")]
    if done.returncode != 0 or None in found:
        sys.exit(done.stderr)
    return [float(match.group(1)) for match in found]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--reference", required=True)
    parser.add_argument("--precision", default="int8", choices=["int8", "bfloat16"])
    parser.add_argument("--beam", default="4")
    parser.add_argument("--core", type=int)
    arguments = parser.parse_args()
    if arguments.core is not None:
        os.sched_setaffinity(0, {arguments.core})
    whole, reduced = scores(arguments, "float32"), scores(arguments, arguments.precision)
    print(f"{arguments.model}, {arguments.input}: BLEU {whole[0]:.2f} in float32, {reduced[0]:.2f} in {arguments.precision} "
          f"({reduced[0] - whole[0]:+.2f}); chrF {whole[1]:.2f}, {reduced[1]:.2f} ({reduced[1] - whole[1]:+.2f})")
    return 1 if reduced[0] < whole[0] - 0.2 else 0


if __name__ == "__main__":
    sys.exit(main())
