#!/usr/bin/env python3
"""A long run of translate over real and hostile text, with every line accounted for.

    bench/files/soak.py TRANSLATE MODEL TEXT [--lines 1000000] [--work FOLDER] [-- OPTIONS FOR TRANSLATE]

Lines are drawn from a pool (lines of TEXT and hostile ones made here), so that each one's translation is known from a run over the
pool alone: every line of the long run must be that very translation, in its place. A second, shorter run carries a key in each
line, which --json must give back in order. Memory is read from /proc twice a second.
"""
import argparse, json, os, random, subprocess, sys, time

HOSTILE = [b"", b"   \t ", b"caf\xe9 torn \xff\xfe bytes", b"nul \0 inside \0", b"lone\rreturn\rhere", b"\xef\xbb\xbfmark in front",
           "line\u2028separator and\u0085next line".encode(), b"\x1b[1mbold\x1b[0m bell\x07", "\u202eright to left\u202c".encode(),
           "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 \ufffd \U0010ffff".encode(), b"x" * 3000, "猫が好きです。".encode(), "Где находится вокзал?".encode(),
           b"http://example.org/a?b=c&d=%20 {name} %s <b>bold</b>", b"A. B. C. " * 200, b"!?" * 400, b"</s> <pad> >>de<< <unk>",
           b"\xed\xa0\x80 surrogate \xf4\x90\x80\x80", b"0123456789 " * 30, b"aGVsbG8gd29ybGQ" * 20, b"windows line\r"]


def run(words, sample=None):
    """Runs to the end; gives seconds and resident kilobytes, read twice a second."""
    start, resident = time.time(), []
    process = subprocess.Popen(words)
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status") as status:
                resident += [int(line.split()[1]) for line in status if line.startswith("VmRSS")]
        except OSError:
            pass
        time.sleep(0.5)
    if process.returncode != 0:
        sys.exit(f"translate ended with {process.returncode}")
    return time.time() - start, resident


def lines_of(path):
    with open(path, "rb") as file:
        return file.read().split(b"\n")[:-1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("translate"), parser.add_argument("model"), parser.add_argument("text")
    parser.add_argument("--lines", type=int, default=1_000_000), parser.add_argument("--work", default="/tmp/mynah-soak")
    split = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    arguments, options = parser.parse_args(sys.argv[1:split]), sys.argv[split + 1:]
    os.makedirs(arguments.work, exist_ok=True)
    at = lambda name: os.path.join(arguments.work, name)
    command = [arguments.translate, "--model", arguments.model, "--beam-size", "1", "--quiet", "--restart", *options]

    generator = random.Random(1)
    real = [line for line in lines_of(arguments.text) if len(line) < 60]
    pool = generator.sample(real, min(4000, len(real))) + HOSTILE
    weights = [1] * (len(pool) - len(HOSTILE)) + [10 if len(line) < 100 else 0.2 for line in HOSTILE]
    with open(at("pool"), "wb") as file:
        file.write(b"\n".join(pool) + b"\n")
    drawn = generator.choices(range(len(pool)), weights, k=arguments.lines)
    with open(at("long"), "wb") as file:
        file.writelines(pool[index] + b"\n" for index in drawn)

    run(command + ["--input", at("pool"), "--output", at("pool.out")])
    known = lines_of(at("pool.out"))
    assert len(known) == len(pool), "the pool has lost lines"
    seconds, resident = run(command + ["--input", at("long"), "--output", at("long.out"), "--report", at("report.json")])
    found = lines_of(at("long.out"))
    wrong = sum(1 for index, line in zip(drawn, found) if line != known[index])
    tenth = max(1, len(resident) // 10)
    report = json.load(open(at("report.json")))
    print(f"lines in {arguments.lines:,}, out {len(found):,}, reported {report['total']['lines']:,}; not the known translation: {wrong}")
    print(f"{seconds:.0f} s, {arguments.lines / seconds:.0f} lines/s; resident MiB: after a tenth {max(resident[:tenth]) / 1024:.0f}, "
          f"at half {max(resident[:len(resident) // 2]) / 1024:.0f}, at most {max(resident) / 1024:.0f}")
    print({name: count for name, count in report["total"].items()})

    keyed = min(arguments.lines, 50_000)
    with open(at("keyed"), "wb") as file:
        file.writelines(f"#{number} ".encode() + pool[drawn[number]] + b"\n" for number in range(keyed))
    run(command + ["--input", at("keyed"), "--output", at("keyed.out"), "--json"])
    keys = 0
    for number, line in enumerate(lines_of(at("keyed.out"))):
        source = json.loads(line)["sentences"][0]["source"]
        keys += source.startswith(f"#{number}") and not source[len(f"#{number}"):][:1].isdigit()
    print(f"keys in their place: {keys:,} of {keyed:,}")
    sys.exit(0 if wrong == 0 and len(found) == arguments.lines and keys == keyed else 1)


main()
