#!/usr/bin/env bash
# The parts of a mixed corpus, so that train can give each a weight: parts.sh TRAIN MIX SOURCE TARGET FOLDER
# MIX has train.SOURCE.xz, train.TARGET.xz, dev.… and train.origin.xz, which names the set each pair is from. FOLDER/PART.tsv are written:
# docs, laws, sutta, books, wiki, tatoeba, as far as MIX has them, without the pairs that train --check-data finds fault with.
set -euo pipefail
train=$1 mix=$2 source=$3 target=$4 folder=$5
if [ -e "$folder/report.txt" ]; then exit 0; fi
rm -rf "$folder.whole"
mkdir -p "$folder.whole" "$folder"
paste <(xz -dc "$mix/train.origin.xz") <(xz -dc "$mix/train.$source.xz") <(xz -dc "$mix/train.$target.xz") |
  awk -F'\t' -v OFS='\t' -v folder="$folder.whole" '{
    part = "docs"
    if ($1 ~ /^tatoeba/) part = "tatoeba"
    if ($1 ~ /^mlqe/) part = "wiki"
    if ($1 ~ /^tw-laws/) part = "laws"
    if ($1 ~ /^suttacentral/) part = "sutta"
    if ($1 ~ /^books/) part = "books"
    print $2, $3 > (folder "/" part ".tsv")
  }'
"$train" --check-data --train-sets "$folder.whole"/*.tsv --source-lang "$source" --target-lang "$target" \
  --valid-sets "$mix/dev.$source.xz" "$mix/dev.$target.xz" --clean-copy "$folder" > "$folder.report"
mv "$folder.report" "$folder/report.txt"
rm -r "$folder.whole"
