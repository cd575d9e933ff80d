#!/usr/bin/env python3
"""Decoding speed of Mynah beside CTranslate2 on the same model, one core each, equal forced output lengths.

    bench/decoding/compare.py --model DIR --program build/release/bench/decoding/decode_speed [--rounds 5] [--core 1]

Both toolkits decode the same random source ids (24 and </s>) into exactly 30 ids, with the same --precision; the processes stay alive
and take turns on one core, CTranslate2 once as it comes and once told to use AVX-512 where the CPU has it. Printed: output tokens per
CPU second (median of the rounds) and the ratio Mynah / the better CTranslate2 (median, minimum, maximum of the ratios within a
round). Needs the packages of tests/peers/requirements.txt in the Python that runs it. bench/programs/decoding.py measures the whole
table of the packed engine with it.
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


def settings():
    """What CTranslate2 is tried with: name → environment. (Told to use MKL on an AMD CPU, it emulates and is ten times slower.)"""
    with open("/proc/cpuinfo") as cpu:
        return {"default": {}} | ({"AVX512": {"CT2_FORCE_CPU_ISA": "AVX512"}} if "avx512f" in cpu.read() else {})


def start(command, core, environment={}):
    environment = dict(os.environ, OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", **environment)
    return subprocess.Popen(["taskset", "-c", str(core), *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, text=True, env=environment)


def run(process):
    process.stdin.write("go\n")
    process.stdin.flush()
    answer = process.stdout.readline().split()
    if not answer:
        sys.exit("a worker ended early: " + " ".join(map(str, process.args)))
    return float(answer[0]) / float(answer[1])


def convert(model, folder):
    """The model as CTranslate2 reads it."""
    import ctranslate2
    ctranslate2.converters.TransformersConverter(model).convert(folder)
    return folder


class Comparison:
    """Two toolkits on one model; `arguments` has program, engine, rounds, core and sentences."""

    def __init__(self, arguments, model, converted, folder):
        self.arguments, self.model, self.converted = arguments, model, converted
        self.ids, self.vocab = os.path.join(folder, "ids.txt"), os.path.join(model, "vocab.json")
        with open(self.vocab, encoding="utf-8") as vocab:
            self.size = len(json.load(vocab))
        self.draw = random.Random(1)

    def measure(self, precision, batch, beam):
        """Tokens per CPU second of both (CTranslate2's by setting), and the ratios, least first."""
        count = self.arguments.sentences if batch > 1 else max(4, self.arguments.sentences // 8)
        with open(self.ids, "w") as out:
            for _ in range(count):
                out.write(" ".join(str(self.draw.randrange(2, self.size - 1)) for _ in range(24)) + " 0\n")
        ours = start([self.arguments.program, self.model, self.ids, str(batch), str(beam), "30", self.arguments.engine, precision],
                     self.arguments.core)
        theirs = {name: start([sys.executable, "-c", WORKER, self.converted, self.ids, str(batch), str(beam), "30", precision,
                               self.vocab], self.arguments.core, environment) for name, environment in settings().items()}
        processes = [ours, *theirs.values()]
        for process in processes:
            run(process)  # warm-up
        rounds = [[run(process) for process in processes] for _ in range(self.arguments.rounds)]
        for process in processes:
            process.stdin.close()
            process.wait()
        medians = [statistics.median(speeds) for speeds in zip(*rounds)]
        return medians[0], dict(zip(theirs, medians[1:])), sorted(own / max(others) for own, *others in rounds)


def add_arguments(parser):
    parser.add_argument("--engine", default="packed", choices=["packed", "libtorch"])
    parser.add_argument("--sentences", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--core", type=int, default=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--precision", default="float32", choices=["int8", "bfloat16", "float32"])
    parser.add_argument("--case", action="append", help="batch,beam; the four of the table when not given")
    add_arguments(parser)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(arguments, arguments.model, convert(arguments.model, os.path.join(folder, "converted")), folder)
        print(f"{'batch':>5} {'beam':>4} {'Mynah':>9} {'CTranslate2':>11}  ratio (min-max), output tokens per CPU second")
        for case in arguments.case or ("1,1", "1,4", "64,1", "64,4"):
            batch, beam = map(int, case.split(","))
            own, others, ratios = comparison.measure(arguments.precision, batch, beam)
            print(f"{batch:5} {beam:4} {own:9.0f} {max(others.values()):11.0f}  "
                  f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})", flush=True)


if __name__ == "__main__":
    main()
