#!/usr/bin/env bash
# Trains models/zh-en: zh_en.sh TRAIN MIX MODEL [OPTION…]: the program, the folder mix-open-en-zh, where the model goes. What follows is
# given to train as well, as --after 1000u. Run again, it goes on.
set -euo pipefail
train=$1 mix=$2 model=$3
shift 3
"${BASH_SOURCE[0]%/*}/parts.sh" "$train" "$mix" zh en "$model.parts"
exec "$train" --model "$model" --train-sets "$model.parts"/{docs,laws,tatoeba,wiki}.tsv --weights 0.7 0.3 8 8 \
  --valid-sets "$mix/dev.zh.xz" "$mix/dev.en.xz" --source-lang zh --target-lang en \
  --task tiny --pre-norm --vocabulary 8000 --dim-emb 192 --transformer-dim-ffn 768 --transformer-heads 4 --enc-depth 4 \
  --dec-depth 2 --transformer-dropout 0.05 --mini-batch-words 4096 --optimizer muon --learn-rate 0.004 --lr-warmup 500u \
  --lr-schedule linear --exponential-smoothing 0.001 --precision bfloat16 --after 5000u --valid-freq 1000u --save-freq 500u \
  --disp-freq 100u --valid-metrics chrf bleu ce-mean-words --early-stopping 0 --threads 1 --stored-precision float16 "$@"
