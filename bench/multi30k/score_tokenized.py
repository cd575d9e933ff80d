#!/usr/bin/env python3
"""BLEU of a translation beside Multi30k's lower-cased, normalised, tokenised reference (`lc.norm.tok`), as most papers report it.

    bench/multi30k/score_tokenized.py OUTPUT test_2016_flickr.lc.norm.tok.de

The output is lower-cased, normalised and tokenised as the reference was (sacremoses), then compared without further tokenisation
(sacrebleu). Needs both packages.
"""
import sys

import sacrebleu
from sacremoses import MosesPunctNormalizer, MosesTokenizer

tokenizer, normalizer = MosesTokenizer("de"), MosesPunctNormalizer("de")
with open(sys.argv[1], encoding="utf-8") as file:
    output = [normalizer.normalize(line.strip().lower()) for line in file]
with open(sys.argv[2], encoding="utf-8") as file:
    reference = [line.rstrip("\n") for line in file]
tokenized = [tokenizer.tokenize(line, return_str=True, escape=False) for line in output]
print(sacrebleu.corpus_bleu(tokenized, [reference], tokenize="none", force=True))
