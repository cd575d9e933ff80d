#!/usr/bin/env python3
"""The whole of translate beside CTranslate2 doing the same, from raw lines to raw lines, one core each, taking turns.

    bench/programs/whole_file.py --program build/release/apps/translate --model models/en-de --input newstest2013.en
        [--precision int8] [--beam 4] [--rounds 3] [--core 0]

Either starts anew for every round and reads the text, so that starting, tokenizing and writing count. CTranslate2 converts the same
model beforehand, gets its lines longest first as it likes them, and batches of 64. Printed: lines per CPU second of both
(median) and the ratio within a round. Needs `ctranslate2`, `transformers`, `torch` and `sentencepiece`.
"""
import argparse, os, statistics, subprocess, sys, tempfile

PEER = """
import json, sys, ctranslate2, sentencepiece
converted, model, precision, beam, text = sys.argv[1:6]
encoder = sentencepiece.SentencePieceProcessor(model_file=model + "/source.spm")
decoder = sentencepiece.SentencePieceProcessor(model_file=model + "/target.spm")
translator = ctranslate2.Translator(converted, inter_threads=1, intra_threads=1, compute_type=precision)
lines = [line.rstrip("\\n") for line in open(text, encoding="utf-8")]
pieces = [encoder.encode(line, out_type=str) + ["</s>"] for line in lines]
positions = min(512, json.load(open(model + "/config.json"))["max_position_embeddings"] - 1)
for result in translator.translate_batch(pieces, max_batch_size=64, beam_size=int(beam), max_input_length=positions,
                                         max_decoding_length=positions):
    print(decoder.decode(result.hypotheses[0]))
"""


def run(command, lines):
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=dict(os.environ, OMP_NUM_THREADS="1"))
        answered = process.stdout.read().count(b"\n")
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0 or answered != lines:
            said.seek(0)
            sys.exit(said.read().decode())
    return lines / (usage.ru_utime + usage.ru_stime)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True, help="plain text, a sentence a line")
    parser.add_argument("--precision", default="int8", choices=["int8", "float32"])
    parser.add_argument("--beam", default="4")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--core", type=int)
    arguments = parser.parse_args()
    if arguments.core is not None:
        os.sched_setaffinity(0, {arguments.core})
    import ctranslate2
    with open(arguments.input, "rb") as text:
        lines = text.read().count(b"\n")
    with tempfile.TemporaryDirectory() as folder:
        converted = os.path.join(folder, "converted")
        ctranslate2.converters.TransformersConverter(arguments.model).convert(converted)
        ours = [arguments.program, "--model", arguments.model, "--precision", arguments.precision, "--beam-size", arguments.beam,
                "--threads", "1", "--quiet", "--input", arguments.input]
        theirs = [sys.executable, "-c", PEER, converted, arguments.model, arguments.precision, arguments.beam, arguments.input]
        rounds = [(run(ours, lines), run(theirs, lines)) for _ in range(arguments.rounds)]
    ratios = sorted(a / b for a, b in rounds)
    print(f"{lines} lines, beam {arguments.beam}, {arguments.precision}: Mynah {statistics.median(a for a, _ in rounds):.1f} lines a CPU second, "
          f"CTranslate2 {statistics.median(b for _, b in rounds):.1f} lines a CPU second, "
          f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
