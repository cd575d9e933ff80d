#!/usr/bin/env bash
# Trains `tiny` on Multi30k en-de in two stages, a long one and a short one at a falling rate, and scores test_2016:
#     bench/multi30k/train.sh MULTI30K_FOLDER OUTPUT_FOLDER [THREADS]
# About 95 minutes on one core. Interrupted, the same command goes on. The first stage ends by updates, so that it is the same anywhere.
set -euo pipefail
data=$1 out=$2 threads=${3:-1} programs=${MYNAH_PROGRAMS:-build/release/apps}
mkdir -p "$out"
common=(--train-sets "$data/train.en.gz" "$data/train.de.gz" --valid-sets "$data/val.en.gz" "$data/val.de.gz"
  --mini-batch-words 1024 --transformer-dropout 0.3 --exponential-smoothing 0.0005 --average-checkpoints 10 --disp-freq 1000u
  --valid-freq 2e --valid-metrics bleu ce-mean-words chrf --early-stopping 0 --threads "$threads")
"$programs/train" --model "$out/first" "${common[@]}" --task tiny --pre-norm --vocabulary 6000 \
  --learn-rate 0.002 --lr-warmup 2000u --save-freq 2e --after 23404u
"$programs/train" --model "$out/second" --from "$out/first" "${common[@]}" \
  --learn-rate 0.0007 --lr-warmup 200u --lr-schedule linear --save-freq 1e --after 14e
for side in en de; do gzip -dc "$data/test_2016_flickr.$side.gz" > "$out/test.$side"; done
"$programs/translate" --model "$out/second" --beam-size 5 --input "$out/test.en" --output "$out/test.output.de" \
  --score "$out/test.de" --lowercase
