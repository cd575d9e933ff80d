#!/bin/sh
# Trains subject lines for e-mails, on AESLC alone, to be set beside published figures. The corpus' licence (CC BY-NC-SA 4.0) lets no
# model of it ship. aeslc.sh TRAIN AESLC MODEL [OPTION…]: the program, the folder of the corpus, where the model goes. What follows is
# given to train as well, as --precision float32. Run again, it goes on. Afterwards, against the subject that the mail had:
#   xz -dc AESLC/test.jsonl.xz | python3 -c 'import json, sys
#   for line in sys.stdin: print(json.dumps({key: json.loads(line)[key] for key in ("document", "summary")}))' > test.jsonl
#   summarize --model MODEL --style headline --score test.jsonl
set -eu
train=$1 data=$2 model=$3
shift 3
exec "$train" --model "$model" --train-sets "$data/train.jsonl.xz" --valid-sets "$data/dev.jsonl.xz" --styles headline \
  --source-lang en --target-lang en --task tiny --pre-norm --vocabulary 6000 --transformer-dropout 0.2 --max-length 256 \
  --mini-batch-words 4096 --optimizer muon --learn-rate 0.004 --lr-warmup 200u --lr-schedule linear --exponential-smoothing 0.002 \
  --precision bfloat16 --after 3000u --valid-freq 500u --save-freq 250u --disp-freq 100u --valid-metrics rouge1 rouge2 ce-mean-words \
  --early-stopping 0 --threads 1 "$@"
