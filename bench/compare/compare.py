#!/usr/bin/env python3
"""Recurrent, convolutional, self-attentive and universal networks side by side on Multi30k en-de.

    bench/compare/compare.py --build build/release --data MULTI30K --output FOLDER [--tune 5min] [--budget 60min] [--together]
                             [--device cuda]

One tokenizer, the same batches, the same time, equally many parameters (within 10 %). Writes FOLDER/report.md and its curves.
With --tune every network is trained for so long with each of the same learning rates, and goes on with what gave the best BLEU on
the validation set. (Dropout is as recommended: trials too short to overfit would always want less.) Every piece is kept in a file
and not done again: interrupted, the same command goes on; with a longer --budget training goes on where it ended and what depends
on it is measured anew. --together trains all at the same time, on a machine with a core for each or whose load changes. Two runs
with other --networks and the same --output may share the work; a last one with all networks then measures and reports. Needs a
Python with sacrebleu; build with -DMYNAH_BENCH=ON.
"""
import argparse, dataclasses, gzip, json, math, os, random, re, statistics, struct, subprocess, sys

# What the paper or a well-kept toolkit recommends for data of this size, in widths that give each as many parameters as `tiny`.
SETTINGS = {
    # Luong et al. 2015, one layer a side: input feeding, multiplicative attention
    "rnn": ["--type", "rnn", "--enc-depth", "1", "--dec-depth", "1", "--dim-emb", "128", "--dim-rnn", "304"],
    # four and three layers of 3 tokens, as fairseq has them for IWSLT (fconv_iwslt_de_en)
    "cnn": ["--type", "cnn", "--enc-depth", "4", "--dec-depth", "3", "--dim-emb", "128", "--dim-cnn", "160"],
    "transformer": ["--type", "transformer", "--task", "tiny", "--pre-norm"],
    # one block as wide as the parameters allow, as often as the Transformer has layers
    "universal": ["--type", "universal", "--pre-norm", "--enc-depth", "4", "--dec-depth", "4", "--dim-emb", "192",
                  "--transformer-dim-ffn", "640", "--transformer-heads", "4"],
}
# Highest learning rate without --tune, and those it tries.
RATES = {"rnn": 0.001, "cnn": 0.001, "transformer": 0.002, "universal": 0.002}
TRIED_RATES = (0.0005, 0.001, 0.002, 0.004, 0.008, 0.016)
COMMON = ["--transformer-dropout", "0.3", "--mini-batch-words", "1024", "--lr-warmup", "1000u",
          "--exponential-smoothing", "0.0005", "--label-smoothing", "0.1",
          "--valid-metrics", "bleu", "ce-mean-words", "--early-stopping", "0", "--source-lang", "en", "--target-lang", "de"]
LENGTHS = ((1, 8), (9, 11), (12, 14), (15, 18), (19, 100))  # words of the source
DECODING = ((1, 1), (1, 4), (64, 1), (64, 4))  # batch, beam
ROUNDS = 5


def seconds_of(span):
    amount, unit = re.fullmatch(r"([\d.]+)(s|min|h)", span).groups()
    return float(amount) * {"s": 1, "min": 60, "h": 3600}[unit]


def lines_of(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def history_of(model):
    with open(os.path.join(model, "history.jsonl")) as file:
        return [json.loads(line) for line in file]


def best_bleu(model):
    return max(line["validation"]["bleu"] for line in history_of(model) if "validation" in line)


def arrays_of(model):
    """Name → shape, from the header of the weights' file."""
    with open(os.path.join(model, "model.safetensors"), "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    return {name: entry["shape"] for name, entry in header.items() if name != "__metadata__"}


def canonical(arrays):
    """Arrays that count: tied copies and tables of sines are left out."""
    return {name: shape for name, shape in arrays.items() if "embed_positions" not in name and "embed_tokens" not in name}


def parameters_of(model):
    return sum(math.prod(shape) for shape in canonical(arrays_of(model)).values())


def multiplications_of(model):
    """Per target token, with a source as long as the target: elements of matrices times how often each is applied."""
    config = json.load(open(os.path.join(model, "config.json")))
    total = 0
    for name, shape in canonical(arrays_of(model)).items():
        if len(shape) < 2 or any(part in name for part in ("logits_bias", "positions", "decoder.start")):
            continue  # added, looked up, or applied once a sentence
        steps = 1
        if config["model_type"] == "mynah-universal" and name.startswith(("encoder.", "decoder.")):
            projected_once = re.search(r"cross_attention\.(key|value)", name)
            steps = 1 if projected_once else config["encoder_layers" if name.startswith("encoder.") else "decoder_layers"]
        total += steps * math.prod(shape)  # the table: the output's product
    return total


def table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@dataclasses.dataclass
class Run:
    """One training, in the folder `model`."""
    model: str
    network: str
    rate: float
    span: str
    validations: int


class Comparison:
    def __init__(self, arguments):
        self.arguments = arguments
        os.makedirs(self.path("tuning"), exist_ok=True)
        self.networks = arguments.networks
        self.rates = dict(RATES)
        self.trials = {network: {} for network in self.networks}

    def path(self, *parts):
        return os.path.join(self.arguments.output, *parts)

    def program(self, name):
        return os.path.join(self.arguments.build, name)

    def data(self, name):
        return os.path.join(self.arguments.data, name)

    def model(self, network):
        return self.path(network)

    def kept(self, name, measure):
        """What `measure` returned when it was called for this budget, as JSON."""
        path = self.path(f"{name}.{self.arguments.budget}.json")
        if not os.path.exists(path):
            result = measure()
            with open(path + ".part", "w") as file:
                json.dump(result, file)
            os.rename(path + ".part", path)
        return json.load(open(path))

    def kept_together(self, name, measure):
        """Of all networks in turn."""
        return self.kept(".".join([name, *self.networks]), measure)

    # training

    def corpora(self):
        return ["--train-sets", self.data("train.en.gz"), self.data("train.de.gz"), "--valid-sets", self.data("val.en.gz"),
                self.data("val.de.gz")]

    def tokenizer(self):
        folder = self.path("tokenizer")
        if not os.path.exists(os.path.join(folder, "vocab.json")):
            subprocess.run([self.program("apps/train"), "--model", folder, *self.corpora(), *COMMON, "--task", "tiny", "--vocabulary",
                            "6000", "--plan-only", "--threads", "1"], check=True)
        return os.path.join(folder, "source.spm")

    def command(self, run):
        often = f"{seconds_of(run.span) / run.validations:.0f}s"
        return [self.program("apps/train"), "--model", run.model, *self.corpora(), "--vocabs", self.tokenizer(), *COMMON,
                *SETTINGS[run.network], "--learn-rate", str(run.rate), "--after", run.span,
                "--valid-freq", often, "--save-freq", often, "--disp-freq", often, "--threads", str(self.arguments.threads),
                "--device", self.arguments.device]

    def train(self, runs):
        running = []
        for run in runs:
            done = f"{run.model}.trained.{run.span}"
            if os.path.exists(done):
                continue
            log = open(f"{run.model}.log", "a")
            running.append((done, subprocess.Popen(self.command(run), stderr=log)))
            if not self.arguments.together:
                self.wait(running)
        self.wait(running)

    def tune(self):
        """Sets each network's learning rate to the best of TRIED_RATES."""
        for rate in TRIED_RATES:
            runs = [Run(self.path("tuning", f"{network}-{rate}"), network, rate, self.arguments.tune, 3)
                    for network in self.networks]
            self.train(runs)
            for run in runs:
                self.trials[run.network][rate] = best_bleu(run.model)
        self.rates = {network: max(scores, key=scores.get) for network, scores in self.trials.items()}

    def train_all(self):
        self.train([Run(self.model(network), network, self.rates[network], self.arguments.budget, 24)
                    for network in self.networks])

    @staticmethod
    def wait(running):
        while running:
            done, process = running.pop()
            if process.wait() != 0:
                sys.exit(f"a training failed, see the log: {' '.join(process.args)}")
            open(done, "w").close()

    def history(self, network):
        return history_of(self.model(network))

    # measuring

    def translations(self, network):
        """Of the test set, beam 4."""
        def translate():
            source = "".join(line + "\n" for line in lines_of(self.data("test_2016_flickr.en.gz")))
            return subprocess.run([self.program("apps/translate"), "--model", self.model(network), "--beam-size", "4", "--quiet",
                                   "--no-guard", "--no-split-sentences", "--device", self.arguments.device],
                                  input=source, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
        return self.kept(f"{network}.translations", translate)

    def bleu(self, network, least=0, most=1000):
        import sacrebleu
        sources, references = (lines_of(self.data(f"test_2016_flickr.{side}.gz")) for side in ("en", "de"))
        chosen = [i for i, source in enumerate(sources) if least <= len(source.split()) <= most]
        given = self.translations(network)
        return sacrebleu.corpus_bleu([given[i] for i in chosen], [[references[i] for i in chosen]]).score, len(chosen)

    def decoding_speed(self):
        """Network → output tokens per second of the CPU (of the clock on a GPU), a median for each of DECODING; all take turns."""
        def measure():
            draw, ids = random.Random(1), self.path("ids.txt")
            speeds = {network: [] for network in self.networks}
            for batch, beam in DECODING:
                with open(ids, "w") as file:
                    for _ in range(64 if batch > 1 else 8):
                        file.write(" ".join(str(draw.randrange(2, 6000)) for _ in range(24)) + " 0\n")
                processes = {network: self.start_decoder(network, ids, batch, beam) for network in self.networks}
                for process in processes.values():
                    self.decode(process)  # warming up
                rounds = [{network: self.decode(process) for network, process in processes.items()} for _ in range(ROUNDS)]
                for network, process in processes.items():
                    speeds[network].append(statistics.median(one[network] for one in rounds))
                    process.stdin.close()
                    process.wait()
            return speeds
        return self.kept_together("decoding", measure)

    def start_decoder(self, network, ids, batch, beam):
        command = [self.program("bench/decoding/decode_speed"), self.model(network), ids, str(batch), str(beam), "30",
                   "libtorch", "float32", self.arguments.device]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                env=dict(os.environ, OMP_NUM_THREADS="1"))

    def decode(self, process):
        process.stdin.write("\n")
        process.stdin.flush()
        tokens, cpu, clock = map(float, process.stdout.readline().split())
        return tokens / (cpu if self.arguments.device == "cpu" else clock)

    def training_time(self):
        """Network → length → microseconds a target token."""
        def measure():
            output = subprocess.run([self.program("bench/compare/training_time"), self.arguments.device, "1280", str(ROUNDS),
                                     *map(self.model, self.networks)], stdout=subprocess.PIPE, text=True, check=True).stdout
            times = {network: {} for network in self.networks}
            for line in output.splitlines():
                model, length, microseconds = line.split()
                times[os.path.basename(model)][length] = float(microseconds)
            return times
        return self.kept_together("training-time", measure)

    def reach(self, network):
        """Side → distance → mean length of the gradient."""
        def measure():
            sides = (lines_of(self.data(f"val.{side}.gz")) for side in ("en", "de"))
            pairs = "".join(f"{source}\t{target}\n" for source, target in zip(*sides))
            output = subprocess.run([self.program("bench/compare/information_reach"), self.model(network), "120"], input=pairs,
                                    stdout=subprocess.PIPE, text=True, check=True).stdout
            reach = {"source": {}, "target": {}}
            for line in output.splitlines():
                side, distance, mean, _ = line.split()
                reach[side][distance] = float(mean)
            return reach
        return self.kept(f"{network}.reach", measure)

    # reporting

    def place(self):
        return "one core" if self.arguments.device == "cpu" else self.arguments.device

    def charts(self):
        def chart(title, x_label, y_label, points):
            series = [{"name": network, "x": [x for x, _ in points(network)], "y": [y for _, y in points(network)]}
                      for network in self.networks]
            return {"title": title, "x_label": x_label, "y_label": y_label, "series": series}

        def validation(axis, scale):
            return lambda network: [(line[axis] / scale, line["validation"]["bleu"]) for line in self.history(network)
                                    if "validation" in line]

        def reach(side, most):
            def points(network):
                of_side = {int(distance): mean for distance, mean in self.reach(network)[side].items() if 1 <= int(distance) <= most}
                return [(distance, math.log10(mean / of_side[1])) for distance, mean in sorted(of_side.items()) if mean > 0]
            return points

        times = self.training_time()
        return {"bleu": [chart("BLEU on the validation set, greedy", "minutes", "BLEU", validation("seconds", 60)),
                         chart("BLEU on the validation set, greedy", "updates", "BLEU", validation("updates", 1))],
                "training-time": [chart(f"Training, forward and back, {self.place()}", "tokens a sentence", "µs a target token",
                                        lambda network: [(int(length), t) for length, t in times[network].items()])],
                "reach": [chart(f"Gradient of an output with respect to the {side} n positions before", "n", "log10, against n = 1",
                                reach(side, 100)) for side in ("target", "source")],
                "length": [chart("BLEU by length, test_2016, beam 4", "words of the source, middle of the class", "BLEU",
                                 lambda network: [((least + min(most, 26)) / 2, self.bleu(network, least, most)[0])
                                                  for least, most in LENGTHS])]}

    def draw(self):
        for name, charts in self.charts().items():
            with open(self.path(f"{name}.svg"), "w") as file:
                subprocess.run([self.program("bench/compare/draw_charts")], input=json.dumps(charts), stdout=file, text=True,
                               check=True)

    def write_report(self):
        self.draw()
        networks, speeds, times = self.networks, self.decoding_speed(), self.training_time()
        sections = [
            f"# Multi30k en→de: {self.arguments.budget} each",
            table(["network", "parameters", "multiplications a target token", "updates", "epochs", "training: target tokens/s",
                   "BLEU, validation", "BLEU, test_2016"], map(self.row, networks)),
            "Multiplications count matrices only, with a source as long as the target. Validation (greedy, 13a, cased) is part of "
            "the time; test_2016 is decoded with a beam of 4.", "![BLEU](bleu.svg)",
            "## Decoding, output tokens a second",
            table(["network", *(f"batch {batch}, beam {beam}" for batch, beam in DECODING)],
                  ([network, *(f"{speed:,.0f}" for speed in speeds[network])] for network in networks)),
            "## Training time by length",
            table(["network", *(f"{length} tokens" for length in times[networks[0]])],
                  ([network, *(f"{time:.0f} µs" for time in times[network].values())] for network in networks)),
            "![training time](training-time.svg)",
            "## BLEU by length",
            table(["network", *(f"{least}–{most} words" for least, most in LENGTHS)],
                  ([network, *("{:.1f}".format(self.bleu(network, *length)[0]) for length in LENGTHS)] for network in networks)),
            f"Sentences: {', '.join(str(self.bleu(networks[0], *length)[1]) for length in LENGTHS)}.",
            "![BLEU by length](length.svg)",
            "## How far information travels",
            "Mean length of the gradient, late in long texts, against that at n = 1. Where a curve ends the gradient is exactly 0.",
            "![reach](reach.svg)",
            "## Settings",
            table(["network", "settings"],
                  [["all", f"`{' '.join(COMMON)} --after {self.arguments.budget} --threads {self.arguments.threads}`"],
                   *([network, f"`{' '.join(SETTINGS[network])} --learn-rate {self.rates[network]}`"]
                     for network in networks)])]
        if self.arguments.tune:
            sections += [f"BLEU on the validation set in trials of {self.arguments.tune} each, by learning rate; the best goes on:",
                         table(["network", *map(str, TRIED_RATES)],
                               ([network, *(f"{trials[rate]:.2f}" for rate in TRIED_RATES)]
                                for network, trials in self.trials.items()))]
        with open(self.path("report.md"), "w") as file:
            file.write("\n\n".join(sections) + "\n")

    def row(self, network):
        history, model = self.history(network), self.model(network)
        speed = statistics.median(line["tokens_per_second"] for line in history if "tokens_per_second" in line)
        return [network, f"{parameters_of(model):,}", f"{multiplications_of(model):,}", f"{history[-1]['updates']:,}",
                f"{history[-1]['epochs']:.1f}", f"{speed:,.0f}", f"{best_bleu(model):.2f}", f"{self.bleu(network)[0]:.2f}"]

    def check_sizes(self):
        counts = {network: parameters_of(self.model(network)) for network in self.networks}
        if max(counts.values()) > 1.1 * min(counts.values()):
            sys.exit(f"the networks differ by more than 10 % in parameters: {counts}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, help="build folder")
    parser.add_argument("--data", required=True, help="folder of Multi30k: train, val and test_2016_flickr, .en.gz and .de.gz")
    parser.add_argument("--output", required=True)
    parser.add_argument("--networks", nargs="+", choices=SETTINGS, default=list(SETTINGS))
    parser.add_argument("--budget", default="60min", help="of each training: 90s, 60min, 4h")
    parser.add_argument("--tune", help="of each trial of a learning rate; without it the defaults are taken")
    parser.add_argument("--together", action="store_true", help="train all at the same time")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    comparison = Comparison(parser.parse_args())
    comparison.tokenizer()
    if comparison.arguments.tune:
        comparison.tune()
    comparison.train_all()
    comparison.check_sizes()
    comparison.write_report()


if __name__ == "__main__":
    main()
