#!/bin/sh
# Trains subject lines for e-mails, on AESLC, to be set beside published figures; it begins with models/headline-en, which has not seen
# a mail. The corpus' licence (CC BY-NC-SA 4.0) lets no model of it ship. aeslc.sh TRAIN AESLC MODEL [OPTION…]: the program, the folder
# of the corpus, where the model goes. What follows is given to train as well, as --after 100u. Run again, it goes on. Its validation
# text is learnt best long before the end: MODEL/best-rouge2. Afterwards, against the subject that the mail had:
#   xz -dc AESLC/test.jsonl.xz | python3 -c 'import json, sys
#   for line in sys.stdin: print(json.dumps({key: json.loads(line)[key] for key in ("document", "summary")}))' > test.jsonl
#   summarize --model MODEL/best-rouge2 --style headline --beam-size 16 --score test.jsonl
set -eu
train=$1 data=$2 model=$3
shift 3
exec "$train" --model "$model" --from "${0%/*}/../../models/headline-en" --train-sets "$data/train.jsonl.xz" \
  --valid-sets "$data/dev.jsonl.xz" --styles headline --source-lang en --target-lang en --transformer-dropout 0.1 --max-length 256 \
  --mini-batch-words 4096 --optimizer muon --learn-rate 0.002 --lr-warmup 50u --lr-schedule linear --exponential-smoothing 0.003 \
  --precision bfloat16 --after 6000u --valid-freq 1000u --save-freq 200u --disp-freq 100u --valid-metrics rouge1 rouge2 ce-mean-words \
  --early-stopping 0 --threads 1 "$@"
