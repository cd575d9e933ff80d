#!/usr/bin/env python3
"""Copying, reversing and adding: networks taught on up to 40 symbols, asked for up to 400.

    bench/compare/algorithmic.py --build build/release --output FOLDER [--networks ...] [--tasks ...] [--budget 2000u] [--device cuda]

Trains every network on every task, scores it, and writes FOLDER/algorithmic.md. What is there already is not done again: interrupted,
the same command goes on. The learning rate falls to nothing over the --budget, so that is in updates. Data come from --seed alone:
decimal digits, lengths drawn evenly from 1 to 40 for training and, as in the published evaluation, from 1 to 40 and 1 to 400 for
testing (and, harder, of exactly 400). Numbers to be added stand in little-endian order. One symbol is one piece (a SentencePiece model
of characters, which needs the Python package sentencepiece). Transformers see their positions from a random one of 0 to 400 on while
training.

Symbol accuracy counts symbols, the end among them, that are most likely after the right ones before; sequence accuracy counts lines
without a mistake, which is what greedy search finds as well. `greedy` is symbol accuracy when the network reads its own symbols.
"""
import argparse, json, os, random, subprocess, sys

TASKS = ("copy", "reverse", "addition")
TESTS = {"40": 1000, "400": 400, "exactly-400": 100}  # lines each
OFFSET = ["--random-position-offset", "400"]
WIDTHS = ["--dim-emb", "128", "--transformer-dim-ffn", "512", "--transformer-heads", "4"]
STEPS = ["--enc-depth", "6", "--dec-depth", "6"]
NETWORKS = {
    "rnn": ["--type", "rnn", "--task", "tiny"],
    "rnn-without-attention": ["--type", "rnn", "--task", "tiny", "--attention", "none"],
    "transformer": ["--type", "transformer", "--enc-depth", "4", "--dec-depth", "4", "--pre-norm", *WIDTHS, *OFFSET],
    "universal": ["--type", "universal", "--pre-norm", *STEPS, *WIDTHS, *OFFSET],
    "universal-halting": ["--type", "universal", "--halting", "--pre-norm", *STEPS, *WIDTHS, *OFFSET],
}
COMMON = ["--mini-batch-words", "1024", "--max-length", "450", "--max-length-ratio", "100", "--label-smoothing", "0",
          "--optimizer", "muon", "--learn-rate", "0.002", "--lr-warmup", "200u", "--lr-schedule", "linear",
          "--transformer-dropout", "0.1", "--valid-freq", "500u", "--save-freq", "500u",
          "--valid-metrics", "ce-mean-words", "--early-stopping", "0", "--disp-freq", "500u"]
PUBLISHED = {  # Dehghani et al. 2019, symbol / sequence accuracy at 400
    "rnn": (("LSTM", .45, .09), ("LSTM", .66, .11), ("LSTM", .08, .0)),
    "transformer": (("Transformer", .53, .03), ("Transformer", .13, .06), ("Transformer", .07, .0)),
    "universal": (("Universal Transformer", .91, .35), ("Universal Transformer", .96, .46), ("Universal Transformer", .34, .02)),
}


def digits(length, generator):
    return "".join(generator.choice("0123456789") for _ in range(length))


def number(length, generator):
    """Little-endian; the last digit is the highest and not 0."""
    return digits(length - 1, generator) + generator.choice("123456789")


def pair(task, most, exactly, generator):
    length = most if exactly else generator.randint(1, most)
    if task == "copy":
        text = digits(length, generator)
        return text, text
    if task == "reverse":
        text = digits(length, generator)
        return text, text[::-1]
    first = most // 2 if exactly else generator.randint(1, most // 2)
    second = most - first - 1 if exactly else generator.randint(1, most - first - 1)
    numbers = number(first, generator), number(second, generator)
    return "+".join(numbers), str(sum(int(one[::-1]) for one in numbers))[::-1]


def write_pairs(path, task, most, count, exactly, seed):
    generator = random.Random(f"{seed} {task} {os.path.basename(path)}")
    with open(path + ".part", "w") as file:
        for _ in range(count):
            file.write("\t".join(pair(task, most, exactly, generator)) + "\n")
    os.rename(path + ".part", path)


def make_symbols(path):
    """A vocabulary of the characters 0 to 9 and +, each a piece."""
    import sentencepiece
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(["0123456789+"] * 10), model_prefix=path.removesuffix(".spm"),
                                             model_type="char", vocab_size=13, add_dummy_prefix=False, hard_vocab_limit=True,
                                             normalization_rule_name="identity", eos_id=0, unk_id=1, bos_id=-1, pad_id=-1,
                                             minloglevel=2)
    os.rename(path.removesuffix(".spm") + ".model", path)


def once(path, make):
    if not os.path.exists(path):
        make(path)
    return path


class Comparison:
    def __init__(self, arguments):
        self.arguments = arguments
        os.makedirs(os.path.join(arguments.output, "data"), exist_ok=True)
        self.symbols = once(self.data("symbols.spm"), make_symbols)

    def data(self, name):
        return os.path.join(self.arguments.output, "data", name)

    def program(self, name):
        return os.path.join(self.arguments.build, name)

    def pairs(self, task, name, most, count, exactly=False):
        path = self.data(f"{task}.{name}.tsv")
        return once(path, lambda path: write_pairs(path, task, most, count, exactly, self.arguments.seed))

    def test(self, task, name):
        return self.pairs(task, name, int(name.rpartition("-")[2]), TESTS[name], name.startswith("exactly"))

    def train(self, task, network):
        model = os.path.join(self.arguments.output, f"{task}.{network}")
        done = os.path.join(model, f"trained.{self.arguments.budget}")
        if os.path.exists(done):
            return model
        data = ["--train-sets", self.pairs(task, "train", 40, 200_000), "--valid-sets", self.pairs(task, "valid", 40, 500)]
        subprocess.run([self.program("apps/train"), "--model", model, *data, "--vocabs", self.symbols, *COMMON, *NETWORKS[network],
                        "--after", self.arguments.budget, "--threads", str(self.arguments.threads), "--device",
                        self.arguments.device, "--seed", str(self.arguments.seed)], check=True)
        open(done, "w").close()
        return model

    def score(self, task, network, model, test):
        """{"symbols", "sequences", "greedy"}: shares; steps where depth is adaptive."""
        path = os.path.join(model, f"{test}.{self.arguments.budget}.json")
        return json.load(open(once(path, lambda path: self.write_score(path, task, model, test))))

    def write_score(self, path, task, model, test):
        pairs = self.test(task, test)
        with open(pairs) as file:
            answers = subprocess.run([self.program("bench/compare/symbol_accuracy"), model, self.arguments.device], stdin=file,
                                     stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
        rows = [list(map(float, answer.split())) for answer in answers]
        score = {"symbols": sum(row[0] for row in rows) / sum(row[1] for row in rows),
                 "sequences": sum(row[0] == row[1] for row in rows) / len(rows),
                 "encoder_steps": sum(row[2] for row in rows) / len(rows), "decoder_steps": sum(row[3] for row in rows) / len(rows),
                 "greedy": self.greedy_accuracy(pairs, model)}
        with open(path, "w") as file:
            json.dump(score, file)

    def greedy_accuracy(self, pairs, model):
        lines = [line.rstrip("\n").split("\t") for line in open(pairs)][:100]
        command = [self.program("apps/translate"), "--model", model, "--beam-size", "1", "--no-split-sentences",
                   "--no-guard", "--max-source-length", "1000", "--max-length", "420", "--max-length-factor", "3", "--quiet",
                   "--threads", "1", "--device", self.arguments.device]
        output = subprocess.run(command, input="".join(source + "\n" for source, _ in lines), stdout=subprocess.PIPE, text=True,
                                check=True).stdout.splitlines()
        right = sum(a == b for (_, target), given in zip(lines, output) for a, b in zip(target, given))
        return right / sum(len(target) for _, target in lines)

    def minutes(self, model):
        """Trained minutes and updates, by the history."""
        last = [json.loads(line) for line in open(os.path.join(model, "history.jsonl"))][-1]
        return last.get("seconds", 0) / 60, last.get("updates", 0)

    def report(self, scores):
        lines = [f"# Algorithmic tasks, trained on up to 40 symbols for {self.arguments.budget} each", "",
                 "| task | network | minutes | updates | " + " | ".join(f"{test}: symbol / sequence / greedy" for test in TESTS) +
                 " | mean steps at 400 | published at 400 |", "|---|---|---|---|" + "---|" * (len(TESTS) + 2)]
        for (task, network), of_tests in scores.items():
            minutes, updates = self.minutes(os.path.join(self.arguments.output, f"{task}.{network}"))
            cells = [f"{of_tests[t]['symbols']:.3f} / {of_tests[t]['sequences']:.3f} / {of_tests[t]['greedy']:.3f}" for t in TESTS]
            steps = f"{of_tests['400']['encoder_steps']:.1f} + {of_tests['400']['decoder_steps']:.1f}"
            published = PUBLISHED.get(network.removesuffix("-halting").removesuffix("-without-attention"))
            said = f"{published[TASKS.index(task)][1]:.2f} / {published[TASKS.index(task)][2]:.2f}" if published else ""
            lines.append(f"| {task} | {network} | {minutes:.0f} | {updates} | " + " | ".join(cells) +
                         f" | {steps if network.startswith('universal') else ''} | {said} |")
        with open(os.path.join(self.arguments.output, "algorithmic.md"), "w") as file:
            file.write("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, help="build folder, with MYNAH_BENCH=ON")
    parser.add_argument("--output", required=True)
    parser.add_argument("--networks", nargs="+", choices=NETWORKS, default=list(NETWORKS))
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--budget", default="2000u", help="of each training, as train --after has it, but for time")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    comparison = Comparison(arguments)
    scores = {}
    for task in arguments.tasks:
        for network in arguments.networks:
            model = comparison.train(task, network)
            scores[task, network] = {test: comparison.score(task, network, model, test) for test in TESTS}
            comparison.report(scores)
            print(task, network, json.dumps(scores[task, network]), flush=True)


if __name__ == "__main__":
    main()
