#!/usr/bin/env python3
"""The packed engine beside CTranslate2, the whole table: `base` with 32,000 pieces and `small` with 16,000, batch 1 and 64, greedy and
beam 4, int8 and float32, each with the ratio it has to reach.

    bench/programs/decoding.py --build build/release [--models FOLDER] [--rounds 5] [--core 1]

Models have seeded random weights; they are written into --models where that does not hold them yet. What is decoded and how the two
toolkits take turns says bench/decoding/compare.py. Exits with 1 where a ratio is missed. Needs the packages of
tests/peers/requirements.txt in the Python that runs it.
"""
import argparse, os, random, statistics, subprocess, sys, tempfile
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "decoding"))
import compare

SIZES = {"base": 32000, "small": 16000}
CASES = {  # precision, size, batch, beam: the least ratio
    ("int8", "base", 1, 1): 1.5, ("int8", "base", 1, 4): 1.7, ("int8", "base", 64, 1): 2.1, ("int8", "base", 64, 4): 3.0,
    ("int8", "small", 1, 1): 2.5, ("int8", "small", 1, 4): 3.3, ("int8", "small", 64, 1): 3.4, ("int8", "small", 64, 4): 3.5,
    ("float32", "base", 1, 1): None, ("float32", "base", 64, 4): 1.3,
    ("float32", "small", 1, 1): None, ("float32", "small", 64, 1): 1.3,
}


def write_words(path, seed):
    """Text with words enough for a vocabulary."""
    draw = random.Random(seed)
    words = ["".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=draw.randint(3, 9))) for _ in range(60000)]
    with open(path, "w") as out:
        for _ in range(30000):
            out.write(" ".join(draw.choices(words, k=12)) + "\n")


def model_of(size, arguments, scratch):
    folder = os.path.join(arguments.models or scratch, size)
    if not os.path.exists(os.path.join(folder, "model.safetensors")):
        texts = [os.path.join(scratch, name) for name in ("source.txt", "target.txt")]
        for seed, text in enumerate(texts):
            write_words(text, seed)
        program = os.path.join(arguments.build, "bench/decoding/write_bench_model")
        subprocess.run([program, size, str(SIZES[size]), *texts, folder], check=True)
    return folder


def cpu_name():
    with open("/proc/cpuinfo") as cpu:
        return next(line.split(":")[1].strip() for line in cpu if line.startswith("model name"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--models", help="where the models are, or are to be kept")
    parser.add_argument("--only", default="", help="cases whose description begins so, as in `int8 small`")
    compare.add_arguments(parser)
    arguments = parser.parse_args()
    arguments.program = os.path.join(arguments.build, "bench/decoding/decode_speed")
    print(f"{cpu_name()}, core {arguments.core}, {arguments.rounds} rounds; output tokens per CPU second\n")
    print("| precision | model | batch | beam | Mynah | CTranslate2 | its setting | ratio (least to greatest) | asked for |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    missed = 0
    with tempfile.TemporaryDirectory() as scratch:
        comparisons = {}
        for (precision, size, batch, beam), required in CASES.items():
            if not f"{precision} {size} {batch} {beam}".startswith(arguments.only):
                continue
            if size not in comparisons:
                model = model_of(size, arguments, scratch)
                converted = compare.convert(model, os.path.join(scratch, "converted-" + size))
                comparisons[size] = compare.Comparison(arguments, model, converted, scratch)
            own, others, ratios = comparisons[size].measure(precision, batch, beam)
            best, ratio = max(others, key=others.get), statistics.median(ratios)
            fails = required is not None and ratio < required
            missed += fails
            print(f"| {precision} | {size} | {batch} | {beam} | {own:,.0f} | {others[best]:,.0f} | {best} | "
                  f"{ratio:.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}) | {required or ''}{' MISSED' if fails else ''} |", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
