#!/usr/bin/env bash
# Trains models/en-de: en_de.sh TRAIN MIX MODEL [OPTION…]: the program, the folder mix-open-en-de, where the model goes. First all text
# as it comes, by Adam in small batches (MODEL.first); then by parts, everyday language more often, by Muon in large ones, in two falls of
# the learning rate (MODEL.second, MODEL). What follows is given to the last stage as well, as --after 1000u. Run again, it goes on.
set -euo pipefail
train=$1 mix=$2 model=$3
shift 3
"${BASH_SOURCE[0]%/*}/parts.sh" "$train" "$mix" en de "$model.parts"
valid=("$mix/dev.en.xz" "$mix/dev.de.xz")

by_parts() {
  "$train" --source-lang en --target-lang de --train-sets "$model.parts"/{docs,sutta,books,wiki,tatoeba}.tsv --weights 0.5 0.3 4 8 3 \
    --valid-sets "${valid[@]}" --transformer-dropout 0.05 --mini-batch-words 4096 --optimizer muon --lr-warmup 100u \
    --lr-schedule linear --exponential-smoothing 0.001 --precision bfloat16 --valid-freq 500u --save-freq 250u --disp-freq 100u \
    --valid-metrics chrf bleu ce-mean-words --early-stopping 0 --threads 1 --stored-precision float16 "$@"
}

if [ ! -e "$model.first/finished" ]; then
  "$train" --model "$model.first" --train-sets "$mix/train.en.xz" "$mix/train.de.xz" --valid-sets "${valid[@]}" --source-lang en \
    --target-lang de --task tiny --pre-norm --vocabulary 8000 --dim-emb 192 --transformer-dim-ffn 768 --transformer-heads 4 \
    --enc-depth 4 --dec-depth 2 --transformer-dropout 0.05 --mini-batch-words 1024 --learn-rate 0.0015 --lr-warmup 2000u \
    --exponential-smoothing 0.0005 --after 23827u --valid-freq 4000u --save-freq 1000u --valid-metrics bleu ce-mean-words chrf \
    --early-stopping 0 --threads 1
  "$train" --model "$model.first" --lr-schedule linear --learn-rate 0.0017 --after 31000u
  touch "$model.first/finished"
fi
if [ ! -e "$model.second/finished" ]; then
  by_parts --model "$model.second" --from "$model.first" --learn-rate 0.002 --after 2000u
  touch "$model.second/finished"
fi
by_parts --model "$model" --from "$model.second" --learn-rate 0.003 --after 2200u "$@"
