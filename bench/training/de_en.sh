#!/usr/bin/env bash
# Trains models/de-en: de_en.sh TRAIN MIX MODEL [OPTION…]: the program, the folder mix-open-en-de, where the model goes. It begins with
# models/en-de, which knows the words of both languages. What follows is given to train as well, as --after 1000u. Run again, it goes on.
set -euo pipefail
train=$1 mix=$2 model=$3
shift 3
"${BASH_SOURCE[0]%/*}/parts.sh" "$train" "$mix" de en "$model.parts"
exec "$train" --model "$model" --from "${BASH_SOURCE[0]%/*}/../../models/en-de" --source-lang de --target-lang en \
  --train-sets "$model.parts"/{docs,sutta,books,wiki,tatoeba}.tsv --weights 0.5 0.5 4 6 2 \
  --valid-sets "$mix/dev.de.xz" "$mix/dev.en.xz" --transformer-dropout 0.05 --mini-batch-words 4096 --optimizer muon \
  --learn-rate 0.003 --lr-warmup 100u --lr-schedule linear --exponential-smoothing 0.001 --precision bfloat16 --after 3000u \
  --valid-freq 1000u --save-freq 300u --disp-freq 100u --valid-metrics chrf bleu ce-mean-words --early-stopping 0 --threads 1 \
  --stored-precision float16 "$@"
