#!/usr/bin/env bash
# Trains models/zh-en: zh_en.sh TRAIN MIX MODEL [OPTION…]: the program, the folder mix-open-en-zh, where the model goes. From nothing to
# MODEL.first; then on from there, everyday language more often. What follows is given to the second stage as well, as --after 1000u. Run
# again, it goes on.
set -euo pipefail
train=$1 mix=$2 model=$3
shift 3
"${BASH_SOURCE[0]%/*}/parts.sh" "$train" "$mix" zh en "$model.parts"

stage() {
  "$train" --train-sets "$model.parts"/{docs,laws,tatoeba,wiki}.tsv --valid-sets "$mix/dev.zh.xz" "$mix/dev.en.xz" --source-lang zh \
    --target-lang en --transformer-dropout 0.05 --mini-batch-words 4096 --optimizer muon --lr-schedule linear \
    --exponential-smoothing 0.001 --precision bfloat16 --save-freq 500u --disp-freq 100u --valid-metrics chrf bleu ce-mean-words \
    --early-stopping 0 --threads 1 --stored-precision float16 "$@"
}

if [ ! -e "$model.first/finished" ]; then
  stage --model "$model.first" --weights 0.7 0.3 8 8 --task tiny --pre-norm --vocabulary 8000 --dim-emb 192 --transformer-dim-ffn 768 \
    --transformer-heads 4 --enc-depth 4 --dec-depth 2 --learn-rate 0.004 --lr-warmup 500u --after 5000u --valid-freq 1000u
  touch "$model.first/finished"
fi
stage --model "$model" --from "$model.first" --weights 0.5 0.3 8 8 --learn-rate 0.003 --lr-warmup 100u --after 2000u --valid-freq 500u "$@"
