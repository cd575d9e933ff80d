#!/bin/sh
# Trains models/headline-en: titles, sentences and short paragraphs about English text, in two stages. First documents are cut down to
# their best 80 pieces: four times as many an hour are read while the network learns words, titles and to copy. Then they are read whole.
# headline_en.sh TRAIN DATA MODEL [OPTION…]: the program, the folder of corpora (arxiv-title-en, acl-title-en, …), where the model
# goes (the first stage: MODEL.first). What follows is given to the second stage as well, as --after 1000u. Run again, it goes on.
set -eu
train=$1 data=$2 model=$3
shift 3
corpora="arxiv-title-en acl-title-en usgov-blog-title scitldr-a usgov-blog-summary"

# Validation looks at a few hundred documents of every corpus instead of thousands of one.
mkdir -p "$model.dev"
for corpus in $corpora; do
  xz -dc "$data/$corpus/dev.jsonl.xz" | head -n 200 > "$model.dev/$corpus.jsonl"
done
files() { for corpus in $corpora; do echo "$1$corpus$2"; done; }

# shellcheck disable=SC2046  # no name has spaces
stage() {
  "$train" --train-sets $(files "$data/" /train.jsonl.xz) --valid-sets $(files "$model.dev/" .jsonl) \
    --styles headline headline headline sentence paragraph --weights 1 2 3 4 6 --source-lang en --target-lang en \
    --transformer-dropout 0.05 --mini-batch-words 8192 --optimizer muon --exponential-smoothing 0.001 --precision bfloat16 \
    --save-freq 200u --disp-freq 50u --valid-metrics rouge1 rouge2 ce-mean-words --early-stopping 0 --threads 1 \
    --stored-precision float16 "$@"
}

stage --model "$model.first" --task tiny --pre-norm --vocabulary 8000 --dim-emb 192 --transformer-dim-ffn 768 \
  --transformer-heads 4 --enc-depth 4 --dec-depth 2 --max-length 80 --learn-rate 0.004 --lr-warmup 300u --after 40min \
  --valid-freq 800u
stage --model "$model" --from "$model.first" --max-length 320 --learn-rate 0.003 --lr-warmup 50u --lr-schedule linear --after 4000u \
  --valid-freq 800u "$@"
