#!/usr/bin/env python3
"""Training speed of Mynah beside the same network in plain PyTorch, on the same batches of a parallel text.

    bench/training/compare.py --program build/release/bench/training/train_speed --text train.en.gz train.de.gz [--size tiny]

All trainers stay alive as processes and take turns, a few updates each, on one core, so that what else the machine does strikes all
alike. Printed: target tokens (no padding) per CPU second, median of the rounds, and the ratio to the first row, median (minimum to
maximum) of the ratios within a round. `pytorch` is started with the C library's allocator as it is, `pytorch-malloc` with its
variables set so that large blocks are kept. Needs torch and sentencepiece in the Python that runs it.
"""
import argparse, gzip, os, random, statistics, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = {"tiny": dict(layers=4, d_model=128, d_feed_forward=256, heads=4),
         "six": dict(layers=6, d_model=256, d_feed_forward=1024, heads=4)}
MALLOC = {"MALLOC_MMAP_THRESHOLD_": "1073741824", "MALLOC_TRIM_THRESHOLD_": "2147483647", "MALLOC_TOP_PAD_": "67108864"}


def lines_of(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as text:
        return [line.strip() for line in text]


def tokenized(paths, vocabulary, folder):
    """Pairs of ids that end in </s> (0); <unk> is 1, <pad> the last."""
    import sentencepiece
    prefix = os.path.join(folder, "pieces")
    sides = [lines_of(path) for path in paths]
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(sides[0] + sides[1]), model_prefix=prefix,
                                             vocab_size=vocabulary - 1, model_type="bpe", eos_id=0, unk_id=1, bos_id=-1, pad_id=-1,
                                             minloglevel=2)
    processor = sentencepiece.SentencePieceProcessor(model_file=prefix + ".model")
    return [pair for pair in zip(*(processor.encode(side, add_eos=True) for side in sides)) if max(map(len, pair)) <= 100]


def write_batches(pairs, budget, count, path):
    """Batches of similar length: rows times the longest side is at most `budget`."""
    pairs = sorted(pairs, key=lambda pair: (len(pair[1]), len(pair[0])))
    batches, batch, longest = [], [], 0
    for pair in pairs:
        longest = max(longest, *map(len, pair))
        if longest * (len(batch) + 1) > budget:
            batches.append(batch)
            batch, longest = [], max(map(len, pair))
        batch.append(pair)
    random.Random(1).shuffle(batches)
    with open(path, "w") as file:
        for batch in batches[:count]:
            file.writelines("\t".join(" ".join(map(str, ids)) for ids in pair) + "\n" for pair in batch)
            file.write("\n")


def start(command, cores, variables):
    environment = dict(os.environ, OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", **variables)
    return subprocess.Popen(["taskset", "-c", cores, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                            env=environment)


def learn(process, updates):
    """Target tokens per CPU second and per second of the clock, loss per token."""
    process.stdin.write(f"{updates}\n")
    process.stdin.flush()
    answer = process.stdout.readline().split()
    if not answer:
        sys.exit("a trainer ended early: " + " ".join(process.args))
    tokens, cpu, clock, loss = map(float, answer)
    return tokens / cpu, tokens / clock, loss


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--text", nargs=2, required=True, help="source and target, a line each, plain or gzip")
    parser.add_argument("--size", choices=SIZES, default="tiny")
    parser.add_argument("--vocabulary", type=int, default=8000)
    parser.add_argument("--budget", type=int, default=4096)
    parser.add_argument("--batches", type=int, default=24)
    parser.add_argument("--updates", type=int, default=4, help="of each trainer in each round")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--cores", default="1", help="as taskset understands it")
    parser.add_argument("--clock", action="store_true", help="count seconds of the clock, not of the CPU: for several threads")
    parser.add_argument("--rows", nargs="+", default=["pytorch", "pytorch-malloc", "mynah"],
                        help="pytorch, pytorch-malloc or mynah, each with settings: mynah,threads=2 or pytorch,bfloat16=1")
    arguments = parser.parse_args()
    shape = [f"{name}={number}" for name, number in SIZES[arguments.size].items()] + [f"vocabulary={arguments.vocabulary}"]
    with tempfile.TemporaryDirectory() as folder:
        batches = os.path.join(folder, "batches")
        write_batches(tokenized(arguments.text, arguments.vocabulary, folder), arguments.budget, arguments.batches, batches)
        processes = []
        for row in arguments.rows:
            kind, *settings = row.split(",")
            worker = [arguments.program] if kind == "mynah" else [sys.executable, os.path.join(HERE, "plain_pytorch.py")]
            variables = MALLOC if kind == "pytorch-malloc" else {}
            processes.append(start([*worker, batches, *shape, *settings], arguments.cores, variables))
        for process in processes:
            learn(process, 2)  # warming up
        rounds = []
        for number in range(arguments.rounds):
            rounds.append([learn(process, arguments.updates) for process in processes])
            print(f"round {number + 1}:", "  ".join(f"{cpu:.0f}/{clock:.0f} (loss {loss:.2f})" for cpu, clock, loss in rounds[-1]),
                  file=sys.stderr, flush=True)
        for process in processes:
            process.stdin.close()
            process.wait()
    column = 1 if arguments.clock else 0
    unit = "second" if arguments.clock else "CPU second"
    print(f"{arguments.size}, vocabulary {arguments.vocabulary}, {arguments.budget} words a batch, {arguments.rounds} rounds "
          f"of {arguments.updates} updates, cores {arguments.cores}; target tokens per {unit}")
    for index, row in enumerate(arguments.rows):
        speeds = [results[index][column] for results in rounds]
        ratios = [results[index][column] / results[0][column] for results in rounds]
        print(f"{row:28} {statistics.median(speeds):7.0f}   {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
