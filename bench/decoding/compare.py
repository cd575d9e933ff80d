#!/usr/bin/env python3
"""Decoding speed of Mynah beside CTranslate2 on the same model, one core each, equal forced output lengths.

    bench/decoding/compare.py --model DIR --program build/release/bench/decode_speed [--rounds 5] [--core 1]

Both toolkits decode the same random source ids (24 and </s>) into exactly 30 ids, with the same --precision; the two processes stay alive and take turns on one
core. Printed: output tokens per CPU second (median of the rounds) and the ratio Mynah / CTranslate2 (median, minimum, maximum of the
ratios within a round). Needs the packages of tests/peers/requirements.txt in the Python that runs it.
"""
import argparse, json, os, random, statistics, subprocess, sys, tempfile

WORKER = """
import sys, time, resource, ctranslate2, json
model, ids, batch, beam, length, compute_type, vocab = sys.argv[1], *sys.argv[2:8]
batch, beam, length = int(batch), int(beam), int(length)
pieces = {i: p for p, i in json.load(open(vocab, encoding="utf-8")).items()}
source = [[pieces[int(i)] for i in line.split()] for line in open(ids)]
translator = ctranslate2.Translator(model, inter_threads=1, intra_threads=1, compute_type=compute_type)
def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
for line in sys.stdin:
    cpu_before, before = cpu(), time.monotonic()
    done = translator.translate_batch(source, max_batch_size=batch, beam_size=beam,
                                      min_decoding_length=length, max_decoding_length=length)
    print(sum(len(r.hypotheses[0]) for r in done), cpu() - cpu_before, time.monotonic() - before, flush=True)
"""


def start(command, core):
    environment = dict(os.environ, OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
    return subprocess.Popen(["taskset", "-c", str(core), *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, text=True, env=environment)


def run(process):
    process.stdin.write("go\n")
    process.stdin.flush()
    answer = process.stdout.readline().split()
    if not answer:
        sys.exit("a worker ended early: " + " ".join(map(str, process.args)))
    return float(answer[0]) / float(answer[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--precision", default="float32", choices=["int8", "bfloat16", "float32"])
    parser.add_argument("--engine", default="packed", choices=["packed", "libtorch"])
    parser.add_argument("--case", action="append", help="batch,beam; the four of the table when not given")
    parser.add_argument("--sentences", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--core", type=int, default=1)
    arguments = parser.parse_args()
    vocab = os.path.join(arguments.model, "vocab.json")
    size = len(json.load(open(vocab, encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        converted = os.path.join(folder, "ct2")
        import ctranslate2
        ctranslate2.converters.TransformersConverter(arguments.model).convert(converted)
        draw = random.Random(1)
        ids = os.path.join(folder, "ids.txt")
        print(f"{'batch':>5} {'beam':>4} {'Mynah':>9} {'CTranslate2':>11}  ratio (min-max), output tokens per CPU second")
        cases = [tuple(map(int, case.split(","))) for case in arguments.case or ("1,1", "1,4", "64,1", "64,4")]
        for batch, beam in cases:
            count = arguments.sentences if batch > 1 else max(4, arguments.sentences // 8)
            with open(ids, "w") as out:
                for _ in range(count):
                    out.write(" ".join(str(draw.randrange(2, size - 1)) for _ in range(24)) + " 0\n")
            ours = start([arguments.program, arguments.model, ids, str(batch), str(beam), "30",
                          arguments.engine, arguments.precision], arguments.core)
            theirs = start([sys.executable, "-c", WORKER, converted, ids, str(batch), str(beam), "30",
                            arguments.precision, vocab], arguments.core)
            run(ours), run(theirs)  # warm-up
            rounds = [(run(ours), run(theirs)) for _ in range(arguments.rounds)]
            ratios = sorted(a / b for a, b in rounds)
            print(f"{batch:5} {beam:4} {statistics.median(a for a, _ in rounds):9.0f} "
                  f"{statistics.median(b for _, b in rounds):11.0f}  "
                  f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})", flush=True)
            for process in (ours, theirs):
                process.stdin.close()
                process.wait()


if __name__ == "__main__":
    main()
