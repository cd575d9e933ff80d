#!/usr/bin/env python3
"""How soon translate is done with one sentence, from exec to exit with everything in memory, and how much memory it takes.

    bench/programs/start.py --program build/release/apps/translate --model models/en-de [--runs 20] [--core 0] [-- OPTION …]

Printed: wall-clock and processor milliseconds (smallest and median of the runs) and the peak of resident memory; where the model's
folder keeps packed weights, also how much more that is than their file.
"""
import argparse, os, statistics, subprocess, sys, time


def run(command):
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - began
    if status != 0:
        sys.exit(said.decode())
    return 1e3 * elapsed, 1e3 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--text", default="Good morning.")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--core", type=int)
    parser.add_argument("options", nargs="*", help="of translate, behind --")
    arguments = parser.parse_args()
    if arguments.core is not None:
        os.sched_setaffinity(0, {arguments.core})
    command = [arguments.program, "--model", arguments.model, *arguments.options, arguments.text]
    run(command)  # puts everything into memory
    wall, processor, memory = zip(*(run(command) for _ in range(arguments.runs)))
    print(f"wall {min(wall):.1f} ms (median {statistics.median(wall):.1f}), processor {min(processor):.1f} ms "
          f"(median {statistics.median(processor):.1f}), peak {max(memory):.1f} MiB, {arguments.runs} runs")
    packed = os.path.join(arguments.model, "packed.safetensors")
    if os.path.exists(packed):
        size = os.path.getsize(packed) / 1024 / 1024
        print(f"packed weights {size:.1f} MiB: the peak is {max(memory) - size:+.1f} MiB from there")


if __name__ == "__main__":
    main()
