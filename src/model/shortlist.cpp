#include "model/shortlist.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/error.h"

namespace mynah::model {
namespace {

/// Equals by id, so that the same lexicon always gives the same list.
std::vector<TokenId> most_frequent(const std::vector<double>& frequency, std::size_t count) {
  std::vector<TokenId> order(frequency.size());
  std::iota(order.begin(), order.end(), TokenId{0});
  count = std::min(count, order.size());
  std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(count), {},
                            [&](TokenId id) { return std::tuple(-frequency[static_cast<std::size_t>(id)], id); });
  order.resize(count);
  return order;
}

/// The best translations that are not on every list.
std::vector<TokenId> best_of(std::vector<Translation> translations, const std::vector<TokenId>& always, TokenId pad,
                             const ShortlistSize& size) {
  std::erase_if(translations, [&](const Translation& translation) {
    return !(static_cast<double>(translation.probability) >= size.least) || translation.target == pad ||
           std::ranges::binary_search(always, translation.target);
  });
  std::ranges::sort(translations, {},
                    [](const Translation& translation) { return std::tuple(-translation.probability, translation.target); });
  std::vector<TokenId> targets;
  for (std::size_t i = 0; i < std::min(size.best, translations.size()); ++i) targets.push_back(translations[i].target);
  std::ranges::sort(targets);
  return targets;
}

}  // namespace

Shortlist::Shortlist(std::vector<TokenId> always, const std::vector<std::vector<TokenId>>& lists)
    : always_(std::move(always)), starts_(1) {
  for (const std::vector<TokenId>& list : lists) {
    targets_.insert(targets_.end(), list.begin(), list.end());
    starts_.push_back(targets_.size());
    longest_list_ = std::max(longest_list_, list.size());
  }
}

std::span<const TokenId> Shortlist::list(TokenId source) const {
  const auto id = static_cast<std::size_t>(source);
  ensure(id < vocabulary(), "a source piece of the shortlist's vocabulary");
  return std::span(targets_).subspan(starts_[id], starts_[id + 1] - starts_[id]);
}

std::vector<TokenId> Shortlist::of(std::span<const TokenId> source) const {
  std::vector<TokenId> allowed = always_;
  for (const TokenId piece : source) {
    const auto targets = list(piece);
    allowed.insert(allowed.end(), targets.begin(), targets.end());
    allowed.push_back(piece);
  }
  std::ranges::sort(allowed);
  const auto repeated = std::ranges::unique(allowed);
  allowed.erase(repeated.begin(), repeated.end());
  return allowed;
}

std::size_t Shortlist::longest(std::size_t source_length) const {
  return std::min(vocabulary(), always_.size() + source_length * (longest_list_ + 1));
}

Shortlist make_shortlist(const Lexicon& lexicon, const Vocabulary& vocabulary, const ShortlistSize& size) {
  std::vector<TokenId> always = most_frequent(lexicon.frequency, size.frequent);
  always.insert(always.end(), {vocabulary.end(), vocabulary.unknown()});
  std::ranges::sort(always);
  const auto repeated = std::ranges::unique(always);
  always.erase(repeated.begin(), repeated.end());
  std::erase(always, vocabulary.pad());
  std::vector<std::vector<TokenId>> lists;
  for (const auto& translations : lexicon.translations) {
    lists.push_back(best_of(translations, always, vocabulary.pad(), size));
  }
  return {std::move(always), lists};
}

}  // namespace mynah::model
