"""Opens model directories that save_model wrote in Hugging Face transformers and CTranslate2, and compares them with our side on
200 real sentences: ids, logits (1e-4), greedy and beam-4 output.

    model_directory_test.py WRITE_RANDOM_MODEL DUMP_DECODING MODELS

MODELS is the folder of shipped models; those for languages of the test text are compared as well.
"""
import gzip
import json
import logging
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
SENTENCES = 200
BATCH = 50
LOGIT_TOLERANCE = 1e-4
TIE = 1e-5  # two candidates that close may come in either order
RANDOM_MODELS = [
    # activation, norm, type, pieces, tokenizers
    ("relu", "post", "F32", "unigram", "joint"),
    ("gelu", "post", "F16", "bpe", "separate"),
    ("silu", "post", "BF16", "unigram", "joint"),
    ("relu", "pre", "F32", "bpe", "joint"),
    ("gelu", "pre", "F16", "unigram", "separate"),
    ("silu", "pre", "F32", "unigram", "joint"),
]
DTYPES = {"F32": "float32", "F16": "float16", "BF16": "bfloat16"}
ODD_LINES = ["a  b", "  lead and trail  ", "Ünïcode: naïve café", "漢字とかな", "🙂 smile", "ﬁne ½ Ⅷ ①", "tab\there",
             "\"quotes\" – dash … dots", "zero\u200bwidth", "no\u00a0break", "A.B.C. 1,000.5 %", "</ s>", "<pad", "a < b > c"]


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(SKIPPED)


try:
    import torch
except ImportError:
    skip("the virtual environment has no torch; scripts/setup installs it where the system has none")
import ctranslate2
import safetensors.torch
import transformers

torch.set_num_threads(1)


class Failures(list):
    def check(self, holds, what):
        if not holds:
            print("FAILED:", what)
            self.append(what)


def corpus():
    folder = os.environ.get("MYNAH_TEST_DATA")
    if not folder:
        skip("MYNAH_TEST_DATA, the folder of larger texts, is not set")
    return pathlib.Path(folder) / "translation" / "multi30k"


def lines_of(name, count):
    with gzip.open(corpus() / name, "rt", encoding="utf-8", newline="\n") as file:
        return [file.readline().rstrip("\n") for _ in range(count)]


def write_lines(path, lines):
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return str(path)


class Warnings(logging.Handler):
    """Collects what transformers warns about while a model opens."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


def open_in_transformers(folder, failures):
    """Opens the directory as it is, and gives its tokenizer."""
    warnings = Warnings()
    logger = logging.getLogger("transformers")
    logger.addHandler(warnings)
    model, info = transformers.AutoModelForSeq2SeqLM.from_pretrained(folder, output_loading_info=True)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    logger.removeHandler(warnings)
    config = json.loads((folder / "config.json").read_text())
    failures.check(type(model).__name__ == config["architectures"][0], f"{folder.name} opens as {type(model).__name__}")
    failures.check(type(tokenizer).__name__ == "MarianTokenizer", f"the tokenizer opens as {type(tokenizer).__name__}")
    failures.check(str(model.dtype) == "torch." + config["dtype"], f"{config['dtype']} opens as {model.dtype}")
    failures.check(not any(info.values()), f"weights that are missing, surplus or of another shape: {info}")
    failures.check(not warnings.lines, f"transformers warns: {warnings.lines}")
    return tokenizer


def in_float32(folder, scratch):
    """A copy that other toolkits compute in float32 throughout, as we do, however its weights are stored. (Their own choice for
    half-precision files is to round the positions and every sum as well.)"""
    copy = scratch / "float32"
    shutil.copytree(folder, copy)
    config = json.loads((copy / "config.json").read_text())
    config["dtype"] = config["torch_dtype"] = "float32"
    (copy / "config.json").write_text(json.dumps(config))
    return copy


def open_in_ctranslate2(folder, scratch):
    ctranslate2.converters.TransformersConverter(str(folder)).convert(str(scratch), force=True)
    return ctranslate2.Translator(str(scratch), compute_type="float32", intra_threads=1)


def batches(items):
    return [items[start:start + BATCH] for start in range(0, len(items), BATCH)]


def padded(rows, pad):
    longest = max(map(len, rows))
    return torch.tensor([row + [pad] * (longest - len(row)) for row in rows])


def until_end(row, end):
    """The tokens between the start token and the end token, which is not always there."""
    tokens = row[1:]
    return tokens[:tokens.index(end)] if end in tokens else tokens


def compare_ids(tokenizer, dump, lines, targets, failures):
    for texts, theirs, ours in ((lines, tokenizer(lines).input_ids, dump["sources"]),
                                (targets, tokenizer(text_target=targets).input_ids, dump["targets"])):
        for text, their_ids, our_ids in zip(texts, theirs, ours, strict=True):
            failures.check(their_ids == our_ids, f"ids of {text!r} are {their_ids} there, {our_ids} here")


def compare_texts(tokenizer, dump, failures):
    """Pieces to text; without unknown pieces, which SentencePiece shows as a mark of its own."""
    for output in dump["greedy"] + dump["beam4"]:
        if tokenizer.unk_token_id not in output["tokens"]:
            theirs = tokenizer.decode(output["tokens"])
            failures.check(theirs == output["text"].strip(), f"{output['tokens']} reads {theirs!r} there, {output['text']!r} here")


def forward(model, sources, targets):
    """Logits of every target token, given those before it: one [target_length, vocabulary] a pair."""
    pad = model.config.pad_token_id
    source = padded(sources, pad)
    decoder_input = padded([[pad] + target[:-1] for target in targets], pad)
    with torch.no_grad():
        logits = model(input_ids=source, attention_mask=(source != pad).long(), decoder_input_ids=decoder_input).logits
    return [rows[:len(target)] for rows, target in zip(logits, targets)]


def compare_logits(model, dump, our_logits, failures):
    pad = model.config.pad_token_id
    worst, count = 0.0, 0
    for sources, targets in zip(batches(dump["sources"]), batches(dump["targets"])):
        for theirs in forward(model, sources, targets):
            ours = our_logits[str(count)]
            worst = max(worst, (ours[:, :pad] - theirs[:, :pad]).abs().max().item())
            count += 1
    print(f"    logits of {count} pairs: largest difference {worst:.1e}")
    failures.check(worst <= LOGIT_TOLERANCE, f"logits differ by {worst}")


def generate(model, sources, beam, max_length):
    pad, rows = model.config.pad_token_id, []
    for batch in batches(sources):
        source = padded(batch, pad)
        with torch.no_grad():
            output = model.generate(input_ids=source, attention_mask=(source != pad).long(), num_beams=beam, length_penalty=1.0,
                                    early_stopping=beam > 1, max_length=max_length + 1)
        rows += [until_end(row, model.config.eos_token_id) for row in output.tolist()]
    return rows


def translate(translator, tokenizer, sources, beam, max_length):
    """CTranslate2 counts its limit without the end token, and wants one token at least unless told otherwise."""
    tokens = [tokenizer.convert_ids_to_tokens(source) for source in sources]
    results = translator.translate_batch(tokens, beam_size=beam, length_penalty=1, min_decoding_length=0,
                                         max_decoding_length=max_length - 1)
    return [tokenizer.convert_tokens_to_ids(result.hypotheses[0]) for result in results]


def tied(model, source, ours, theirs, beam):
    """Whether two outputs are as good as one another: where greedy search parts, in their scores with a beam."""
    end = model.config.eos_token_id
    both = [output + [end] for output in (ours, theirs)]
    rows = [torch.log_softmax(logits, -1) for logits in forward(model, [source, source], both)]
    if beam == 1:
        place = next(i for i, (a, b) in enumerate(zip(*both)) if a != b)
        return abs(rows[0][place, both[0][place]] - rows[0][place, both[1][place]]) < TIE
    scores = [row.gather(1, torch.tensor(output)[:, None]).sum() / len(output) for row, output in zip(rows, both)]
    return abs(scores[0] - scores[1]) < TIE


def compare_outputs(peer, model, dump, kind, theirs, limit, failures):
    """`limit`: outputs of that length count as unfinished, and are not compared (toolkits rank those each in their own way)."""
    beam = 1 if kind == "greedy" else 4
    compared = ties = different = 0
    for source, ours, other in zip(dump["sources"], dump[kind], theirs, strict=True):
        if limit and (len(other) >= limit or not ours["complete"]):
            continue
        compared += 1
        if ours["tokens"] != other:
            tie = tied(model, source, ours["tokens"], other, beam)
            ties, different = ties + tie, different + (not tie)
    distinct = len({tuple(output) for output in theirs})
    print(f"    {kind}, {peer}: {compared} of {len(theirs)} outputs compared ({distinct} distinct), {ties} ties, {different} different")
    failures.check(different == 0, f"{kind} output differs from {peer} in {different} of {compared} sentences")
    failures.check(compared > len(theirs) / 2, f"only {compared} of {len(theirs)} sentences could be compared with {peer}")


def our_side(program, folder, lines, targets, max_length, scratch):
    texts = [write_lines(scratch / "source", lines), write_lines(scratch / "target", targets)]
    subprocess.run([program, str(folder), *texts, str(max_length), str(scratch / "dump")], check=True)
    return json.loads((scratch / "dump.json").read_text()), safetensors.torch.load_file(scratch / "dump.safetensors")


def compare(folder, program, lines, targets, max_length):
    failures = Failures()
    print(f"{folder.name}:", flush=True)
    tokenizer = open_in_transformers(folder, failures)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        dump, our_logits = our_side(program, folder, lines, targets, max_length, scratch)
        open_in_ctranslate2(folder, scratch / "converted")
        copy = in_float32(folder, scratch)
        model = transformers.AutoModelForSeq2SeqLM.from_pretrained(copy).eval()
        translator = open_in_ctranslate2(copy, scratch / "converted")
        compare_ids(tokenizer, dump, lines, targets, failures)
        compare_texts(tokenizer, dump, failures)
        compare_logits(model, dump, our_logits, failures)
        for kind, beam in (("greedy", 1), ("beam4", 4)):
            theirs = generate(model, dump["sources"], beam, max_length)
            compare_outputs("transformers", model, dump, kind, theirs, None, failures)
            theirs = translate(translator, tokenizer, dump["sources"], beam, max_length)
            compare_outputs("CTranslate2", model, dump, kind, theirs, max_length - 1 if beam > 1 else None, failures)
    return failures


def main():
    write_random_model, dump_decoding, models = sys.argv[1:]
    lines, targets = lines_of("test_2016_flickr.en.gz", SENTENCES), lines_of("test_2016_flickr.de.gz", SENTENCES)
    failures = []
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        texts = [write_lines(scratch / side, lines_of(f"train.{side}.gz", 3000)) for side in ("en", "de")]
        for description in RANDOM_MODELS:
            folder = scratch / "-".join(description)
            subprocess.run([write_random_model, str(folder), *description, *texts], check=True)
            failures += compare(folder, dump_decoding, lines + ODD_LINES, targets + ODD_LINES, 60)
    for folder in sorted(pathlib.Path(models).glob("*")):
        if folder.name == "en-de" and (folder / "config.json").exists():
            failures += compare(folder, dump_decoding, lines, targets, 128)
    print(f"{len(failures)} comparisons failed")
    return 1 if failures else 0


sys.exit(main())
