#!/bin/sh
# Trains models/headline-en: titles, sentences and short paragraphs about English text.
# headline_en.sh TRAIN DATA MODEL [OPTION…]: the program, the folder of corpora (arxiv-title-en, acl-title-en, …), where the model
# goes. What follows is given to train as well, as --after 1000u. Run again, it goes on.
set -eu
train=$1 data=$2 model=$3
shift 3
corpora="arxiv-title-en acl-title-en usgov-blog-title scitldr-a usgov-blog-summary"

# Validation looks at a few hundred documents of every corpus instead of thousands of one.
mkdir -p "$model.dev"
for corpus in $corpora; do
  xz -dc "$data/$corpus/dev.jsonl.xz" | head -n 300 > "$model.dev/$corpus.jsonl"
done
files() { for corpus in $corpora; do echo "$1$corpus$2"; done; }

# shellcheck disable=SC2046  # no name has spaces
exec "$train" --model "$model" --train-sets $(files "$data/" /train.jsonl.xz) --valid-sets $(files "$model.dev/" .jsonl) \
  --styles headline headline headline sentence paragraph --weights 1 2 4 6 8 --source-lang en --target-lang en \
  --task tiny --pre-norm --vocabulary 8000 --dim-emb 192 --transformer-dim-ffn 768 --transformer-heads 4 --enc-depth 4 \
  --dec-depth 2 --transformer-dropout 0.1 --max-length 320 --mini-batch-words 8192 --learn-rate 0.0015 --lr-warmup 1500u \
  --exponential-smoothing 0.0005 --after 30000u --valid-freq 1500u --save-freq 250u --disp-freq 50u \
  --valid-metrics rouge1 rouge2 ce-mean-words --early-stopping 0 --threads 1 --stored-precision float16 "$@"
