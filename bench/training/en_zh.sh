#!/usr/bin/env bash
# Trains models/en-zh: en_zh.sh TRAIN MIX MODEL [OPTION…]: the program, the folder mix-open-en-zh, where the model goes. It begins with
# models/zh-en, which knows the words of both languages. What follows is given to train as well, as --after 1000u. Run again, it goes on.
set -euo pipefail
train=$1 mix=$2 model=$3
shift 3
"${BASH_SOURCE[0]%/*}/parts.sh" "$train" "$mix" en zh "$model.parts"
exec "$train" --model "$model" --from "${BASH_SOURCE[0]%/*}/../../models/zh-en" --source-lang en --target-lang zh \
  --train-sets "$model.parts"/{docs,laws,tatoeba,wiki}.tsv --weights 0.5 0.3 8 8 \
  --valid-sets "$mix/dev.en.xz" "$mix/dev.zh.xz" --transformer-dropout 0.05 --mini-batch-words 4096 --optimizer muon \
  --learn-rate 0.003 --lr-warmup 100u --lr-schedule linear --exponential-smoothing 0.001 --precision bfloat16 --after 2500u \
  --valid-freq 500u --save-freq 500u --disp-freq 100u --valid-metrics chrf bleu ce-mean-words --early-stopping 0 --threads 1 \
  --stored-precision float16 "$@"
